import { signals } from '../signals/signals.service.js';

export const forms = [signals];
