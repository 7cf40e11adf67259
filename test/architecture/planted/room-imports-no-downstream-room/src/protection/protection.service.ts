import { needs } from '../needs/needs.service.js';

export const protection = [needs];
