import { desk } from '../desk/desk.service.js';

export const publication = [desk];
