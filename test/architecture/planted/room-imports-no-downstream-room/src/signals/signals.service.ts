import { reminders } from '../reminders/reminders.service.js';

export const signals = [reminders];
