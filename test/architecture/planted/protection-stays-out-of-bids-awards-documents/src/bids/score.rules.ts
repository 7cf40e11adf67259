import { lever } from '../protection/levers.rules.js';

export const score = lever;
