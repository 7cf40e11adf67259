import { LotPages } from '../lots/lot.pages.js';

export const borrowed = LotPages;
