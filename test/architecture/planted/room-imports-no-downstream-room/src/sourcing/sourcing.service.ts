import { lots } from '../lots/lots.service.js';

export const sourcing = [lots];
