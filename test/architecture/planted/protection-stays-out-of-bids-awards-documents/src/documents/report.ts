import { lever } from '../lots/protection.rules.js';

export const printed = lever;
