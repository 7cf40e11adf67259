import { centsFromDecimal, quantityFromDecimal } from '../money/amounts.js';
import { frenchAmount, frenchQuantity } from '../money/french.js';
import { type ConsultationBase, consultationBase, netOf } from './consultation-base.js';
import type { Dossier, DossierVersion } from './dossier.js';
import { ONE_PER_PURCHASE, dossierText } from './template-document.js';

/** The needs of all members, by lot and item, to be read; the workbook holds them by member. */
export interface ConsolidatedNeedsModel extends ConsultationBase {
  readonly needs: readonly {
    readonly number: number;
    readonly title: string;
    readonly net: string;
    readonly gross: string;
    readonly items: readonly {
      readonly code: string;
      readonly designation: string;
      readonly unit: string;
      readonly minimum: string;
      readonly estimate: string;
      readonly maximum: string;
    }[];
  }[];
  readonly net: string;
  readonly gross: string;
  readonly counted: number;
  readonly silent: readonly string[];
  readonly late: readonly string[];
  readonly drafts: readonly string[];
}

/** État consolidé des besoins (CCP L2111-1, R2132-1). */
export const consolidatedNeedsText = dossierText({
  template: 'consolidated-needs',
  finish: 'final',
  files: { pdf: { part: 'needs', name: () => 'besoins-consolides.pdf' } },
  subjects: ONE_PER_PURCHASE,
  model: consolidatedNeedsModel,
});

function consolidatedNeedsModel(version: DossierVersion): ConsolidatedNeedsModel {
  const { content } = version;
  const totals = new Map(content.quantities.map((total) => [total.itemCode, total]));
  const quantity = (decimal: string | undefined): string =>
    frenchQuantity(quantityFromDecimal(decimal ?? '0'));
  const named = (test: (member: Dossier['members'][number]) => boolean): string[] =>
    content.members.filter(test).map(({ name }) => name);
  return {
    ...consultationBase(version),
    needs: content.lots.map(({ number, title, items }) => {
      const amounts = content.amounts.filter(({ lot }) => lot === number);
      return {
        ...{ number, title, net: frenchAmount(netOf(amounts)), gross: frenchAmount(grossOf(amounts)) },
        items: items.map(({ code, designation, unitLabel }) => ({
          ...{ code, designation, unit: unitLabel },
          minimum: quantity(totals.get(code)?.minimum),
          estimate: quantity(totals.get(code)?.estimate),
          maximum: quantity(totals.get(code)?.maximum),
        })),
      };
    }),
    net: frenchAmount(netOf(content.amounts)),
    gross: frenchAmount(grossOf(content.amounts)),
    counted: content.members.filter(({ validLines }) => validLines > 0).length,
    silent: named(({ validLines, lateLines, draftLines }) => validLines + lateLines + draftLines === 0),
    late: named(({ validLines, lateLines }) => validLines === 0 && lateLines > 0),
    drafts: named(({ validLines, lateLines, draftLines }) => validLines + lateLines === 0 && draftLines > 0),
  };
}

const grossOf = (amounts: Dossier['amounts']): bigint =>
  amounts.reduce((total, { net, vat }) => total + centsFromDecimal(net) + centsFromDecimal(vat), 0n);
