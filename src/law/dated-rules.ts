import type { PlainDate } from '../calendar/plain-date.js';

/**
 * - `cents`: euros excluding VAT, in cents;
 * - `percent`: hundredths of a percent (5 % is 500n);
 * - `years`, `months`, `days`, `inhabitants`;
 * - `duty`: the rule is in force, its value is 1n.
 */
export type RuleUnit = 'cents' | 'percent' | 'years' | 'months' | 'days' | 'inhabitants' | 'duty';

/** A figure of the law and the dates between which it holds. */
export interface DatedRule {
  readonly unit: RuleUnit;
  readonly article: string;
  /** Where the figure was read, on 23 November 2026. */
  readonly source: string;
  /** False when no official text could be read: people are told to check it. */
  readonly verified: boolean;
  /** Half-open intervals: first day in force (null: before any purchase of Halle), first day no longer (null: none). */
  readonly values: readonly (readonly [from: PlainDate | null, to: PlainDate | null, value: bigint])[];
}

const CODE = 'code de la commande publique, miroir de Légifrance';
const THRESHOLDS = 'La Vie communale, seuils et décrets au 1er janvier 2026';
const CLIMATE = 'loi 2021-1104 et décret 2022-767\u00a0; au jour près, non vérifié';
const always = (value: bigint) => [[null, null, value]] as const;

/**
 * The EU thresholds change on 1 January 2028: nothing stands after that day until the new ones are published, and a
 * question about a later day is refused rather than answered wrongly. The works dispense announced for 2027 and the
 * 140 000 € of innovative purchases have no decree that we found, hence no row.
 */
export const DATED_RULES = {
  DISPENSE_SUPPLIES: {
    unit: 'cents',
    article: 'CCP R2122-8',
    source: THRESHOLDS,
    verified: true,
    values: [
      [null, '2026-04-01', 40_000_00n],
      ['2026-04-01', null, 60_000_00n],
    ],
  },
  DISPENSE_WORKS: {
    unit: 'cents',
    article: 'CCP R2122-8',
    source: THRESHOLDS,
    verified: true,
    values: always(100_000_00n),
  },
  FORMAL_SUPPLIES: {
    unit: 'cents',
    article: 'CCP L2124-1',
    source: THRESHOLDS,
    verified: true,
    values: [
      [null, '2026-01-01', 221_000_00n],
      ['2026-01-01', '2028-01-01', 216_000_00n],
    ],
  },
  FORMAL_WORKS: {
    unit: 'cents',
    article: 'CCP L2124-1',
    source: THRESHOLDS,
    verified: true,
    values: [
      [null, '2026-01-01', 5_538_000_00n],
      ['2026-01-01', '2028-01-01', 5_404_000_00n],
    ],
  },
  SMALL_LOT_SUPPLIES: {
    unit: 'cents',
    article: 'CCP R2123-1',
    source: CODE,
    verified: true,
    values: always(80_000_00n),
  },
  SMALL_LOT_WORKS: {
    unit: 'cents',
    article: 'CCP R2123-1',
    source: CODE,
    verified: true,
    values: always(1_000_000_00n),
  },
  SMALL_LOTS_SHARE: {
    unit: 'percent',
    article: 'CCP R2123-1',
    source: CODE,
    verified: true,
    values: always(2_000n),
  },
  FRAMEWORK_YEARS: {
    unit: 'years',
    article: 'CCP L2125-1',
    source: CODE,
    verified: true,
    values: always(4n),
  },
  /** An accord-cadre without maximum is unlawful (CJEU, 17 June 2021, C-23/20). */
  FRAMEWORK_MAXIMUM: {
    unit: 'duty',
    article: 'CCP R2162-4',
    source: CODE,
    verified: true,
    values: [['2022-01-01', null, 1n]],
  },
  ADVANCE_FROM: {
    unit: 'cents',
    article: 'CCP R2191-3',
    source: CODE,
    verified: true,
    values: always(50_000_00n),
  },
  ADVANCE_FROM_MONTHS: {
    unit: 'months',
    article: 'CCP R2191-3',
    source: CODE,
    verified: true,
    values: always(2n),
  },
  ADVANCE_LEAST: {
    unit: 'percent',
    article: 'CCP R2191-7',
    source: CODE,
    verified: true,
    values: always(500n),
  },
  ADVANCE_LEAST_SME_LARGE_BUYER: {
    unit: 'percent',
    article: 'CCP R2191-7',
    source: CODE,
    verified: true,
    values: always(1_000n),
  },
  ADVANCE_MOST: {
    unit: 'percent',
    article: 'CCP R2191-7',
    source: CODE,
    verified: true,
    values: always(3_000n),
  },
  LARGE_BUYER_SPENDING: {
    unit: 'cents',
    article: 'CCP R2191-7',
    source: CODE,
    verified: true,
    values: always(60_000_000_00n),
  },
  RETENTION_MOST: {
    unit: 'percent',
    article: 'CCP R2191-33',
    source: CODE,
    verified: true,
    values: always(500n),
  },
  RETENTION_MOST_SME_LARGE_BUYER: {
    unit: 'percent',
    article: 'CCP R2191-33',
    source: CODE,
    verified: true,
    values: always(300n),
  },
  ENVIRONMENTAL_CRITERION: {
    unit: 'duty',
    article: 'CCP R2152-7',
    source: CLIMATE,
    verified: false,
    values: [['2026-08-21', null, 1n]],
  },
  ENVIRONMENTAL_CLAUSE: {
    unit: 'duty',
    article: 'CCP L2112-2',
    source: CLIMATE,
    verified: false,
    values: [['2026-08-22', null, 1n]],
  },
  SOCIAL_CLAUSE: {
    unit: 'duty',
    article: 'CCP L2112-2-1',
    source: CLIMATE,
    verified: false,
    values: [['2026-08-22', null, 1n]],
  },
  /** Works that last less are exempt from the social clause. */
  SOCIAL_CLAUSE_SHORT_WORKS: {
    unit: 'months',
    article: 'CCP L2112-2-1',
    source: CLIMATE,
    verified: false,
    values: always(6n),
  },
  SUSTAINABLE_SPECIFICATION: {
    unit: 'duty',
    article: 'CCP L2111-2',
    source: CLIMATE,
    verified: false,
    values: [['2026-08-22', null, 1n]],
  },
  RESERVED_SOCIAL_ECONOMY_YEARS: {
    unit: 'years',
    article: 'CCP L2113-16',
    source: CODE,
    verified: true,
    values: always(3n),
  },
  RESERVED_STAFF_SHARE: {
    unit: 'percent',
    article: 'CCP R2113-7',
    source: CODE,
    verified: true,
    values: always(5_000n),
  },
  SUSTAINABLE_FOOD_SHARE: {
    unit: 'percent',
    article: 'CRPM L230-5-1',
    source: 'pages spécialisées, texte non relu',
    verified: false,
    values: [['2022-01-01', null, 5_000n]],
  },
  ORGANIC_FOOD_SHARE: {
    unit: 'percent',
    article: 'CRPM L230-5-1',
    source: 'pages spécialisées, texte non relu',
    verified: false,
    values: [['2022-01-01', null, 2_000n]],
  },
  SUSTAINABLE_MEAT_FISH_SHARE: {
    unit: 'percent',
    article: 'CRPM L230-5-1',
    source: 'pages spécialisées, texte non relu',
    verified: false,
    values: [['2024-01-01', null, 6_000n]],
  },
  GLOBAL_CONTRACT_SME_SHARE: {
    unit: 'percent',
    article: 'CCP R2171-23',
    source: CODE,
    verified: true,
    values: [['2025-01-01', null, 2_000n]],
  },
  INNOVATION_MOST: {
    unit: 'cents',
    article: 'CCP R2122-9-1',
    source: CODE,
    verified: false,
    values: always(100_000_00n),
  },
  INNOVATION_LOT_SUPPLIES: {
    unit: 'cents',
    article: 'CCP R2122-9-1',
    source: CODE,
    verified: false,
    values: always(80_000_00n),
  },
  INNOVATION_LOT_WORKS: {
    unit: 'cents',
    article: 'CCP R2122-9-1',
    source: CODE,
    verified: false,
    values: always(100_000_00n),
  },
  PAYMENT_DAYS: {
    unit: 'days',
    article: 'CCP R2192-10',
    source: CODE,
    verified: true,
    values: always(30n),
  },
  LATE_PAYMENT_FEE: {
    unit: 'cents',
    article: 'CCP D2192-35',
    source: CODE,
    verified: true,
    values: always(40_00n),
  },
  SPASER_PURCHASES: {
    unit: 'cents',
    article: 'CCP D2111-3',
    source: CODE,
    verified: true,
    values: always(50_000_000_00n),
  },
  RETREADED_TYRES: { unit: 'duty', article: 'CCP L2172-6', source: CODE, verified: true, values: always(1n) },
  REUSE_SHARES: {
    unit: 'duty',
    article: 'loi 2020-105 art. 58, décret 2024-134',
    source: 'pratique relue, texte non relu',
    verified: false,
    values: [['2024-01-01', null, 1n]],
  },
  COMMITTEE_LARGE_COMMUNE: {
    unit: 'inhabitants',
    article: 'CGCT L1411-5',
    source: 'rédaction en vigueur non relue',
    verified: false,
    values: always(3_500n),
  },
} as const satisfies Record<string, DatedRule>;

export type RuleCode = keyof typeof DATED_RULES;
