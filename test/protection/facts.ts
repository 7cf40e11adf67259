import { lawOn } from '../../src/law/law-on.js';
import type { LeverFacts, LotFacts } from '../../src/protection/lever.rules.js';

/** A lot of plants among three, in a consultation that nobody planned more of. */
export const lot = (over: Partial<LotFacts> = {}): LotFacts => ({
  id: 'six',
  number: 6,
  title: 'Végétaux',
  cpvCode: '03451000',
  family: 'fournitures',
  contractForm: 'bons_de_commande',
  itemCodes: ['VE-001', 'VE-002'],
  value: null,
  small: false,
  ...over,
});

/** The facts of that lot, under the law of a day; `others` are the other lots. */
export function facts(
  {
    day = '2027-01-15',
    ...over
  }: Partial<Omit<LeverFacts, 'lot' | 'lots' | 'law'>> & { readonly day?: string } = {},
  own: Partial<LotFacts> = {},
  others: readonly Partial<LotFacts>[] = [
    { id: 'five', number: 5 },
    { id: 'one', number: 1, cpvCode: '34927100' },
  ],
): LeverFacts {
  const one = lot(own);
  return {
    law: lawOn(day, []),
    today: day,
    launched: false,
    years: 3,
    estimate: null,
    chosen: [],
    globalContract: false,
    caps: null,
    terms: null,
    criteria: null,
    suppliers: null,
    largeBuyer: null,
    ...over,
    lot: one,
    lots: [one, ...others.map((other) => lot(other))],
  };
}

export const TERMS = {
  advanceRate: null,
  retentionRate: null,
  environmentalClause: null,
  socialClause: null,
  socialExemption: null,
};

export const suppliers = (answerable: number, withStatus = {}) => ({ answerable, withStatus });
