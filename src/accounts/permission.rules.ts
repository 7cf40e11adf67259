import type { Role } from './roles.rules.js';

/**
 * How far a role reaches:
 * - `own group`: the group on which the role is held;
 * - `own buyer`: one buyer, the one on which the role is held;
 * - `group of own buyer`: a group to which the buyer on which the role is held was invited;
 * - `wherever held`: whatever the thing, for whoever holds the role on any group or buyer; a narrowed token gives none;
 * - `own account`: the person's own, whatever its roles;
 * - `everything`: the whole installation.
 */
export type Reach =
  'own group' | 'own buyer' | 'group of own buyer' | 'wherever held' | 'own account' | 'everything';

/** What a right is about. Whoever may not read the thing is told that it is not there. */
export type About = 'group' | 'buyer' | 'account' | 'installation';

export interface Permission {
  /** « Qui a ce droit peut … » */
  readonly french: string;
  readonly about: About;
  readonly roles: Readonly<Partial<Record<Role | 'anyone', Reach | readonly Reach[]>>>;
}
