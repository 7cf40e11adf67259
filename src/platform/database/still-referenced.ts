import { QueryFailedError } from 'typeorm';

/** A row elsewhere holds the one that was to go (PostgreSQL, appendix A: foreign_key_violation). */
export const isStillReferenced = (error: unknown): error is QueryFailedError =>
  error instanceof QueryFailedError && (error.driverError as { code?: unknown }).code === '23503';

/** The table whose row holds it: « need_line ». */
export const referencingTable = (error: QueryFailedError): string =>
  String((error.driverError as { table?: unknown }).table);
