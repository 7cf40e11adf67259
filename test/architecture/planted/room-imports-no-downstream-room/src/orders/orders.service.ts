import { allocation } from '../allocation/allocation.service.js';

export const orders = [allocation];
