/**
 * French words for what the journal says in codes; a room adds its own here. A code without words is shown as it is: a
 * line may be older than the words of this version.
 */
export const SUBJECT_WORDS: Readonly<Record<string, string>> = {
  buyer: 'acheteur',
  group: 'groupement',
  membership: 'adhésion',
  consultation: 'consultation',
  lot: 'lot',
  item: 'article',
  participation: 'bulletin d’adhésion',
  needs: 'besoins',
  sharing: 'répartition des frais',
  dossier: 'version du dossier',
  document: 'document',
};

/** What was done. */
export const KEY_WORDS: Readonly<Record<string, string>> = {
  'buyers.register': 'enregistrement',
  'groups.open': 'ouverture',
  'groups.answer': 'réponse au groupement',
  'consultations.open': 'ouverture',
  'lots.catalogue': 'bordereau',
  'lots.participate': 'adhésion aux lots',
  'needs.replace': 'saisie des besoins',
  'needs.withdraw': 'articles retirés du bordereau',
  'allocation.choose-sharing': 'choix de la clé et des frais',
  'dossiers.take': 'prise de version',
  'documents.request': 'demande',
  'documents.request-again': 'nouvelle demande',
  'documents.generate': 'production',
};

/** The facts of a thing. */
export const FACT_WORDS: Readonly<Record<string, string>> = {
  siret: 'SIRET',
  inseeCode: 'code INSEE',
  name: 'nom',
  title: 'intitulé',
  coordinatorId: 'coordonnateur',
  answer: 'réponse',
  municipalPopulation: 'population municipale',
  populationSource: 'source de la population',
  resolutionOn: 'délibération du',
  resolutionNumber: 'délibération n°',
  firmYears: 'durée ferme (années)',
  renewals: 'reconductions',
  number: 'numéro',
  cpvCode: 'CPV',
  family: 'famille',
  contractForm: 'forme du contrat',
  code: 'code',
  lot: 'lot',
  designation: 'désignation',
  unit: 'unité',
  packaging: 'conditionnement',
  unitPrice: 'prix unitaire estimé HT',
  vatRate: 'taux de TVA',
  m57Nature: 'nature M57',
  sharingKey: 'clé',
  fixedShare: 'part fixe',
  costs: 'frais',
  label: 'libellé',
  net: 'montant HT',
  lots: 'lots',
  sha256: 'empreinte',
  kind: 'type',
  subject: 'objet',
  templateVersion: 'version du modèle',
};

/** What codes mean, by fact. */
export const VALUE_WORDS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  answer: { joined: 'adhère', declined: 'n’adhère pas' },
  sharingKey: {
    none: 'aucune, le coordonnateur supporte les frais',
    equal: 'parts égales',
    population: 'population municipale',
    need: 'besoin déclaré',
    'fixed-variable': 'part fixe et part variable',
  },
};

export const CHANNEL_WORDS = {
  api: 'API',
  import: 'import de fichier',
  cli: 'ligne de commande',
  page: 'page',
  job: 'travail différé',
} as const;

export const ACTOR_WORDS = {
  person: 'personne',
  reader: 'lien de lecture',
  operator: 'opérateur',
  system: 'programme',
} as const;
