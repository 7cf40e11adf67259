import { autonomy } from '../autonomy/autonomy.service.js';

export const members = [autonomy];
