import { frenchMoment, parisDate } from '../calendar/plain-date.js';
import { unitLabel } from '../items/units.rules.js';
import { quantityFromDecimal } from '../money/amounts.js';
import { frenchQuantity } from '../money/french.js';
import type { TextDocument, TextModel } from '../platform/texts/text-document.js';
import type { CensusRow, ToldLine, ToldLot, ToldVersion } from './census.queries.js';

/** What the receipt of a version says. */
export interface ReceiptModel extends TextModel {
  readonly receipt: string;
  readonly buyer: string;
  readonly consultation: string;
  readonly coordinator: string;
  readonly number: number;
  readonly moment: string;
  /** What the version waits for, or that it counts. */
  readonly next: string;
  readonly lots: readonly ReceiptLot[];
}

interface ReceiptLot {
  readonly number: number;
  readonly title: string;
  readonly sentence: string;
  readonly lines: readonly Readonly<Record<ReceiptColumn, string>>[];
}
type ReceiptColumn = 'code' | 'designation' | 'unit' | 'minimum' | 'estimate' | 'maximum';

/** Nothing is said, in a table that leaves no cell empty. */
const NOTHING = '–';

const words = (quantity: string | null): string =>
  quantity === null ? NOTHING : frenchQuantity(quantityFromDecimal(quantity));

/** @param next what the version waits for, or that it counts */
export function receiptModel(
  census: Pick<CensusRow, 'title' | 'coordinatorName'>,
  version: ToldVersion,
  lots: readonly ToldLot[],
  lines: readonly ToldLine[],
  next: string,
): ReceiptModel {
  return {
    ...{ title: census.title, version: version.number, takenOn: parisDate(version.transmittedAt) },
    ...{ receipt: version.receipt, buyer: version.buyerName, consultation: census.title, next },
    ...{ coordinator: census.coordinatorName, number: version.number, sha256: version.sha256 },
    moment: frenchMoment(version.transmittedAt),
    lots: lots.map(({ number, title, noNeed }) => ({
      ...{ number, title },
      sentence: noNeed ? 'Aucun besoin.' : 'Rien n’est renseigné.',
      lines: lines
        .filter(({ lotNumber }) => lotNumber === number)
        .map(({ code, designation, unit, minimum, estimate, maximum }) => ({
          ...{ code, designation, unit: unitLabel(unit) },
          ...{ minimum: words(minimum), estimate: words(estimate), maximum: words(maximum) },
        })),
    })),
  };
}

/** The proof of what a member transmitted: final as soon as it is made. */
export const receiptText: TextDocument<ReceiptModel> = {
  template: 'needs-receipt',
  finish: 'final',
  examples: () => [
    {
      ...{ title: 'Consultation exemple', version: 1, takenOn: '2026-11-23', sha256: '0'.repeat(64) },
      ...{ receipt: 'AR-2026-000001', buyer: 'Commune 1', consultation: 'Consultation exemple', number: 1 },
      ...{
        coordinator: 'CA Exemple',
        moment: '23 novembre 2026 à 10:00',
        next: 'Elle compte dès maintenant.',
      },
      lots: [
        {
          ...{ number: 1, title: 'Lot exemple', sentence: 'Rien n’est renseigné.' },
          lines: [
            {
              ...{ code: 'EX-01', designation: 'Article exemple', unit: 'unité' },
              ...{ minimum: NOTHING, estimate: '10', maximum: NOTHING },
            },
          ],
        },
        { number: 2, title: 'Lot sans besoin', sentence: 'Aucun besoin.', lines: [] },
      ],
    },
  ],
};
