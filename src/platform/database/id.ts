import { v7 } from 'uuid';

/** A new primary key: UUIDv7, which sorts by the instant it was made. */
export const newId = (): string => v7();
