import type { Permission } from './permission.rules.js';

/** Rights about an account, a buyer, the installation. */
export const PLACE_PERMISSIONS = {
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
      'tenir à jour la fiche d’un acheteur\u00a0: nom, SIRET et budgets, populations, lieux de livraison, séances du conseil',
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
  'law.record': {
    french: 'ajouter au droit daté un chiffre publié depuis',
    about: 'installation',
    roles: { administrator: 'everything' },
  },
  'nomenclature.read': {
    french: 'chercher dans la nomenclature CPV',
    about: 'installation',
    roles: { anyone: 'own account' },
  },
} as const satisfies Record<string, Permission>;
