/** Where a role is held: on a purchasing group, on a buyer, or on the whole installation. */
export type Holding = 'group' | 'buyer' | 'instance';

interface RoleDefinition {
  /** What people read. */
  readonly french: string;
  /** What the words do not say by themselves. */
  readonly detail: string | null;
  readonly heldOn: readonly Holding[];
  /** How one comes to hold it. */
  readonly given: 'invitation' | 'mandate' | 'link';
}

/** Every role of the product; a person may hold several, on several buyers and groups. */
export const ROLES = {
  procurement_officer: {
    french: 'acheteur du coordonnateur',
    detail: null,
    heldOn: ['buyer', 'group'],
    given: 'invitation',
  },
  legal_validator: { french: 'valideur juridique', detail: null, heldOn: ['group'], given: 'invitation' },
  commune_secretary: { french: 'secrétaire de mairie', detail: null, heldOn: ['buyer'], given: 'invitation' },
  commune_validator: {
    french: 'valideur de la commune',
    detail: 'maire ou direction',
    heldOn: ['buyer'],
    given: 'invitation',
  },
  delegate: {
    french: 'délégataire',
    detail: 'sous un mandat enregistré et contestable',
    heldOn: ['buyer'],
    given: 'mandate',
  },
  finance_officer: {
    french: 'agent des finances',
    detail: null,
    heldOn: ['buyer', 'group'],
    given: 'invitation',
  },
  elected_reader: {
    french: 'élu lecteur',
    detail: 'par un lien signé, daté et révocable',
    heldOn: ['group'],
    given: 'link',
  },
  administrator: {
    french: 'administrateur de l’installation',
    detail: null,
    heldOn: ['instance'],
    given: 'invitation',
  },
} as const satisfies Record<string, RoleDefinition>;

export type Role = keyof typeof ROLES;

export const ROLE_NAMES = Object.keys(ROLES) as Role[];

/** A role that someone holds now: neither revoked, nor contested, nor out of its dates. */
export interface Grant {
  readonly role: Role;
  readonly buyerId: string | null;
  readonly groupId: string | null;
}

export const holdingOf = ({ buyerId, groupId }: Pick<Grant, 'buyerId' | 'groupId'>): Holding =>
  groupId !== null ? 'group' : buyerId !== null ? 'buyer' : 'instance';

/** Whether a role can be held there. */
export const canBeHeldOn = (role: Role, holding: Holding): boolean =>
  (ROLES[role].heldOn as readonly Holding[]).includes(holding);
