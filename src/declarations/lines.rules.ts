import {
  type Quantity,
  quantityFromDecimal,
  quantityToDecimal,
  unitPriceFromDecimal,
  unitPriceToDecimal,
} from '../money/amounts.js';
import { needFaults } from '../needs/needs.rules.js';

/** What a member says of one item, decimal strings; null: nothing is said. */
export interface LineValues {
  /** A year, in the unit of the item. */
  readonly estimate: string | null;
  readonly minimum: string | null;
  readonly maximum: string | null;
  /** Where it is delivered, of the places of the member or of its cluster. */
  readonly deliverySiteId: string | null;
  /** € HT paid last for one unit. */
  readonly lastPrice: string | null;
  /** A year, bought outside the group. */
  readonly keptOutside: string | null;
  readonly keptOutsideReason: string | null;
  readonly note: string | null;
}

export const NOTHING_SAID: LineValues = {
  ...{ estimate: null, minimum: null, maximum: null, deliverySiteId: null, lastPrice: null },
  ...{ keptOutside: null, keptOutsideReason: null, note: null },
};

export type LineChange = { readonly [K in keyof LineValues]?: LineValues[K] | undefined };

/** What stands after a change: what is absent stays; decimals in the form in which they are read back. */
export function changedLine(before: LineValues, change: LineChange): LineValues {
  const given = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined));
  const line = { ...before, ...(given as Partial<LineValues>) };
  const quantity = (text: string | null): string | null =>
    text === null ? null : quantityToDecimal(quantityFromDecimal(text));
  return {
    ...line,
    estimate: quantity(line.estimate),
    minimum: quantity(line.minimum),
    maximum: quantity(line.maximum),
    keptOutside: quantity(line.keptOutside),
    lastPrice: line.lastPrice === null ? null : unitPriceToDecimal(unitPriceFromDecimal(line.lastPrice)),
  };
}

export const sameLine = (a: LineValues, b: LineValues): boolean =>
  (Object.keys(NOTHING_SAID) as (keyof LineValues)[]).every((key) => a[key] === b[key]);

export interface LineFault {
  readonly field: keyof LineValues;
  readonly code: string;
  readonly sentence: string;
}

/** Everything that is wrong in a line. @param place what is bought, for the sentences: « VH-001 » */
export function lineFaults(line: LineValues, code: string): LineFault[] {
  const faults: LineFault[] = [];
  const read = (text: string | null): Quantity | null => (text === null ? null : quantityFromDecimal(text));
  const [estimate, minimum, maximum] = [read(line.estimate), read(line.minimum), read(line.maximum)];
  const add = (field: keyof LineValues, fault: string, sentence: string): void => {
    faults.push({ field, code: fault, sentence: `${code}\u00a0: ${sentence}` });
  };
  if (estimate === null) {
    if (minimum !== null || maximum !== null)
      add(
        'estimate',
        'estimateMissing',
        'un minimum ou un maximum sans quantité estimée. Donner la quantité estimée, ou les effacer.',
      );
  } else {
    const found = needFaults({ minimum, estimate, maximum });
    if (found.includes('minimum_above_estimate'))
      add(
        'minimum',
        'minimumAboveEstimate',
        'le minimum dépasse la quantité estimée. Le baisser, ou l’effacer.',
      );
    if (found.includes('estimate_above_maximum'))
      add(
        'maximum',
        'estimateAboveMaximum',
        'le maximum est inférieur à la quantité estimée. Le relever, ou l’effacer.',
      );
  }
  if (line.keptOutside !== null && line.keptOutsideReason === null)
    add(
      'keptOutsideReason',
      'reasonMissing',
      'une quantité est conservée hors du groupement sans dire pourquoi. En donner la raison.',
    );
  if (line.keptOutside === null && line.keptOutsideReason !== null)
    add(
      'keptOutside',
      'quantityMissing',
      'une raison de conserver un achat, sans quantité. Donner la quantité.',
    );
  return faults;
}

/** « 12,5 min 10 max 20 », as the journal tells it; empty when nothing is said of quantities and prices. */
export function lineWords(line: LineValues): string {
  const words: string[] = [];
  const french = (text: string): string => text.replace('.', ',');
  if (line.estimate !== null) words.push(french(line.estimate));
  if (line.minimum !== null) words.push(`min ${french(line.minimum)}`);
  if (line.maximum !== null) words.push(`max ${french(line.maximum)}`);
  if (line.lastPrice !== null) words.push(`payé ${french(line.lastPrice)} €`);
  if (line.keptOutside !== null) words.push(`conservé ${french(line.keptOutside)}`);
  return words.join(' ');
}
