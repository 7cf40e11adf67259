/**
 * The journey of a groupement de commandes: the rooms of this house, in order. A room imports rooms above it in this
 * list, never below. Read by `.dependency-cruiser.cjs` and by `test/architecture/`; a room without a folder is planned.
 *
 * @type {readonly { readonly room: string, readonly french: string, readonly holds: string }[]}
 */
module.exports = [
  {
    room: 'buyers',
    french: 'acheteurs, pôles de proximité',
    holds: 'communes, EPCI, CCAS, syndicats; SIRET, INSEE code, population with its vintage; clusters',
  },
  {
    room: 'accounts',
    french: 'comptes, habilitations',
    holds: 'people, sessions, tokens, roles per buyer and per group, the one permission table',
  },
  {
    room: 'lawbook',
    french: 'droit daté',
    holds: 'figures of the law added since a release, read with those of `src/law`: the law of a day',
  },
  {
    room: 'groups',
    french: 'groupement de commandes',
    holds: 'purchasing group, its terms and its people, what it launched and with whom',
  },
  {
    room: 'conduct',
    french: 'missions du coordonnateur, solidarité, commission d’appel d’offres',
    holds: 'who does what in the members’ name, the perimeter of solidarity, the award committee',
  },
  {
    room: 'members',
    french: 'adhésions, délibérations, convention constitutive',
    holds: 'volunteering, council resolutions, agreement and its signatures, withdrawal, renunciation',
  },
  {
    room: 'autonomy',
    french: 'achats conservés hors du groupement',
    holds: 'what each member keeps outside the group, and why',
  },
  {
    room: 'consultations',
    french: 'consultation',
    holds: 'one purchase run by a group: object, family, calendar, state derived from dated facts',
  },
  {
    room: 'sourcing',
    french: 'annuaire des fournisseurs, sourçage',
    holds: 'supplier directory, log of contacts before drafting, how many could answer: never who is chosen',
  },
  {
    room: 'lots',
    french: 'lots, codes CPV',
    holds: 'lots of a consultation, their order, the CPV nomenclature',
  },
  {
    room: 'items',
    french: 'articles, unités, natures M57',
    holds: 'items, units, price estimates, what the law asks of an item',
  },
  {
    room: 'catalogue',
    french: 'bordereau en fichier, copie d’une consultation',
    holds: 'the whole catalogue read from a file or written to one, and copied from last year',
  },
  {
    room: 'participation',
    french: 'bulletins d’adhésion',
    holds: 'who takes part in which lot, by a signed form',
  },
  {
    room: 'terms',
    french: 'conditions du contrat, critères, clauses',
    holds:
      'maximum and limits per member, holders, award criteria, clauses, advance, guarantee, price revision',
  },
  {
    room: 'protection',
    french: 'mesures d’accès des TPE-PME',
    holds: 'the flag of a lot, the lawful levers chosen, their records and checks, the wording lint',
  },
  {
    room: 'needs',
    french: 'recensement des besoins',
    holds: 'what counts of each member, its totals by item, lot, family and cluster',
  },
  {
    room: 'declarations',
    french: 'déclarations de besoins, échéance, transmission',
    holds:
      'the census and its deadline, what members type, the versions that they transmit, correct or contest',
  },
  {
    room: 'forms',
    french: 'formulaires en fichier, fichiers des membres',
    holds:
      'the workbook that a member fills, files and pastes read before they are applied, last year’s figures',
  },
  {
    room: 'signals',
    french: 'quantités à vérifier',
    holds: 'declared quantities that look wrong, each with its figures, confirmed with a reason or corrected',
  },
  {
    room: 'reminders',
    french: 'courriers du recensement, relances, accusés de réception',
    holds: 'what is written to communes about a census: opening, receipts, reminders, decisions, exclusions',
  },
  {
    room: 'procedure',
    french: 'procédure, seuils, petits lots',
    holds: 'estimated value, thresholds, procedure and deadlines, one list of the checks of every room',
  },
  {
    room: 'planning',
    french: 'rétroplanning, agenda',
    holds: 'from the wished start back to the latest day of each act, its calendar file, public holidays',
  },
  {
    room: 'gate',
    french: 'contrôle avant publication',
    holds: 'the rules that block a launch, the launch itself, what it froze and its hash',
  },
  {
    room: 'bids',
    french: 'offres, analyse',
    holds: 'bids received, filled price schedules, arithmetic check, scoring, ranking',
  },
  {
    room: 'awards',
    french: 'attribution, marchés',
    holds: 'award per lot, contracts, standstill, notification',
  },
  {
    room: 'orders',
    french: 'bons de commande, exécution',
    holds: 'call-offs against each member’s and the lot’s maximum, receipts',
  },
  {
    room: 'allocation',
    french: 'répartition, clés, titres',
    holds: 'cost-sharing keys, quantities and amounts per member, provisional and final runs, claims',
  },
  {
    room: 'documents',
    french: 'pièces, DCE',
    holds: 'every PDF, DOCX and XLSX made here, one file each; dossier versions, generation, archive',
  },
  {
    room: 'publication',
    french: 'données essentielles',
    holds: 'DECP, OCDS and eForms exports',
  },
  {
    room: 'desk',
    french: 'tableau de bord',
    holds: 'what crosses rooms and owns no table: tasks, the coordinator’s dashboard, search; read-only',
  },
];
