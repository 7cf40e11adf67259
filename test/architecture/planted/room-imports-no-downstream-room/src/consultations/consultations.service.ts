import { sourcing } from '../sourcing/sourcing.service.js';

export const consultations = [sourcing];
