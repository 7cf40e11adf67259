import { control } from '../gate/publication.service.js';

export const published = control;
