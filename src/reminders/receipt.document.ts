import { frenchMoment, parisDate } from '../calendar/plain-date.js';
import { unitLabel } from '../items/units.rules.js';
import { quantityFromDecimal } from '../money/amounts.js';
import { frenchQuantity } from '../money/french.js';
import { renderMarkdown } from '../platform/markdown/render.js';
import { loadTemplate } from '../platform/markdown/template.js';
import { renderPdf } from '../platform/pdf/render-pdf.js';
import type { CensusRow, ToldLine, ToldLot, ToldVersion } from './census.queries.js';

const template = loadTemplate('needs-receipt');
/** Nothing is said, in a table that leaves no cell empty. */
const NOTHING = '–';

const words = (quantity: string | null): string =>
  quantity === null ? NOTHING : frenchQuantity(quantityFromDecimal(quantity));

/**
 * The receipt of a version as a PDF. Its bytes depend on what is given only.
 *
 * @param next what the version waits for, or that it counts
 */
export function receiptPdf(
  census: Pick<CensusRow, 'title' | 'coordinatorName'>,
  version: ToldVersion,
  lots: readonly ToldLot[],
  lines: readonly ToldLine[],
  next: string,
): Promise<Buffer> {
  const model = {
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
  return renderPdf(renderMarkdown(template, model), {
    subject: census.title,
    version: version.number,
    date: parisDate(version.transmittedAt),
    fingerprint: version.sha256,
  });
}
