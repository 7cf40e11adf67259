import { accounts } from '../accounts/accounts.service.js';

export const buyers = [accounts];
