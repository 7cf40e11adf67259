import { UNITS, readUnit } from '../items/units.rules.js';
import { centsFromDecimal, quantityFromDecimal } from '../money/amounts.js';
import { frenchCount, frenchEuros, frenchQuantity } from '../money/french.js';

/** Why a declared quantity looks wrong. The last two are not of one item: of a lot, of a whole declaration. */
export const SIGNAL_KINDS = ['unit', 'per_inhabitant', 'last_year', 'whole', 'maximum', 'round'] as const;
export type SignalKind = (typeof SIGNAL_KINDS)[number];

/** What is judged, with the limit of each. The SQL of `signals.queries.ts` takes its figures from here. */
export const SIGNAL_LIMITS = {
  /** Times the median per inhabitant of the members that need the item: above, it is out of line (law.md §9). */
  perInhabitant: 3,
  /** Members of which the median is made: below that many, one of them moves it by itself. */
  medianMembers: 5,
  /** Times last year's quantity, or its inverse: a need seldom changes so, a misplaced comma always does. */
  lastYear: 10,
  /** Pieces in a pack: below that many, a need that changes cannot be told from packs counted for pieces. */
  packPieces: 5,
  /** How near of a pack's count a ratio must be, as a decimal: a fifth more or less is the change of an ordinary year. */
  packNearest: ['0.8', '1.25'],
  /** Lines that bear the same round figure: below that many, chance suffices. */
  roundLines: 5,
  /** What makes a figure round: it is a multiple of it. */
  roundMultiple: 10,
  /** The part of the positive lines that bear it: one in that many. */
  roundPart: 2,
} as const;

/** Fixed counts of pieces, of which a part exists (half a hundred is fifty), and measures. */
const DIVISIBLE = ['CEN', 'MIL', 'LS', 'XST'];
const COUNTED = ['C62', 'H87', 'EA', 'SET', 'KT', 'PR', 'DZN', 'E23', 'E48', 'E54', 'IE', 'Q3', 'RM'];

/** Units of which nobody buys a part, as an item may write them: their codes, and the words for them. */
export const WHOLE_UNITS: readonly string[] = UNITS.filter(
  ({ code }) => (code.startsWith('X') || COUNTED.includes(code)) && !DIVISIBLE.includes(code),
).flatMap(({ code, singular, plural }) => [...new Set([code, singular, plural])]);

/** How a quantity and a pack are confused: packs typed for pieces, pieces for packs, or less than one pack. */
export type UnitDoubt = 'packs' | 'pieces' | 'part';

/** What a signal compares, decimal texts; null where it has no bearing. */
export interface SignalFigures {
  readonly kind: SignalKind;
  readonly unit: string | null;
  /** A year. */
  readonly estimate: string | null;
  readonly lastYear: string | null;
  /** What the median per inhabitant of the members would give this one. */
  readonly usual: string | null;
  /** Pieces in a pack. */
  readonly pack: string | null;
  readonly doubt: UnitDoubt | null;
  /** € HT over the whole contract: what is declared for the lot, and the most that the member may order. */
  readonly amount: string | null;
  readonly maximum: string | null;
  readonly years: number | null;
  /** Lines with the same figure, of the positive ones. */
  readonly lines: number | null;
  readonly positive: number | null;
}

const CORRECT = 'Corriger, ou confirmer en disant pourquoi.';

/** « 400 sacs », « 1 tonne »; a unit that we do not know stays as it was written. */
export function quantityWords(quantity: string, unit: string | null): string {
  const value = quantityFromDecimal(quantity);
  if (unit === null) return frenchQuantity(value);
  const reading = readUnit(unit);
  const word = !reading.ok ? unit : value >= 2000n ? reading.unit.plural : reading.unit.singular;
  return `${frenchQuantity(value)}\u00a0${word}`;
}

const given = (text: string | null): string => text ?? '0';

/** What looks wrong, with its figures, and what to do: one French text. */
export function signalSentence(signal: SignalFigures): string {
  const said = quantityWords(given(signal.estimate), signal.unit);
  switch (signal.kind) {
    case 'per_inhabitant':
      return `${said} par an, plus de ${SIGNAL_LIMITS.perInhabitant}\u00a0fois ce que donne la médiane par habitant des membres (${quantityWords(given(signal.usual), signal.unit)}). ${CORRECT}`;
    case 'last_year':
      return `${said} par an, contre ${quantityWords(given(signal.lastYear), signal.unit)} l’an passé\u00a0: ${
        quantityFromDecimal(given(signal.estimate)) > quantityFromDecimal(given(signal.lastYear))
          ? `${SIGNAL_LIMITS.lastYear}\u00a0fois plus, ou davantage`
          : `${SIGNAL_LIMITS.lastYear}\u00a0fois moins, ou davantage`
      }. ${CORRECT}`;
    case 'unit':
      return unitSentence(signal, said);
    case 'whole':
      return `${said} par an\u00a0: cette unité s’achète entière, et une partie en est demandée. ${CORRECT}`;
    case 'maximum':
      return `${frenchEuros(centsFromDecimal(given(signal.amount)))} HT déclarés sur ${frenchCount(signal.years ?? 0)}\u00a0${(signal.years ?? 0) > 1 ? 'ans' : 'an'}, au-delà du maximum de ce membre dans le lot (${frenchEuros(centsFromDecimal(given(signal.maximum)))} HT)\u00a0: les commandes s’arrêteraient avant la fin. Relever le maximum, revoir les quantités, ou confirmer en disant pourquoi.`;
    case 'round':
      return `Le même chiffre rond, ${said}, sur ${frenchCount(signal.lines ?? 0)} des ${frenchCount(signal.positive ?? 0)}\u00a0lignes renseignées\u00a0: reprendre chaque article, ou confirmer en disant pourquoi.`;
  }
}

function unitSentence({ unit, lastYear, usual, pack, doubt }: SignalFigures, said: string): string {
  const inPack = frenchQuantity(quantityFromDecimal(given(pack)));
  const known = lastYear !== null && quantityFromDecimal(lastYear) > 0n;
  const against = known
    ? `${quantityWords(lastYear, unit)} l’an passé`
    : `${quantityWords(given(usual), unit)} d’après la médiane par habitant des membres`;
  switch (doubt) {
    case 'packs':
      return `${said} par an, contre ${against}\u00a0: des conditionnements de ${inPack} ont pu être comptés à la place des unités. ${CORRECT}`;
    case 'pieces':
      return `${said} par an, contre ${against}, ${inPack}\u00a0fois moins\u00a0: la quantité a pu être multipliée par le conditionnement. ${CORRECT}`;
    default:
      return `${said} par an, moins d’un conditionnement (${inPack})\u00a0: des conditionnements ont pu être comptés à la place des unités. ${CORRECT}`;
  }
}
