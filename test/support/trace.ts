import type { Trace } from '../../src/platform/journal/trace.js';

/** The trace of a test that acts at the console. */
export const OPERATOR: Trace = {
  actorKind: 'operator',
  actorId: null,
  actorName: 'essai',
  tokenId: null,
  onBehalfOf: null,
  channel: 'cli',
  requestId: '019f0000-0000-7000-8000-000000000001',
};
