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
  'buyer.search': {
    french: 'chercher un acheteur, un pôle de proximité, une commune ou un EPCI du référentiel national',
    about: 'installation',
    roles: { anyone: 'own account' },
  },
  'buyer.register': {
    french: 'enregistrer un acheteur, ou le reprendre du référentiel national',
    about: 'installation',
    roles: { procurement_officer: 'wherever held', administrator: 'everything' },
  },
  'buyer.edit': {
    french:
      'tenir à jour la fiche d’un acheteur\u00a0: nom, SIRET et budgets, populations, lieux de livraison',
    about: 'buyer',
    roles: {
      procurement_officer: 'own buyer',
      commune_secretary: 'own buyer',
      commune_validator: 'own buyer',
      administrator: 'everything',
    },
  },
  'cluster.create': {
    french: 'créer un pôle de proximité',
    about: 'installation',
    roles: { procurement_officer: 'wherever held', administrator: 'everything' },
  },
  'cluster.edit': {
    french:
      'tenir à jour un pôle de proximité\u00a0: nom, commune de tête, membres, lieux de livraison communs',
    about: 'installation',
    roles: {
      procurement_officer: 'wherever held',
      commune_validator: 'own buyer',
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
  'group.open': {
    french: 'ouvrir un groupement dont un acheteur est le coordonnateur',
    about: 'buyer',
    roles: { procurement_officer: 'own buyer' },
  },
  'group.list': {
    french: 'lister les groupements que l’on peut lire',
    about: 'account',
    roles: { anyone: 'own account' },
  },
  'group.edit': {
    french: 'modifier la fiche d’un groupement',
    about: 'group',
    roles: { procurement_officer: 'own group' },
  },
  'group.members.invite': {
    french: 'inviter des acheteurs dans un groupement',
    about: 'group',
    roles: { procurement_officer: 'own group' },
  },
  'group.membership.prepare': {
    french:
      'signaler l’intérêt d’un acheteur pour un groupement, et enregistrer la transmission de sa décision en préfecture',
    about: 'group',
    roles: {
      procurement_officer: 'own group',
      commune_secretary: 'own buyer',
      commune_validator: 'own buyer',
    },
  },
  'group.membership.decide': {
    french:
      'enregistrer qu’un acheteur adhère à un groupement, n’adhère pas, s’en retire ou renonce à une consultation',
    about: 'group',
    roles: { procurement_officer: 'own group', commune_validator: 'own buyer' },
  },
  'group.agreement.write': {
    french: 'enregistrer la convention constitutive d’un groupement et ses avenants',
    about: 'group',
    roles: { procurement_officer: 'own group' },
  },
  'group.agreement.sign': {
    french: 'enregistrer qu’un acheteur a signé la convention constitutive',
    about: 'group',
    roles: { procurement_officer: 'own group', commune_validator: 'own buyer' },
  },
  'group.read': {
    french: 'lire la fiche d’un groupement, ses membres et sa convention',
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
  'supplier.read': {
    french: 'lire l’annuaire des fournisseurs, et compter ceux qui pourraient répondre',
    about: 'installation',
    roles: { procurement_officer: 'wherever held', administrator: 'everything' },
  },
  'supplier.write': {
    french: 'tenir l’annuaire des fournisseurs',
    about: 'installation',
    roles: { procurement_officer: 'wherever held' },
  },
  'supplier.erase': {
    french: 'effacer les données d’un fournisseur qui le demande',
    about: 'installation',
    roles: { administrator: 'everything' },
  },
  'sourcing.read': {
    french: 'lire le registre de sourçage d’une consultation',
    about: 'group',
    roles: { procurement_officer: 'own group', legal_validator: 'own group' },
  },
  'sourcing.write': {
    french: 'tenir le registre de sourçage d’une consultation',
    about: 'group',
    roles: { procurement_officer: 'own group' },
  },
  'protection.levers.read': {
    french:
      'lire le catalogue des mesures d’accès des TPE-PME, et celles qui conviennent à un lot de ses groupements',
    about: 'account',
    roles: {
      anyone: 'own account',
      procurement_officer: ['own group', 'group of own buyer'],
      legal_validator: 'own group',
      commune_secretary: 'group of own buyer',
      commune_validator: 'group of own buyer',
      delegate: 'group of own buyer',
      finance_officer: ['own group', 'group of own buyer'],
      administrator: 'everything',
    },
  },
  'lot.protection.read': {
    french: 'lire les mesures d’accès des TPE-PME d’un lot, et leur justification',
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
  'lot.protection.decide': {
    french: 'choisir et retirer les mesures d’accès des TPE-PME d’un lot',
    about: 'group',
    roles: { procurement_officer: 'own group' },
  },
  'terms.read': {
    french: 'lire les conditions du contrat, les critères et les clauses des lots, et leurs contrôles',
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
  'terms.write': {
    french: 'fixer les conditions du contrat, les limites des membres, les critères et les clauses des lots',
    about: 'group',
    roles: { procurement_officer: 'own group' },
  },
  'catalogue.read': {
    french: 'lire les articles des lots, et prendre le bordereau en fichier',
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
  'catalogue.write': {
    french: 'ajouter, modifier et supprimer des articles, et remplacer le bordereau par un fichier',
    about: 'group',
    roles: { procurement_officer: 'own group' },
  },
  'consultation.read': {
    french: 'lire les consultations d’un groupement, leurs lots et qui y participe',
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
  'consultation.write': {
    french:
      'créer, modifier, copier et déclarer sans suite une consultation, écrire, ordonner et supprimer ses lots',
    about: 'group',
    roles: { procurement_officer: 'own group' },
  },
  'consultation.participate': {
    french: 'enregistrer le bulletin d’adhésion d’un membre aux lots d’une consultation',
    about: 'group',
    roles: { procurement_officer: 'own group', commune_validator: 'own buyer' },
  },
  'nomenclature.read': {
    french: 'chercher dans la nomenclature CPV',
    about: 'installation',
    roles: { anyone: 'own account' },
  },
  'group.conduct.write': {
    french: 'répartir les missions d’un groupement et choisir sa commission d’appel d’offres',
    about: 'group',
    roles: { procurement_officer: 'own group' },
  },
  'group.kept-outside.list': {
    french: 'lire ce que tous les membres d’un groupement conservent hors de lui',
    about: 'group',
    roles: { procurement_officer: 'own group', legal_validator: 'own group', administrator: 'everything' },
  },
  'group.kept-outside.read': {
    french: 'lire ce qu’un membre conserve hors du groupement, et son registre par famille d’achats',
    about: 'group',
    roles: {
      procurement_officer: ['own group', 'own buyer'],
      legal_validator: 'own group',
      commune_secretary: 'own buyer',
      commune_validator: 'own buyer',
      delegate: 'own buyer',
      finance_officer: 'own buyer',
      administrator: 'everything',
    },
  },
  'group.kept-outside.write': {
    french: 'dire ce qu’un membre conserve hors du groupement',
    about: 'group',
    roles: {
      procurement_officer: 'own group',
      commune_secretary: 'own buyer',
      commune_validator: 'own buyer',
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
