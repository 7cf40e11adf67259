import { participation } from '../participation/participation.service.js';

export const catalogue = [participation];
