import { catalogue } from '../catalogue/catalogue.service.js';

export const items = [catalogue];
