import { checks } from '../procedure/checks.service.js';

export const told = checks;
