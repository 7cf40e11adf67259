import { missing } from './missing.js';

export const found: unknown = missing;
