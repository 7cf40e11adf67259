import { procedure } from '../procedure/procedure.service.js';

export const reminders = [procedure];
