import { heads } from './heads.js';

export const tails = (): unknown => heads;
