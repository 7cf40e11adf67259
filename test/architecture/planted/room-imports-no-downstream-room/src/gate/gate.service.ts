import { bids } from '../bids/bids.service.js';

export const gate = [bids];
