import { items } from '../items/items.service.js';

export const lots = [items];
