import type { Permission } from './permission.rules.js';

/** Rights about a group, and what hangs from it: members, consultations, lots. */
export const GROUP_PERMISSIONS = {
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
  'group.member-buyers.edit': {
    french:
      'lire et compléter la fiche d’un acheteur invité dans un groupement\u00a0: nom, SIRET et budgets, populations, lieux de livraison, séances du conseil',
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
  'lot.protection.read': {
    french:
      'lire les mesures d’accès des TPE-PME d’un lot, leur justification, et combien de fournisseurs pourraient répondre',
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
  'documents.make': {
    french: 'demander les documents d’une consultation, et écrire les mentions qu’ils portent',
    about: 'group',
    roles: { procurement_officer: 'own group' },
  },
  'documents.read': {
    french: 'lire et télécharger les documents d’une consultation, et ce qui reste à y compléter',
    about: 'group',
    roles: {
      procurement_officer: 'own group',
      legal_validator: 'own group',
      administrator: 'everything',
    },
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
  'consultation.publish': {
    french: 'publier une consultation, une fois passé le contrôle avant publication',
    about: 'group',
    roles: { procurement_officer: 'own group' },
  },
  'consultation.participate': {
    french: 'enregistrer le bulletin d’adhésion d’un membre aux lots d’une consultation',
    about: 'group',
    roles: { procurement_officer: 'own group', commune_validator: 'own buyer' },
  },
  'needs.read': {
    french: 'lire la déclaration de besoins d’un membre, ses versions et ses commentaires',
    about: 'group',
    roles: {
      procurement_officer: ['own group', 'own buyer'],
      legal_validator: 'own group',
      commune_secretary: 'own buyer',
      commune_validator: 'own buyer',
      delegate: 'own buyer',
      finance_officer: ['own group', 'own buyer'],
      administrator: 'everything',
    },
  },
  'needs.type': {
    french: 'saisir les besoins d’un membre, sans les transmettre',
    about: 'group',
    roles: {
      procurement_officer: 'own buyer',
      commune_secretary: 'own buyer',
      commune_validator: 'own buyer',
      delegate: 'own buyer',
    },
  },
  'needs.submit': {
    french: 'transmettre la déclaration de besoins d’un membre, et en ouvrir une rectifiée',
    about: 'group',
    roles: {
      procurement_officer: 'own buyer',
      commune_secretary: 'own buyer',
      commune_validator: 'own buyer',
    },
  },
  'needs.validate': {
    french: 'valider ou contester la déclaration transmise au nom d’un membre',
    about: 'group',
    roles: { commune_validator: 'own buyer' },
  },
  'needs.comment': {
    french: 'commenter la déclaration de besoins d’un membre',
    about: 'group',
    roles: {
      procurement_officer: ['own group', 'own buyer'],
      commune_secretary: 'own buyer',
      commune_validator: 'own buyer',
      delegate: 'own buyer',
    },
  },
  'needs.conduct': {
    french:
      'ouvrir et clore le recensement des besoins, en déplacer l’échéance, accepter ou refuser ce qui vient après, choisir s’il faut une validation',
    about: 'group',
    roles: { procurement_officer: 'own group' },
  },
  'group.conduct.write': {
    french:
      'répartir les missions d’un groupement, dire s’il achète à titre gratuit et choisir sa commission d’appel d’offres',
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
