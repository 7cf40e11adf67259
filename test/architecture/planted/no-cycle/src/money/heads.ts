import { tails } from './tails.js';

export const heads = (): unknown => tails;
