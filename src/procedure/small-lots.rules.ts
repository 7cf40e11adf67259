import type { Check } from '../law/check.js';
import { type LawOn, requiredValue } from '../law/law-on.js';
import type { LotFamily } from '../lots/lots.rules.js';
import type { Cents } from '../money/amounts.js';
import { frenchEuros, frenchRate } from '../money/french.js';
import type { Required } from './decision.rules.js';
import { type EstimatedValue, knownOf, type LotValue } from './estimated-value.rules.js';
import { frenchLots } from './lots-told.rules.js';

/** How a small lot is bought: by an adapted procedure (R2123-1 2°), or with no prior notice nor competition (R2122-8). */
export const SMALL_LOT_TREATMENTS = ['adapted', 'direct'] as const;
export type SmallLotTreatment = (typeof SMALL_LOT_TREATMENTS)[number];

/** Which lots people buy as small ones, by number. */
export type SmallLotChoices = ReadonlyMap<number, SmallLotTreatment>;

export interface JudgedLot {
  readonly number: number;
  readonly net: Cents | null;
  /** What it is worth at least. */
  readonly known: Cents;
  readonly treatment: SmallLotTreatment | null;
  /** Whether its amount is below each threshold of its own family. */
  readonly mayBe: Readonly<Record<SmallLotTreatment, boolean>>;
}

export interface SmallLots {
  /** All lots, in cents excluding VAT: what is known. */
  readonly total: Cents;
  /** The greatest amount that small lots may reach together. */
  readonly envelope: Cents;
  /** What those chosen take of it. */
  readonly used: Cents;
  /** What remains; negative: what is too much. */
  readonly margin: Cents;
  readonly fits: boolean;
  readonly lots: readonly JudgedLot[];
}

const WHOLE = 10_000n;
const ARTICLE = 'CCP R2123-1 2°, R2122-8';
const thresholdOf = (law: LawOn, family: LotFamily): Readonly<Record<SmallLotTreatment, Cents>> =>
  family === 'travaux'
    ? { adapted: requiredValue(law, 'petit_lot_travaux'), direct: requiredValue(law, 'dispense_travaux') }
    : { adapted: requiredValue(law, 'petit_lot_fs'), direct: requiredValue(law, 'dispense_fs') };

/**
 * Which lots may be bought as small ones, and what remains of their common envelope. Both treatments share one envelope,
 * the prudent reading. Below the formal thresholds every lot is bought by an adapted procedure anyway: only those bought
 * directly then take of the envelope; below the lowest ones, none does.
 *
 * @param reached what the whole asks for, or may ask for
 * @throws {LawUnknown}
 */
export function smallLots(
  value: EstimatedValue,
  choices: SmallLotChoices,
  reached: Required,
  law: LawOn,
): SmallLots {
  const lots = value.lots.map((lot): JudgedLot => {
    const below = thresholdOf(law, lot.family);
    const { number, net, known } = lot;
    const mayBe = {
      adapted: net !== null && net < below.adapted,
      direct: net !== null && net < below.direct,
    };
    return { number, net, known, treatment: choices.get(number) ?? null, mayBe };
  });
  const share = requiredValue(law, 'petits_lots_part');
  const total = knownOf(value.lots);
  const used = knownOf(lots.filter(({ treatment }) => takes(treatment, reached)));
  // The rounded-down envelope is only told: whether lots fit is judged on whole numbers.
  const envelope = (total * share) / WHOLE;
  return { total, envelope, used, margin: envelope - used, fits: WHOLE * used <= share * total, lots };
}

const takes = (treatment: SmallLotTreatment | null, reached: Required): boolean =>
  (treatment === 'direct' && reached !== 'direct') || (treatment === 'adapted' && reached === 'formal');

/** Each small lot is below the threshold of its family and treatment. */
export function smallLotThresholdCheck({ lots }: SmallLots, value: EstimatedValue, law: LawOn): Check {
  const chosen = lots.filter(({ treatment }) => treatment !== null);
  const base = {
    rule: 'SMALL_LOT_THRESHOLD',
    article: ARTICLE,
    figures: Object.fromEntries([
      ...thresholds(value.lots, law),
      ...chosen.map(({ number, net }): [string, string] => [
        `lot ${number}`,
        net === null ? 'montant inconnu' : `${frenchEuros(net)} HT`,
      ]),
    ]),
  };
  const unknown = chosen.filter(({ net }) => net === null);
  if (unknown.length > 0)
    return {
      ...base,
      verdict: 'block',
      sentence: `${capital(frenchLots(unknown))}\u00a0: sans montant, rien ne dit que c’est un petit lot. Indiquer le maximum ou recueillir les besoins, ou renoncer à ce choix.`,
    };
  const large = chosen.filter(({ treatment, mayBe }) => treatment !== null && !mayBe[treatment]);
  if (large.length > 0)
    return {
      ...base,
      verdict: 'block',
      sentence: `${capital(frenchLots(large))}\u00a0: le montant n’est pas inférieur au seuil des petits lots. Renoncer à ce choix, ou revoir le lot.`,
    };
  return {
    ...base,
    verdict: 'ok',
    sentence:
      chosen.length === 0
        ? `Aucun lot n’est acheté comme petit lot. ${eligibleSentence(lots)}`
        : `${capital(frenchLots(chosen))}\u00a0: sous le seuil des petits lots.`,
  };
}

function thresholds(lots: readonly LotValue[], law: LawOn): [string, string][] {
  const told = (family: LotFamily, words: string): [string, string][] => {
    const { adapted, direct } = thresholdOf(law, family);
    return [
      [`seuil du petit lot en procédure adaptée, ${words} HT`, frenchEuros(adapted)],
      [`seuil du petit lot sans mise en concurrence, ${words} HT`, frenchEuros(direct)],
    ];
  };
  return [
    ...(lots.some(({ family }) => family !== 'travaux')
      ? told('fournitures', 'fournitures et services')
      : []),
    ...(lots.some(({ family }) => family === 'travaux') ? told('travaux', 'travaux') : []),
  ];
}

function eligibleSentence(lots: readonly JudgedLot[]): string {
  const eligible = lots.filter(({ mayBe }) => mayBe.adapted || mayBe.direct);
  return eligible.length === 0
    ? 'Aucun n’est sous les seuils.'
    : `Sous les seuils\u00a0: ${frenchLots(eligible)}, ${frenchEuros(knownOf(eligible))} HT en tout.`;
}

/** Together, small lots stay within their share of all lots (blocking rule 5), and how much remains. */
export function smallLotsShareCheck(small: SmallLots, { complete }: EstimatedValue, law: LawOn): Check {
  const { total, envelope, used, margin, fits } = small;
  const share = frenchRate(requiredValue(law, 'petits_lots_part'));
  const base = {
    rule: 'SMALL_LOTS_SHARE',
    article: ARTICLE,
    figures: {
      'tous les lots HT': frenchEuros(total),
      'part la plus haute': share,
      'petits lots au plus HT': frenchEuros(envelope),
      'petits lots choisis HT': frenchEuros(used),
    },
  };
  const later = complete
    ? ''
    : ' Des lots n’ont pas encore de montant\u00a0: ils ne comptent que pour leurs besoins connus.';
  if (!fits)
    return {
      ...base,
      verdict: 'block',
      sentence: `Les petits lots (${frenchEuros(used)} HT) dépassent ${frenchEuros(envelope)} HT, soit ${share} de la valeur de tous les lots\u00a0: ${frenchEuros(-margin)} de trop. En acheter moins ainsi.${later}`,
    };
  return {
    ...base,
    verdict: 'ok',
    sentence: `Les petits lots ne dépassent pas ${share} de la valeur de tous les lots\u00a0: il reste ${frenchEuros(margin)} de petits lots.${later}`,
  };
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
