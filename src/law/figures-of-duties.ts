import { always, type FigureRule } from './figure.js';

const CODE = 'code de la commande publique, miroir de Légifrance';
const CLIMATE = 'loi 2021-1104 et décret 2022-767\u00a0; au jour près, non vérifié';

/** Duties that began on a day, and shares that the law asks for. */
export const FIGURES_OF_DUTIES = {
  critere_environnemental: {
    label: 'Critère environnemental obligatoire',
    unit: 'duty',
    article: 'CCP R2152-7',
    source: CLIMATE,
    verified: false,
    values: [['2026-08-21', null, 1n]],
  },
  clause_environnementale: {
    label: 'Clause environnementale obligatoire',
    unit: 'duty',
    article: 'CCP L2112-2',
    source: CLIMATE,
    verified: false,
    values: [['2026-08-22', null, 1n]],
  },
  clause_sociale: {
    label: 'Clause sociale obligatoire',
    unit: 'duty',
    article: 'CCP L2112-2-1',
    source: CLIMATE,
    verified: false,
    values: [['2026-08-22', null, 1n]],
  },
  /** Works that last less are exempt from the social clause. */
  clause_sociale_travaux_courts: {
    label: 'Durée des travaux sous laquelle la clause sociale n’est pas due',
    unit: 'months',
    article: 'CCP L2112-2-1',
    source: CLIMATE,
    verified: false,
    values: always(6n),
  },
  specification_durable: {
    label: 'Développement durable dans les spécifications',
    unit: 'duty',
    article: 'CCP L2111-2',
    source: CLIMATE,
    verified: false,
    values: [['2026-08-22', null, 1n]],
  },
  reserve_ess_duree: {
    label: 'Durée la plus longue d’un marché réservé à l’économie sociale',
    unit: 'years',
    article: 'CCP L2113-16',
    source: CODE,
    verified: true,
    values: always(3n),
  },
  reserve_part_effectif: {
    label: 'Part de l’effectif d’une structure à qui un lot est réservé',
    unit: 'percent',
    article: 'CCP R2113-7',
    source: CODE,
    verified: true,
    values: always(5_000n),
  },
  egalim_qualite: {
    label: 'Part de produits durables et de qualité',
    unit: 'percent',
    article: 'CRPM L230-5-1',
    source: 'pages spécialisées, texte non relu',
    verified: false,
    values: [['2022-01-01', null, 5_000n]],
  },
  egalim_bio: {
    label: 'Part de produits biologiques',
    unit: 'percent',
    article: 'CRPM L230-5-1',
    source: 'pages spécialisées, texte non relu',
    verified: false,
    values: [['2022-01-01', null, 2_000n]],
  },
  egalim_viande_poisson: {
    label: 'Part de viande et de poisson durables',
    unit: 'percent',
    article: 'CRPM L230-5-1',
    source: 'pages spécialisées, texte non relu',
    verified: false,
    values: [['2024-01-01', null, 6_000n]],
  },
  pneus_rechapes: {
    label: 'Pneus rechapés obligatoires',
    unit: 'duty',
    article: 'CCP L2172-6',
    source: CODE,
    verified: true,
    values: always(1n),
  },
  agec_reemploi: {
    label: 'Parts de biens réemployés ou recyclés',
    unit: 'duty',
    article: 'loi 2020-105 art. 58, décret 2024-134',
    source: 'pratique relue, texte non relu',
    verified: false,
    values: [['2024-01-01', null, 1n]],
  },
} as const satisfies Record<string, FigureRule>;
