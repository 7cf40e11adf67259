import { lots } from '../lots/lots.service.js';

export const consultations = [lots];
