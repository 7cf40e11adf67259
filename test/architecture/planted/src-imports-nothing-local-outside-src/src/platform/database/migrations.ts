import { first } from '../../../migrations/first.js';

export const migrations: unknown = [first];
