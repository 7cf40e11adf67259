import { readFileSync } from 'node:fs';

export const thresholds = readFileSync('thresholds.json');
