import { bids } from '../bids/bids.service.js';

export const planning = [bids];
