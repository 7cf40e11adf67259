import type { Permission, Reach } from './permission.rules.js';
import { type Key, PERMISSION_KEYS, PERMISSIONS, VISIBLE_BY } from './permissions.rules.js';
import { type Grant, holdingOf, type Role } from './roles.rules.js';

export interface Target {
  readonly groupId?: string;
  readonly buyerIds?: readonly string[];
  readonly personId?: string;
}

/** Who asks, as far as rights go. */
export interface Rights {
  readonly personId: string | null;
  readonly grants: readonly Grant[];
  /** A token gives no more than these rights; null: all those of the person. */
  readonly onlyKeys: ReadonlySet<string> | null;
  /** A token may be narrowed to one group, or to one buyer. */
  readonly onlyGroupId: string | null;
  readonly onlyBuyerId: string | null;
}

export interface Judgement {
  readonly verdict: 'allowed' | 'forbidden' | 'hidden';
  /** The buyer in whose name a delegate acts, when nothing else gives the right. */
  readonly onBehalfOf: string | null;
}

/** Whether someone may do that to this, and else whether it may know that it is there. */
export function judge(rights: Rights, key: Key, target: Target): Judgement {
  const grounds = groundsFor(rights, key, target);
  if (grounds.length > 0) {
    const delegated = grounds.every((ground) => ground !== 'account' && ground.role === 'delegate');
    const [first] = grounds;
    return {
      verdict: 'allowed',
      onBehalfOf: delegated && first !== undefined && first !== 'account' ? first.buyerId : null,
    };
  }
  const reading = VISIBLE_BY[PERMISSIONS[key].about];
  const visible = reading?.some((right) => groundsFor(rights, right, target).length > 0) ?? true;
  return { verdict: visible ? 'forbidden' : 'hidden', onBehalfOf: null };
}

/**
 * What the roles alone say of a right, before any row is known: `allowed` when it is held on one thing at least, `hidden`
 * when no such thing may even be seen.
 */
export function judgeAnywhere({ personId, grants, onlyKeys }: Rights, key: Key): Judgement['verdict'] {
  const held = (one: Key): boolean => {
    const { roles }: Permission = PERMISSIONS[one];
    if (onlyKeys?.has(one) === false) return false;
    if (roles.anyone !== undefined && personId !== null) return true;
    return grants.some((grant) =>
      [roles[grant.role] ?? []].flat().some((reach) => reachesSomething(grant, reach)),
    );
  };
  if (held(key)) return 'allowed';
  return VISIBLE_BY[PERMISSIONS[key].about]?.some(held) === false ? 'hidden' : 'forbidden';
}

function reachesSomething(grant: Grant, reach: Reach): boolean {
  switch (reach) {
    case 'everything':
      return holdingOf(grant) === 'instance';
    case 'own group':
      return grant.groupId !== null;
    case 'own buyer':
    case 'group of own buyer':
      return grant.buyerId !== null;
    case 'wherever held':
      return true;
    case 'own account':
      return false;
  }
}

/** What gives the right: roles held, or the account being one's own. */
function groundsFor(rights: Rights, key: Key, target: Target): (Grant | 'account')[] {
  if (rights.onlyKeys !== null && !rights.onlyKeys.has(key)) return [];
  if (rights.onlyGroupId !== null && target.groupId !== rights.onlyGroupId) return [];
  if (rights.onlyBuyerId !== null && !isOnly(target.buyerIds, rights.onlyBuyerId)) return [];
  const { roles }: Permission = PERMISSIONS[key];
  const reachesOf = (role: Role | 'anyone'): readonly Reach[] => [roles[role] ?? []].flat();
  const own: (Grant | 'account')[] =
    reachesOf('anyone').includes('own account') &&
    rights.personId !== null &&
    target.personId === rights.personId
      ? ['account']
      : [];
  return [
    ...own,
    ...rights.grants.filter((grant) => reachesOf(grant.role).some((reach) => reaches(grant, reach, target))),
  ];
}

function reaches(grant: Grant, reach: Reach, target: Target): boolean {
  switch (reach) {
    case 'everything':
      return holdingOf(grant) === 'instance';
    case 'own group':
      return grant.groupId !== null && grant.groupId === target.groupId;
    case 'own buyer':
      return grant.buyerId !== null && isOnly(target.buyerIds, grant.buyerId);
    case 'group of own buyer':
      return (
        grant.buyerId !== null &&
        target.groupId !== undefined &&
        target.buyerIds?.includes(grant.buyerId) === true
      );
    case 'wherever held':
      return true;
    case 'own account':
      return false;
  }
}

/** The rights that someone holds on one thing at least. */
export const keysOf = (grants: readonly Grant[]): ReadonlySet<Key> =>
  new Set(
    PERMISSION_KEYS.filter((key) => {
      const { roles }: Permission = PERMISSIONS[key];
      return roles.anyone !== undefined || grants.some((grant) => roles[grant.role] !== undefined);
    }),
  );

const isOnly = (buyerIds: readonly string[] | undefined, buyerId: string): boolean =>
  buyerIds?.length === 1 && buyerIds[0] === buyerId;
