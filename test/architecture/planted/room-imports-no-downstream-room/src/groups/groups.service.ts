import { conduct } from '../conduct/conduct.service.js';

export const groups = [conduct];
