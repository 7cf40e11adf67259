/** What a text needs that no other room keeps: written once for a consultation, one of its lots or one of its members. */
export interface Particular {
  readonly code: string;
  readonly of: 'consultation' | 'lot' | 'member';
  /** In « [À compléter : …] », and before the field that asks for it. */
  readonly label: string;
  readonly kind: 'line' | 'text' | 'email' | 'url' | 'count';
  readonly example: string;
  /** The only values, where the text turns on them. */
  readonly choices?: readonly string[];
}

const MOST: Readonly<Record<Particular['kind'], number>> = {
  line: 300,
  text: 8000,
  email: 254,
  url: 500,
  count: 4,
};

const list = (
  of: Particular['of'],
  rows: readonly (readonly [
    code: string,
    kind: Particular['kind'],
    label: string,
    example: string,
    choices?: readonly string[],
  ])[],
): Particular[] =>
  rows.map(([code, kind, label, example, choices]) => ({
    ...{ code, of, label, kind, example },
    ...(choices && { choices }),
  }));

export const CCAGS = [
  'fournitures courantes et services',
  'travaux',
  'techniques de l’information et de la communication',
  'prestations intellectuelles',
  'maîtrise d’œuvre',
] as const;

export const PARTICULARS: readonly Particular[] = [
  ...list('consultation', [
    ['reference', 'line', 'numéro de la consultation', '2027-03'],
    ['address', 'line', 'adresse postale du coordonnateur', '1 place du 11-Novembre, 53000 Laval'],
    ['email', 'email', 'adresse électronique du coordonnateur', 'marches@exemple.fr'],
    ['phone', 'line', 'téléphone du coordonnateur', '02 43 00 00 00'],
    ['representative', 'line', 'nom et qualité du représentant du coordonnateur', 'Mme Exemple, présidente'],
    [
      'representative_act',
      'line',
      'acte qui habilite le représentant du coordonnateur, et sa date',
      'délibération n° 2026-12 du 12 mai 2026',
    ],
    ['profile_url', 'url', 'adresse du profil d’acheteur', 'https://marches.exemple.fr'],
    [
      'court',
      'line',
      'tribunal administratif compétent, et son adresse',
      'Tribunal administratif de Nantes, 6 allée de l’Île-Gloriette, 44041 Nantes',
    ],
    ['mediation', 'line', 'organe de médiation', 'Comité consultatif de règlement amiable de Nantes'],
    ['validity_days', 'count', 'durée de validité des offres, en jours', '120'],
    [
      'questions_days',
      'count',
      'nombre de jours, avant la limite des offres, jusqu’auquel les questions sont reçues',
      '10',
    ],
    [
      'candidacy_documents',
      'text',
      'capacités demandées aux candidats, et leurs justificatifs',
      'Liste de trois livraisons comparables.',
    ],
    ['turnover', 'line', 'chiffre d’affaires annuel minimal exigé, ou « aucun »', 'aucun'],
    ['samples', 'text', 'échantillons et visites demandés, ou « aucun »', 'aucun'],
    [
      'variant_rules',
      'text',
      'exigences minimales que les variantes respectent, et conditions de leur présentation',
      'Une variante au plus par lot, chiffrée à part.',
    ],
    [
      'selection',
      'text',
      'critères de sélection des candidatures, et nombre de candidats admis',
      'Capacités techniques ; cinq candidats au plus.',
    ],
    ['dialogue', 'text', 'déroulement de la négociation ou du dialogue', 'Deux tours, par écrit.'],
    [
      'paper_ground',
      'line',
      'cas qui dispense de la voie électronique (articles R2132-12 et R2132-13)',
      'maquettes à remettre',
    ],
    [
      'negotiation',
      'line',
      'place de la négociation',
      'l’acheteur se réserve la possibilité de négocier',
      [
        'l’acheteur négocie avec les trois candidats les mieux classés',
        'l’acheteur se réserve la possibilité de négocier',
        'il n’y a pas de négociation',
      ],
    ],
    ['ccag', 'line', 'CCAG applicable', CCAGS[0], CCAGS],
    ['ccag_derogations', 'text', 'articles du CCAG auxquels il est dérogé, ou « aucun »', 'aucun'],
    ['renewal_notice', 'count', 'préavis de non-reconduction, en mois', '3'],
    ['insurance', 'text', 'assurances exigées du titulaire', 'Responsabilité civile professionnelle.'],
    ['social_contact', 'line', 'correspondant de la clause sociale', 'facilitateur de la maison de l’emploi'],
    [
      'invoicing',
      'line',
      'mentions demandées sur les factures, outre celles du code',
      'numéro du bon de commande',
    ],
    [
      'interest_note',
      'text',
      'opportunité de l’achat groupé, en quelques phrases',
      'Des prix tenus et une seule procédure.',
    ],
  ]),
  ...list('lot', [
    ['scope', 'text', 'description des prestations du lot', 'Fourniture et livraison de sel de déneigement.'],
    [
      'specifications',
      'text',
      'spécifications techniques du lot',
      'Conforme à la norme citée, ou équivalent.',
    ],
    [
      'sustainability',
      'text',
      'objectifs de développement durable des spécifications (article L2111-2)',
      'Emballages repris par le titulaire.',
    ],
    ['delays', 'text', 'délais de livraison ou d’exécution', '48 heures à compter du bon de commande.'],
    ['acceptance', 'text', 'vérification et admission', 'Vérification quantitative à la livraison.'],
    ['warranty', 'line', 'garantie', 'un an à compter de l’admission'],
    ['memo_pages', 'count', 'nombre maximal de pages du mémoire technique', '10'],
    [
      'memo',
      'text',
      'questions posées au candidat dans le mémoire technique',
      'Comment livrez-vous en période de neige ?',
    ],
  ]),
  ...list('member', [
    ['representative', 'line', 'représentant, et sa qualité', 'M. Exemple, maire'],
    ['accountant', 'line', 'comptable assignataire', 'service de gestion comptable de Laval'],
    ['budget', 'line', 'imputation budgétaire', 'budget principal, chapitre 011'],
    ['contact', 'line', 'correspondant pour les commandes', 'secrétariat de mairie, 02 43 00 00 00'],
    [
      'committee_member',
      'line',
      'représentant titulaire à la commission d’appel d’offres du groupement',
      'Mme Modèle, adjointe au maire',
    ],
    [
      'committee_alternate',
      'line',
      'suppléant du représentant à la commission d’appel d’offres du groupement',
      'M. Spécimen, conseiller municipal',
    ],
  ]),
];

const BY_CODE = new Map(PARTICULARS.map((particular) => [`${particular.of}/${particular.code}`, particular]));

export const particularOf = (of: Particular['of'], code: string): Particular | undefined =>
  BY_CODE.get(`${of}/${code}`);

/** What is wrong with a value, with its correction; null: nothing. Blank removes it. */
export function valueProblem({ kind, label, choices, example }: Particular, value: string): string | null {
  if (value === '') return null;
  if (value.length > MOST[kind])
    return `«\u00a0${label}\u00a0» dépasse ${MOST[kind]}\u00a0caractères\u00a0: le raccourcir.`;
  if (choices && !choices.includes(value))
    return `«\u00a0${label}\u00a0» est l’un de\u00a0: ${choices.join(', ')}.`;
  const sound: Readonly<Record<Particular['kind'], RegExp>> = {
    line: /^[^\n\r]*$/,
    text: /^[\s\S]*$/,
    email: /^[^\s@]+@[^\s@]+\.[^\s@]+$/,
    url: /^https?:\/\/[^\s/]+\S*$/,
    count: /^[1-9]\d{0,3}$/,
  };
  return sound[kind].test(value)
    ? null
    : `«\u00a0${label}\u00a0» s’écrit comme\u00a0: ${example}. Le corriger.`;
}

/** Every particular of a kind: its value, or the gap that asks for it. */
export const filled = (
  of: Particular['of'],
  values: Readonly<Record<string, string>> | undefined,
): Readonly<Record<string, string>> =>
  Object.fromEntries(
    PARTICULARS.filter((particular) => particular.of === of).map(({ code, label }) => [
      code,
      values?.[code] ?? `[À compléter\u00a0: ${label}]`,
    ]),
  );
