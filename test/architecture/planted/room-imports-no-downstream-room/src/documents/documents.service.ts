import { publication } from '../publication/publication.service.js';

export const documents = [publication];
