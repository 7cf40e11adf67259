import { terms } from '../terms/terms.service.js';

export const participation = [terms];
