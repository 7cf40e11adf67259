import type { Cents, UnitPrice } from '../../money/amounts.js';
import { NBSP } from '../../money/french.js';
import { fraction, frenchFraction } from '../fraction.rules.js';
import { clamped, floorFaults, type KeyRule, negativeFaults } from './key.rules.js';

/** A rate per MWh, or a share of the energy bill; with a fixed part, a floor and a cap if the agreement says so. */
export interface EnergyChoice {
  readonly key: 'energy';
  readonly on:
    | { readonly base: 'consumption'; readonly ratePerMwh: UnitPrice }
    /** Ten-thousandths of the bill: 150n is 1,5 %. */
    | { readonly base: 'bill'; readonly share: bigint };
  readonly fixed: Cents | null;
  readonly floor: Cents | null;
  readonly cap: Cents | null;
}

/** Thousandths of a MWh × ten-thousandths of a euro: 10^7 to a euro, 10^5 to a cent. */
const DENOMINATOR = 100_000n;
const scaled = (amount: Cents | null): bigint | null => (amount === null ? null : amount * DENOMINATOR);

const figure = (weight: bigint): string =>
  `${frenchFraction(fraction(weight, DENOMINATOR * 100n), 4, 2)}${NBSP}€`;

export const ENERGY: KeyRule<EnergyChoice> = {
  nature: 'tariff',
  name: 'énergie',
  byLot: false,
  denominator: DENOMINATOR,
  faults: ({ on, fixed, floor, cap }) => [
    ...negativeFaults([
      on.base === 'consumption' ? ['le tarif au MWh', on.ratePerMwh] : ['la part de la facture', on.share],
      ['la part fixe', fixed],
      ['le plancher', floor],
      ['le plafond', cap],
    ]),
    ...floorFaults(floor, cap),
  ],
  weigh({ on, fixed, floor, cap }, member) {
    const base = on.base === 'consumption' ? member.consumption : member.energyBill;
    if (base === null)
      return on.base === 'consumption'
        ? { missing: 'sa consommation d’énergie manque', enter: 'entrer sa consommation en MWh' }
        : { missing: 'sa facture d’énergie manque', enter: 'entrer le montant de sa facture' };
    const variable = on.base === 'consumption' ? base * on.ratePerMwh : base * on.share * 10n;
    return clamped(variable + (scaled(fixed) ?? 0n), scaled(floor), scaled(cap));
  },
  words: ({ on }, weight) =>
    `${on.base === 'consumption' ? 'tarif sur la consommation' : 'part de la facture'}, ` + figure(weight),
  figure,
};
