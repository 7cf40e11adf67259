import { protection } from '../protection/protection.service.js';

export const terms = [protection];
