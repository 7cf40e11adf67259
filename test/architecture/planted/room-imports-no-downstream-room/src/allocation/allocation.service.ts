import { documents } from '../documents/documents.service.js';

export const allocation = [documents];
