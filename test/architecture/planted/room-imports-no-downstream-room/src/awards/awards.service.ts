import { orders } from '../orders/orders.service.js';

export const awards = [orders];
