import { centsFromDecimal, centsToDecimal, sum } from '../money/amounts.js';
import { frenchAmount } from '../money/french.js';
import { type AmountWords, amountWords, netOf } from './consultation-base.js';
import type { DossierVersion, SharingKeyName } from './dossier.js';
import { type GroupBase, groupBase, memberParticulars } from './group-terms.js';
import { dossierText } from './template-document.js';

export interface DelegatedDecisionModel extends GroupBase {
  /** Whether the coordinator buys for itself too; otherwise it only coordinates. */
  readonly isMember: boolean;
  readonly own: Readonly<Record<string, string>>;
  readonly lots: readonly { readonly number: number; readonly title: string; readonly net: string }[];
  readonly declared: boolean;
  readonly yearlyAmount: string;
  readonly yearlyNet: AmountWords;
  readonly netOverYears: AmountWords;
  readonly longestYears: number;
  readonly key: SharingKeyName;
  readonly costs: AmountWords;
  readonly hasCosts: boolean;
}

/**
 * The decision of the president of an EPCI to whom its assembly delegated it (CGCT L5211-10): what a mayor may not decide
 * alone (law.md G6). A dossier knows the kind of its coordinator only; another EPCI of the group uses its resolution.
 */
export const delegatedDecisionText = dossierText({
  template: 'delegated-decision',
  finish: 'draft',
  files: { docx: { part: 'group', name: (key) => `deliberations/decision-${key}.docx` } },
  subjects: ({ content: { purchase, coordinator, members } }) => {
    if (purchase?.group.coordinatorKind !== 'epci') return [];
    const own = members.find(({ siret }) => siret === coordinator.siret);
    return own && own.resolutionOn !== null ? [] : [coordinator.key];
  },
  model: delegatedDecisionModel,
});

function delegatedDecisionModel(version: DossierVersion, key: string): DelegatedDecisionModel {
  const { content } = version;
  const member = content.members.find((candidate) => candidate.key === key);
  const amounts = content.amounts.filter(({ memberKey }) => memberKey === key);
  const net = netOf(amounts);
  const longestYears = content.years + content.renewals;
  const costs = sum(
    content.sharing.costs.map((cost) => centsFromDecimal(cost.net) + centsFromDecimal(cost.vat)),
  );
  return {
    ...groupBase(version),
    isMember: member !== undefined,
    own: memberParticulars(content, key),
    lots: content.lots
      .filter(({ number }) => member?.lots.includes(number))
      .map(({ number, title }) => ({
        ...{ number, title },
        net: frenchAmount(netOf(amounts.filter(({ lot }) => lot === number))),
      })),
    declared: (member?.validLines ?? 0) > 0,
    yearlyAmount: frenchAmount(net),
    yearlyNet: amountWords(centsToDecimal(net)),
    netOverYears: amountWords(centsToDecimal(net * BigInt(longestYears))),
    longestYears,
    key: content.sharing.key,
    costs: amountWords(centsToDecimal(costs)),
    hasCosts: costs > 0n,
  };
}
