import { type Quantity, sum } from '../money/amounts.js';
import { byKey } from './member.rules.js';
import { splitUpTo } from './split-up-to.rules.js';

/** What a member asks of one item, in thousandths of its unit. */
export interface QuantityAsked {
  /** INSEE code, or SIRET where there is none: decides ties. */
  readonly key: string;
  readonly name: string;
  readonly need: Quantity;
  /** Firm: served before anything else; null: none. */
  readonly minimum: Quantity | null;
  /** Null: the need, nothing more is taken. */
  readonly maximum: Quantity | null;
}

export interface QuantityTerms {
  /** Delivered, or all that a ceiling allows; null: what is ordered for the needs, in whole packs. */
  readonly available: Quantity | null;
  /** Units of a pack; null: not sold by packs. */
  readonly pack: Quantity | null;
  /** `up`: a last pack covers the needs, as long as the maxima take what it holds too much. `down`: full packs only. */
  readonly rounding: 'up' | 'down';
  /** The least that is handed to a member: 1 unit, 0,1 kg, a whole pack. */
  readonly step: Quantity;
}

/** Which of minimums, needs or maxima the supply could not wholly serve; null when it served them all, or all needs exactly. */
export type Stage = 'minimum' | 'need' | 'surplus';

/** Lists run by position, in ascending order of keys. Reasons are computed when read: see quantity-reasons.rules.ts. */
export interface QuantityAllocation {
  readonly asked: readonly QuantityAsked[];
  readonly terms: QuantityTerms;
  readonly needed: Quantity;
  /** What there is to share. */
  readonly supply: Quantity;
  /** Null when not sold by packs. */
  readonly packs: bigint | null;
  /** What the needs lack to fill one pack more, when it is not ordered. */
  readonly lacking: Quantity;
  readonly shares: readonly Quantity[];
  /** Above what maxima take, or less than a step. */
  readonly unallocated: Quantity;
  /** The stage that was shared in proportion, and by what. */
  readonly shared: {
    readonly stage: Stage;
    readonly amount: Quantity;
    readonly weights: readonly bigint[];
  } | null;
}

export type QuantityFault =
  | 'nobody_asks'
  | 'negative_quantity'
  | 'maximum_below_minimum'
  | 'maximum_below_need'
  | 'step_not_positive'
  | 'pack_not_positive';

export interface QuantityRefusal {
  readonly code: QuantityFault;
  /** Null: it is about the terms. */
  readonly memberKey: string | null;
  readonly sentence: string;
}

export type QuantityOutcome =
  | { readonly ok: true; readonly allocation: QuantityAllocation }
  | { readonly ok: false; readonly refusals: readonly QuantityRefusal[] };

/**
 * Shares what there is of one item: firm minimums first, then what is left of the needs, then the surplus up to the
 * maxima, each in proportion by largest remainder on whole steps, ties to the lowest key. Nobody is served for having
 * come first.
 */
export function allocateQuantity(given: readonly QuantityAsked[], terms: QuantityTerms): QuantityOutcome {
  const refusals = quantityRefusals(given, terms);
  if (refusals.length > 0) return { ok: false, refusals };
  const asked = given.map(withMinimum).sort(byKey);
  const { step } = terms;
  const minimums = asked.map(({ minimum }) => minimum ?? 0n);
  const needs = asked.map(({ need }) => need);
  const maxima = asked.map(({ maximum }, i) => maximum ?? needs[i]!);
  const ordered = supplyOf(needs, maxima, terms);

  const caps = maxima.map((maximum) => maximum / step);
  const upTo = (quantities: readonly Quantity[]): bigint[] =>
    quantities.map((quantity, i) => {
      const steps = (quantity + step - 1n) / step;
      return steps < caps[i]! ? steps : caps[i]!;
    });
  const got = asked.map(() => 0n);
  let left = ordered.supply / step;
  let shared: QuantityAllocation['shared'] = null;
  /** Brings everyone to its target as far as the supply goes. */
  const serve = (stage: Stage, targets: readonly bigint[], weightOf: (i: number) => bigint): void => {
    const rooms = targets.map((target, i) => (target > got[i]! ? target - got[i]! : 0n));
    const room = sum(rooms);
    if (left === 0n || room === 0n) {
      // Nothing at all is a stage that was not served either.
      if (left === 0n && room > 0n && stage !== 'surplus') shared ??= { stage, amount: 0n, weights: rooms };
      return;
    }
    const isShort = left < room;
    const weights = isShort ? rooms.map((_, i) => weightOf(i)) : rooms;
    const amount = isShort ? left : room;
    const parts = isShort ? splitUpTo(amount, weights, rooms) : rooms;
    for (const [i, part] of parts.entries()) got[i]! += part;
    left -= sum(parts);
    if (isShort) shared ??= { stage, amount: amount * step, weights };
  };
  serve('minimum', upTo(minimums), (i) => minimums[i]!);
  const rest = (i: number): bigint => needs[i]! - got[i]! * step;
  serve('need', upTo(needs), (i) => (rest(i) > 0n ? rest(i) : 0n));
  serve('surplus', caps, (i) => needs[i]!);
  // Those that need nothing take part last, by what they accept.
  serve('surplus', caps, (i) => maxima[i]!);
  const shares = got.map((steps) => steps * step);
  const unallocated = ordered.supply - sum(shares);
  return { ok: true, allocation: { asked, terms, ...ordered, shares, unallocated, shared } };
}

/** A firm minimum is a need. */
const withMinimum = (asked: QuantityAsked): QuantityAsked =>
  asked.minimum !== null && asked.minimum > asked.need ? { ...asked, need: asked.minimum } : asked;

function supplyOf(
  needs: readonly Quantity[],
  maxima: readonly Quantity[],
  { available, pack, rounding }: QuantityTerms,
): Pick<QuantityAllocation, 'needed' | 'supply' | 'packs' | 'lacking'> {
  const needed = sum(needs);
  if (pack === null) return { needed, supply: available ?? needed, packs: null, lacking: 0n };
  if (available !== null) {
    const packs = available / pack;
    return { needed, supply: packs * pack, packs, lacking: 0n };
  }
  const over = needed % pack;
  const lacking = over === 0n ? 0n : pack - over;
  const isCovered = rounding === 'up' && needed + lacking <= sum(maxima);
  const packs = needed / pack + (isCovered && lacking > 0n ? 1n : 0n);
  return { needed, supply: packs * pack, packs, lacking: isCovered ? 0n : lacking };
}

function quantityRefusals(asked: readonly QuantityAsked[], terms: QuantityTerms): QuantityRefusal[] {
  const refusals: QuantityRefusal[] = [];
  const refuse = (code: QuantityFault, sentence: string, memberKey: string | null = null): void => {
    refusals.push({ code, memberKey, sentence });
  };
  if (asked.length === 0)
    refuse('nobody_asks', 'Aucun membre n’a de besoin de cet article. Recueillir un besoin.');
  if (terms.step <= 0n)
    refuse(
      'step_not_positive',
      'La plus petite quantité remise n’est pas positive. Entrer 1 unité, par exemple.',
    );
  if (terms.pack !== null && terms.pack <= 0n)
    refuse(
      'pack_not_positive',
      'Le conditionnement n’est pas positif. Entrer le contenu d’un conditionnement.',
    );
  if (terms.available !== null && terms.available < 0n)
    refuse(
      'negative_quantity',
      'La quantité disponible est négative. Entrer une quantité positive ou nulle.',
    );
  for (const { key, name, need, minimum, maximum } of asked) {
    const about = (code: QuantityFault, problem: string, enter: string): void =>
      refuse(code, `${name}\u00a0: ${problem}. ${enter}.`, key);
    if (need < 0n || (minimum ?? 0n) < 0n || (maximum ?? 0n) < 0n)
      about('negative_quantity', 'une quantité est négative', 'Entrer des quantités positives ou nulles');
    else if (maximum !== null && maximum < (minimum ?? 0n))
      about('maximum_below_minimum', 'son maximum est sous son minimum ferme', 'Corriger l’un des deux');
    else if (maximum !== null && maximum < need)
      about('maximum_below_need', 'son maximum est sous son besoin', 'Corriger l’un des deux');
  }
  return refusals;
}
