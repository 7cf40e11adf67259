import { lawbook } from '../lawbook/lawbook.service.js';

export const accounts = [lawbook];
