/** By what way an act came in. */
export type Channel = 'api' | 'import' | 'cli' | 'page' | 'job';

/**
 * Who acts, and how. A value given to every command beside its transaction, and written with each journal entry.
 *
 * `actorId` is a person's id, a reading link's, or null for an operator at the console and for the program itself.
 * `actorName` is never a person's name or address, which may have to be erased: it is the system account of an
 * operator, or the name of a job.
 */
export interface Trace {
  readonly actorKind: 'person' | 'reader' | 'operator' | 'system';
  readonly actorId: string | null;
  readonly actorName: string | null;
  /** The API token that was used, when one was. */
  readonly tokenId: string | null;
  /** The buyer in whose name a delegate acts, under a recorded mandate. */
  readonly onBehalfOf: string | null;
  readonly channel: Channel;
  readonly requestId: string | null;
}

/** The program acts, in a job, for the request that was made. */
export const jobTrace = (name: string, requestId: string | null): Trace => ({
  actorKind: 'system',
  actorId: null,
  actorName: name,
  tokenId: null,
  onBehalfOf: null,
  channel: 'job',
  requestId,
});
