import { terms } from '../terms/terms.service.js';

export const lots = [terms];
