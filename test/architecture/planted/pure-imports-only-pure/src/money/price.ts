import { clock } from '../platform/clock/clock.js';

export const price = clock;
