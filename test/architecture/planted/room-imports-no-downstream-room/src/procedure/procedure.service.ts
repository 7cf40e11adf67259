import { planning } from '../planning/planning.service.js';

export const procedure = [planning];
