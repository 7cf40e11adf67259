import type { Bounds } from './bounds.rules.js';
import type { Indexation } from './indexation.rules.js';
import type { Presence } from './prorata.rules.js';
import type { Scope } from './lot-members.rules.js';

/** What the agreement adds to its key. Claims under a minimum come after: see minimum-claim.rules.ts. */
export interface Modifiers {
  /** Keys of members that share nothing, such as the coordinator. */
  readonly exempt: ReadonlySet<string>;
  readonly scope: Scope;
  readonly bounds: Bounds | null;
  readonly presence: Presence | null;
  readonly indexation: Indexation | null;
}

export const NO_MODIFIER: Modifiers = {
  exempt: new Set(),
  scope: 'lots',
  bounds: null,
  presence: null,
  indexation: null,
};
