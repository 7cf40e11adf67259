import { always, type FigureRule } from './figure.js';

const CODE = 'code de la commande publique, miroir de Légifrance';
const THRESHOLDS = 'La Vie communale, seuils et décrets au 1er janvier 2026';

/**
 * Amounts and populations from which another procedure or duty applies. The EU thresholds are
 * those of 2024 and 2026, and change on 1 January 2028: nothing stands before nor after until the new ones are published and recorded. The works dispense announced for 2027 and
 * the 140 000 € of innovative purchases have no decree that we found, hence no figure.
 */
export const FIGURES_OF_THRESHOLDS = {
  dispense_fs: {
    label: 'Dispense de publicité et de mise en concurrence, fournitures et services',
    unit: 'euros',
    article: 'CCP R2122-8',
    source: THRESHOLDS,
    verified: true,
    values: [
      [null, '2026-04-01', 40_000_00n],
      ['2026-04-01', null, 60_000_00n],
    ],
  },
  dispense_travaux: {
    label: 'Dispense de publicité et de mise en concurrence, travaux',
    unit: 'euros',
    article: 'CCP R2122-8',
    source: THRESHOLDS,
    verified: true,
    values: always(100_000_00n),
  },
  formalisee_fs: {
    label: 'Procédure formalisée, fournitures et services',
    unit: 'euros',
    article: 'CCP L2124-1',
    source: THRESHOLDS,
    verified: true,
    values: [
      ['2024-01-01', '2026-01-01', 221_000_00n],
      ['2026-01-01', '2028-01-01', 216_000_00n],
    ],
  },
  formalisee_travaux: {
    label: 'Procédure formalisée, travaux',
    unit: 'euros',
    article: 'CCP L2124-1',
    source: THRESHOLDS,
    verified: true,
    values: [
      ['2024-01-01', '2026-01-01', 5_538_000_00n],
      ['2026-01-01', '2028-01-01', 5_404_000_00n],
    ],
  },
  petit_lot_fs: {
    label: 'Petit lot, fournitures et services',
    unit: 'euros',
    article: 'CCP R2123-1',
    source: CODE,
    verified: true,
    values: always(80_000_00n),
  },
  petit_lot_travaux: {
    label: 'Petit lot, travaux',
    unit: 'euros',
    article: 'CCP R2123-1',
    source: CODE,
    verified: true,
    values: always(1_000_000_00n),
  },
  petits_lots_part: {
    label: 'Part la plus haute des petits lots',
    unit: 'percent',
    article: 'CCP R2123-1',
    source: CODE,
    verified: true,
    values: always(2_000n),
  },
  innovation: {
    label: 'Achat innovant sans mise en concurrence',
    unit: 'euros',
    article: 'CCP R2122-9-1',
    source: CODE,
    verified: false,
    values: always(100_000_00n),
  },
  innovation_lot_fs: {
    label: 'Lot innovant, fournitures et services',
    unit: 'euros',
    article: 'CCP R2122-9-1',
    source: CODE,
    verified: false,
    values: always(80_000_00n),
  },
  innovation_lot_travaux: {
    label: 'Lot innovant, travaux',
    unit: 'euros',
    article: 'CCP R2122-9-1',
    source: CODE,
    verified: false,
    values: always(100_000_00n),
  },
  spaser: {
    label: 'Achats annuels qui imposent un schéma de promotion des achats responsables',
    unit: 'euros',
    article: 'CCP D2111-3',
    source: CODE,
    verified: true,
    values: always(50_000_000_00n),
  },
  cao_grande_commune: {
    label: 'Population à partir de laquelle la commission d’une commune compte cinq élus',
    unit: 'inhabitants',
    article: 'CGCT L1411-5',
    source: 'rédaction en vigueur non relue',
    verified: false,
    values: always(3_500n),
  },

  livres_bibliotheque: {
    label: 'Livres non scolaires des bibliothèques',
    unit: 'euros',
    article: 'CCP R2122-9',
    source: CODE,
    verified: true,
    values: always(90_000_00n),
  },
  publicite_boamp_jal: {
    label: 'Avis au BOAMP ou dans un journal d’annonces légales',
    unit: 'euros',
    article: 'CCP R2131-12',
    source: CODE,
    verified: true,
    values: always(90_000_00n),
  },
  profil_acheteur: {
    label: 'Profil d’acheteur et documents en ligne',
    unit: 'euros',
    article: 'CCP R2132-2',
    source: THRESHOLDS,
    verified: true,
    values: [
      [null, '2026-04-01', 40_000_00n],
      ['2026-04-01', null, 60_000_00n],
    ],
  },
  formalisee_fs_reseaux: {
    label: 'Procédure formalisée, fournitures et services des entités adjudicatrices',
    unit: 'euros',
    article: 'CCP L2124-1',
    source: THRESHOLDS,
    verified: true,
    values: [
      ['2024-01-01', '2026-01-01', 443_000_00n],
      ['2026-01-01', '2028-01-01', 432_000_00n],
    ],
  },
  services_sociaux_avis: {
    label: 'Avis européen des services sociaux et spécifiques',
    unit: 'euros',
    article: 'CCP R2131-14',
    source: 'de mémoire, texte non relu',
    verified: false,
    values: always(750_000_00n),
  },
  ecrit: {
    label: 'Contrat écrit',
    unit: 'euros',
    article: 'CCP R2112-1',
    source: CODE,
    verified: true,
    values: always(25_000_00n),
  },
  decp: {
    label: 'Publication des données essentielles',
    unit: 'euros',
    article: 'CCP R2196-1',
    source: CODE,
    verified: true,
    values: always(40_000_00n),
  },
  controle_legalite: {
    label: 'Transmission au contrôle de légalité',
    unit: 'euros',
    article: 'CGCT D2131-5-1',
    source: 'préfectures\u00a0; suit le seuil européen depuis 2020',
    verified: true,
    values: [
      ['2024-01-01', '2026-01-01', 221_000_00n],
      ['2026-01-01', '2028-01-01', 216_000_00n],
    ],
  },
  chiffre_affaires_max: {
    label: 'Chiffre d’affaires qui peut être exigé, en part du montant',
    unit: 'percent',
    article: 'CCP R2142-7',
    source: THRESHOLDS,
    verified: true,
    // A share of the amount of the contract that may exceed it.
    most: 100_000n,
    values: [
      [null, '2026-01-01', 20_000n],
      ['2026-01-01', null, 15_000n],
    ],
  },
} as const satisfies Record<string, FigureRule>;
