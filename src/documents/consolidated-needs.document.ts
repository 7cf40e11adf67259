import { type Cents, centsFromDecimal, centsToDecimal, quantityFromDecimal, sum } from '../money/amounts.js';
import { frenchAmount, frenchQuantity } from '../money/french.js';
import { standingOf } from './census-sheet.document.js';
import {
  type AmountWords,
  type ConsultationBase,
  amountWords,
  consultationBase,
  netOf,
} from './consultation-base.js';
import type { Dossier, DossierLot, DossierMember, DossierVersion } from './dossier.js';
import { ONE_PER_PURCHASE, dossierText } from './template-document.js';

/** The needs of all members, by lot and item, to be read; the workbook holds them by member. */
export interface ConsolidatedNeedsModel extends ConsultationBase {
  readonly needs: readonly NeedsLot[];
  readonly total: Amounts;
  readonly yearlyNet: AmountWords;
  readonly netOverYears: AmountWords;
  readonly counted: number;
  /** Joined the group, and counted nowhere. */
  readonly silent: readonly string[];
  readonly late: readonly string[];
  readonly drafts: readonly string[];
  readonly excludedCount: number;
  /** Answered, but some of their lines came late or stayed drafts. */
  readonly partial: readonly string[];
  readonly notJoining: readonly string[];
}

interface Amounts {
  readonly net: string;
  readonly vat: string;
  readonly gross: string;
}

interface NeedsLot extends Amounts {
  readonly number: number;
  readonly title: string;
  readonly cpv: string;
  readonly items: readonly NeedsItem[];
  /** Gave a quantity that is not zero. */
  readonly buying: readonly string[];
  /** Gave zero for all that they filled. */
  readonly withoutNeed: readonly string[];
  /** Joined the lot and filled nothing of it. */
  readonly excluded: readonly string[];
}

interface NeedsItem {
  readonly code: string;
  readonly designation: string;
  readonly unit: string;
  readonly minimum: string;
  readonly estimate: string;
  readonly maximum: string;
  /** How many members asked for it. */
  readonly members: number;
}

/** État consolidé des besoins (CCP L2111-1, R2132-1). Silence is no zero: who did not answer is named (law.md §9). */
export const consolidatedNeedsText = dossierText({
  template: 'consolidated-needs',
  finish: 'final',
  files: { pdf: { part: 'needs', name: () => 'besoins-consolides.pdf' } },
  subjects: ONE_PER_PURCHASE,
  model: consolidatedNeedsModel,
});

function consolidatedNeedsModel(version: DossierVersion): ConsolidatedNeedsModel {
  const { content } = version;
  const { years, renewals, members, amounts } = content;
  const named = (test: (member: DossierMember) => boolean): string[] =>
    members.filter(test).map(({ name }) => name);
  const net = netOf(amounts);
  return {
    ...consultationBase(version),
    needs: content.lots.map((lot) => needsLot(content, lot)),
    total: amountsOf(amounts),
    yearlyNet: amountWords(centsToDecimal(net)),
    netOverYears: amountWords(centsToDecimal(net * BigInt(years + renewals))),
    counted: named((member) => standingOf(member) === 'valid').length,
    silent: named((member) => standingOf(member) === 'silent'),
    late: named((member) => standingOf(member) === 'late'),
    drafts: named((member) => standingOf(member) === 'draft'),
    excludedCount: named((member) => standingOf(member) !== 'valid').length,
    partial: named(({ validLines, lateLines, draftLines }) => validLines > 0 && lateLines + draftLines > 0),
    notJoining: content.notJoining.map(({ name }) => name),
  };
}

function needsLot(content: Dossier, { number, title, cpv, items }: DossierLot): NeedsLot {
  const codes = new Set(items.map(({ code }) => code));
  const lines = content.needs.filter(({ itemCode }) => codes.has(itemCode));
  const answered = new Set(lines.map(({ memberKey }) => memberKey));
  const asking = lines.filter(({ estimate }) => quantityFromDecimal(estimate) > 0n);
  const buying = new Set(asking.map(({ memberKey }) => memberKey));
  const joined = content.members.filter(({ lots }) => lots.includes(number));
  const names = (test: (key: string) => boolean): string[] =>
    joined.filter(({ key }) => test(key)).map(({ name }) => name);
  const totals = new Map(content.quantities.map((total) => [total.itemCode, total]));
  return {
    ...{ number, title, cpv },
    ...amountsOf(content.amounts.filter(({ lot }) => lot === number)),
    items: items.map(({ code, designation, unitLabel }) => {
      const { minimum, estimate, maximum } = totals.get(code) ?? NOTHING;
      return {
        ...{ code, designation, unit: unitLabel },
        ...{ minimum: quantity(minimum), estimate: quantity(estimate), maximum: quantity(maximum) },
        members: asking.filter(({ itemCode }) => itemCode === code).length,
      };
    }),
    buying: names((key) => buying.has(key)),
    withoutNeed: names((key) => answered.has(key) && !buying.has(key)),
    excluded: names((key) => !answered.has(key)),
  };
}

const NOTHING = { minimum: '0', estimate: '0', maximum: '0' };
const quantity = (decimal: string): string => frenchQuantity(quantityFromDecimal(decimal));

function amountsOf(amounts: Dossier['amounts']): Amounts {
  const net = netOf(amounts);
  const vat: Cents = sum(amounts.map((amount) => centsFromDecimal(amount.vat)));
  return { net: frenchAmount(net), vat: frenchAmount(vat), gross: frenchAmount(net + vat) };
}
