import { consultations } from '../consultations/consultations.service.js';

export const autonomy = [consultations];
