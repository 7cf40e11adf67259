import { BuyerService } from '../../buyers/buyer.service.js';

export const keep = BuyerService;
