import type { ContractForm } from '../lots/lots.rules.js';
import { type Cents, centsFromDecimal, vatRateFromDecimal } from '../money/amounts.js';

export const HOLDERS = ['single', 'several'] as const;
export type Holders = (typeof HOLDERS)[number];

/** How orders are shared between several holders (CCP R2162-14): announced in the consultation's documents. */
export const ORDER_SHARINGS = ['cascade', 'rotation', 'percentages', 'price_per_order'] as const;
export type OrderSharing = (typeof ORDER_SHARINGS)[number];

export const VARIANTS = ['forbidden', 'allowed', 'required'] as const;
export type Variants = (typeof VARIANTS)[number];

/** Whether prices are compared without VAT or with it. */
export const VAT_BASES = ['net', 'gross'] as const;
export type VatBasis = (typeof VAT_BASES)[number];

/** What the advance is computed on: the plain contract, the framework's minimum (R2191-17), each order (R2191-16). */
export const ADVANCE_BASES = ['contract', 'minimum', 'per_order'] as const;
export type AdvanceBasis = (typeof ADVANCE_BASES)[number];

export const PRICE_KINDS = ['fixed', 'revisable', 'adjustable'] as const;
export type PriceKind = (typeof PRICE_KINDS)[number];

/** The four grounds on which a buyer may leave out the social clause (CCP L2112-2-1 II). */
export const SOCIAL_EXEMPTION_GROUNDS = [
  'immediate_solution',
  'no_link',
  'competition',
  'short_works',
] as const;
export type SocialExemptionGround = (typeof SOCIAL_EXEMPTION_GROUNDS)[number];

/** A percentage in hundredths: 5 % is 500n. */
export type Rate = bigint;

/** A lot's terms as they are stored and sent: amounts in euros excluding VAT and rates in percent, as decimal texts. */
export interface LotTermsText {
  readonly maximum: string | null;
  readonly minimum: string | null;
  readonly holders: Holders;
  readonly holderCount: number | null;
  readonly orderSharing: OrderSharing | null;
  readonly cascadeDelayHours: number | null;
  readonly orderShares: readonly string[];
  readonly orderSharingNote: string | null;
  readonly variants: Variants | null;
  readonly vatBasis: VatBasis;
  readonly advanceRate: string | null;
  readonly advanceRateSme: string | null;
  readonly advanceBasis: AdvanceBasis | null;
  readonly retentionRate: string | null;
  readonly retentionRateSme: string | null;
  readonly penalties: string | null;
  readonly priceKind: PriceKind | null;
  readonly priceFormula: string | null;
  readonly environmentalClause: string | null;
  readonly socialClause: string | null;
  readonly socialExemptionGround: SocialExemptionGround | null;
  readonly socialExemption: string | null;
}

type AmountField = 'maximum' | 'minimum';
type RateField = 'advanceRate' | 'advanceRateSme' | 'retentionRate' | 'retentionRateSme';

/** The same, to reckon with: cents, and rates in hundredths of a percent. */
export type LotTerms = Omit<LotTermsText, AmountField | RateField | 'orderShares'> &
  Readonly<Record<AmountField, Cents | null>> &
  Readonly<Record<RateField, Rate | null>> & { readonly orderShares: readonly Rate[] };

/** What a lot says before anybody wrote its terms. */
export const NO_TERMS: LotTermsText = {
  maximum: null,
  minimum: null,
  holders: 'single',
  holderCount: null,
  orderSharing: null,
  cascadeDelayHours: null,
  orderShares: [],
  orderSharingNote: null,
  variants: null,
  vatBasis: 'net',
  advanceRate: null,
  advanceRateSme: null,
  advanceBasis: null,
  retentionRate: null,
  retentionRateSme: null,
  penalties: null,
  priceKind: null,
  priceFormula: null,
  environmentalClause: null,
  socialClause: null,
  socialExemptionGround: null,
  socialExemption: null,
};

export function lotTerms(text: LotTermsText): LotTerms {
  const cents = (value: string | null): Cents | null => (value === null ? null : centsFromDecimal(value));
  const rate = (value: string | null): Rate | null => (value === null ? null : vatRateFromDecimal(value));
  return {
    ...text,
    maximum: cents(text.maximum),
    minimum: cents(text.minimum),
    advanceRate: rate(text.advanceRate),
    advanceRateSme: rate(text.advanceRateSme),
    retentionRate: rate(text.retentionRate),
    retentionRateSme: rate(text.retentionRateSme),
    orderShares: text.orderShares.map(vatRateFromDecimal),
  };
}

export const WHOLE: Rate = 10_000n;
export const isFramework = (form: ContractForm): boolean => form !== 'ordinaire';
/** Orders are placed without a new competition. */
export const isByOrders = (form: ContractForm): boolean => form === 'bons_de_commande' || form === 'mixte';

/** What members' limits, already recorded, ask of the lot's own amounts. */
export interface LimitTotals {
  readonly count: number;
  readonly maximum: Cents;
  readonly minimum: Cents;
}
