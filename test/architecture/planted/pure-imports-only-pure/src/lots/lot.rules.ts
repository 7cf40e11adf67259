import type { Lot } from './lot.entity.js';

export const nameOf = (lot: Lot): string => lot.name;
