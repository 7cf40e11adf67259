import { GROUP_PERMISSIONS } from './group-permissions.rules.js';
import type { About, Permission } from './permission.rules.js';
import { PLACE_PERMISSIONS } from './place-permissions.rules.js';
import type { Role } from './roles.rules.js';

/** The one permission table: right → roles → reach. docs/permissions.md is made from it. */
export const PERMISSIONS = {
  ...PLACE_PERMISSIONS,
  ...GROUP_PERMISSIONS,
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
