import { type Grant, holdingOf, type Role } from './roles.rules.js';

/**
 * How far a role reaches:
 * - `own group`: the group on which the role is held;
 * - `own buyer`: one buyer, the one on which the role is held;
 * - `group of own buyer`: a group to which the buyer on which the role is held was invited;
 * - `own account`: the person's own, whatever its roles;
 * - `everything`: the whole installation.
 */
export type Reach = 'own group' | 'own buyer' | 'group of own buyer' | 'own account' | 'everything';

/** What a right is about. Whoever may not read the thing is told that it is not there. */
export type About = 'group' | 'buyer' | 'account' | 'installation';

interface Permission {
  /** « Qui a ce droit peut … » */
  readonly french: string;
  readonly about: About;
  readonly roles: Readonly<Partial<Record<Role | 'anyone', Reach | readonly Reach[]>>>;
}

/** The one permission table: right → roles → reach. docs/permissions.md is made from it. */
export const PERMISSIONS = {
  'account.self': {
    french: 'lire et tenir à jour son propre compte',
    about: 'account',
    roles: { anyone: 'own account' },
  },
  'account.secure': {
    french: 'choisir son mot de passe, fermer ses sessions, créer et révoquer ses jetons',
    about: 'account',
    roles: { anyone: 'own account' },
  },
  'person.read': {
    french: 'lire la fiche d’une personne et ses rôles',
    about: 'account',
    roles: { anyone: 'own account', administrator: 'everything' },
  },
  'person.list': {
    french: 'lister les personnes',
    about: 'installation',
    roles: { administrator: 'everything' },
  },
  'person.close': {
    french: 'fermer le compte d’une personne',
    about: 'account',
    roles: { administrator: 'everything' },
  },
  'administrator.invite': {
    french: 'inviter un administrateur',
    about: 'installation',
    roles: { administrator: 'everything' },
  },
  'buyer.read': {
    french: 'lire la fiche d’un acheteur',
    about: 'buyer',
    roles: {
      procurement_officer: 'own buyer',
      commune_secretary: 'own buyer',
      commune_validator: 'own buyer',
      delegate: 'own buyer',
      finance_officer: 'own buyer',
      administrator: 'everything',
    },
  },
  'buyer.people.read': {
    french: 'voir qui agit pour un acheteur, ses invitations et ses mandats',
    about: 'buyer',
    roles: {
      procurement_officer: 'own buyer',
      commune_secretary: 'own buyer',
      commune_validator: 'own buyer',
      finance_officer: 'own buyer',
      administrator: 'everything',
    },
  },
  'buyer.people.invite': {
    french: 'inviter quelqu’un à agir pour un acheteur, et retirer son rôle',
    about: 'buyer',
    roles: { commune_validator: 'own buyer', administrator: 'everything' },
  },
  'buyer.mandate.give': {
    french: 'donner mandat à quelqu’un de saisir pour un acheteur, et le retirer',
    about: 'buyer',
    roles: { commune_validator: 'own buyer', administrator: 'everything' },
  },
  'buyer.mandate.contest': {
    french: 'contester un mandat donné au nom d’un acheteur',
    about: 'buyer',
    roles: { commune_secretary: 'own buyer', commune_validator: 'own buyer' },
  },
  'buyer.journal.read': {
    french: 'lire et exporter le journal de ce qui concerne un acheteur',
    about: 'buyer',
    roles: {
      procurement_officer: 'own buyer',
      commune_secretary: 'own buyer',
      commune_validator: 'own buyer',
      finance_officer: 'own buyer',
      administrator: 'everything',
    },
  },
  'campaign.import': {
    french: 'enregistrer une campagne dont un acheteur est le coordonnateur',
    about: 'buyer',
    roles: { procurement_officer: 'own buyer' },
  },
  'group.read': {
    french: 'lire la fiche d’un groupement',
    about: 'group',
    roles: {
      procurement_officer: ['own group', 'group of own buyer'],
      legal_validator: 'own group',
      commune_secretary: 'group of own buyer',
      commune_validator: 'group of own buyer',
      delegate: 'group of own buyer',
      finance_officer: ['own group', 'group of own buyer'],
      elected_reader: 'own group',
      administrator: 'everything',
    },
  },
  'group.people.read': {
    french: 'voir qui agit dans un groupement, et ses invitations',
    about: 'group',
    roles: { procurement_officer: 'own group', legal_validator: 'own group', administrator: 'everything' },
  },
  'group.people.invite': {
    french:
      'inviter quelqu’un dans un groupement, ou la première personne d’un de ses membres, et retirer un rôle',
    about: 'group',
    roles: { procurement_officer: 'own group', administrator: 'everything' },
  },
  'group.reading-link.issue': {
    french: 'créer, lister et révoquer les liens de lecture des élus',
    about: 'group',
    roles: { procurement_officer: 'own group', administrator: 'everything' },
  },
  'group.journal.read': {
    french: 'lire le journal d’un groupement',
    about: 'group',
    roles: {
      procurement_officer: 'own group',
      legal_validator: 'own group',
      finance_officer: 'own group',
      administrator: 'everything',
    },
  },
} as const satisfies Record<string, Permission>;

export type Key = keyof typeof PERMISSIONS;

export const PERMISSION_KEYS = Object.keys(PERMISSIONS) as Key[];

/** The rights that make a thing visible, any of them. Nothing of the installation as a whole is hidden, only refused. */
export const VISIBLE_BY: Readonly<Record<About, readonly Key[] | null>> = {
  group: ['group.read'],
  buyer: ['buyer.read'],
  account: ['person.read', 'account.self'],
  installation: null,
};

/** A token may not give itself, or anyone, more than it has: these rights ask for a person. */
export const NOT_FOR_TOKENS: readonly Key[] = [
  'account.secure',
  'administrator.invite',
  'buyer.people.invite',
  'buyer.mandate.give',
  'group.people.invite',
];

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

/** The roles that each right of inviting lets one give. */
export const INVITABLE = {
  'administrator.invite': ['administrator'],
  'buyer.people.invite': ['commune_secretary', 'commune_validator', 'finance_officer', 'procurement_officer'],
  'group.people.invite': ['procurement_officer', 'legal_validator', 'finance_officer'],
} as const satisfies Partial<Record<Key, readonly Role[]>>;

/** What a group may give to the first people of a member: after that, the member decides for itself. */
export const FIRST_OF_A_MEMBER = [
  'commune_secretary',
  'commune_validator',
] as const satisfies readonly Role[];
