import { awards } from '../awards/awards.service.js';

export const bids = [awards];
