import { known } from '../sourcing/sourcing.rules.js';

export const printed = known;
