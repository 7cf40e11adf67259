import { type Cents, centsFromDecimal, sum } from '../money/amounts.js';
import { frenchAmount, frenchEuros } from '../money/french.js';
import { eurosInWords } from '../money/in-words.js';
import type { Dossier, DossierVersion, SharingKeyName } from './dossier.js';
import { type GroupBase, groupBase, memberParticulars } from './group-terms.js';
import { dossierText } from './template-document.js';

/** An amount in figures and in words, as a council votes it. */
interface Voted {
  readonly figures: string;
  readonly words: string;
}

/** What the model of a member’s resolution asks for: its own lots, needs and share of the costs. */
export interface CouncilResolutionModel extends GroupBase {
  readonly member: string;
  /** A commune has a conseil municipal and a maire; the others name theirs. */
  readonly isCommune: boolean;
  readonly isCoordinator: boolean;
  /** Its budget line and its representatives, or the gaps that ask for them. */
  readonly own: Readonly<Record<string, string>>;
  readonly longestYears: number;
  readonly lots: readonly { readonly number: number; readonly title: string; readonly net: string }[];
  readonly declared: boolean;
  readonly yearlyNet: Voted;
  /** The same for a column whose heading bears the unit. */
  readonly yearlyAmount: string;
  readonly yearlyGross: Voted;
  readonly netOverYears: Voted;
  readonly key: SharingKeyName;
  /** Its part of the costs of the procedure, with VAT; null when it shares none. */
  readonly share: Voted | null;
}

/** The model resolution of each member whose decision is not known yet (CCP L2113-6; CGCT L1414-3). */
export const councilResolutionText = dossierText({
  template: 'council-resolution',
  finish: 'draft',
  files: { docx: { part: 'group', name: (key) => `deliberations/deliberation-${key}.docx` } },
  subjects: ({ content }) =>
    content.members.filter((member) => member.resolutionOn === null).map((member) => member.key),
  model: councilResolutionModel,
});

function councilResolutionModel(version: DossierVersion, key: string): CouncilResolutionModel {
  const { content } = version;
  const member = content.members.find((candidate) => candidate.key === key);
  if (!member) throw new Error(`no member ${key} in this dossier`);
  const amounts = content.amounts.filter((amount) => amount.memberKey === key);
  const net = netOf(amounts);
  const longestYears = content.years + content.renewals;
  return {
    ...groupBase(version),
    own: memberParticulars(content, key),
    member: member.name,
    isCommune: member.inseeCode !== null,
    isCoordinator: member.siret === content.coordinator.siret,
    longestYears,
    lots: content.lots
      .filter((lot) => member.lots.includes(lot.number))
      .map(({ number: lot, title }) => ({
        number: lot,
        title,
        net: frenchAmount(netOf(amounts.filter((amount) => amount.lot === lot))),
      })),
    declared: member.validLines > 0,
    yearlyNet: voted(net),
    yearlyAmount: frenchAmount(net),
    yearlyGross: voted(net + vatOf(amounts)),
    netOverYears: voted(net * BigInt(longestYears)),
    key: content.sharing.key,
    share: shareOf(content, key),
  };
}

function shareOf({ sharing }: Dossier, key: string): Voted | null {
  const share = sharing.shares.find(({ memberKey }) => memberKey === key);
  const gross = share ? netOf([share]) + vatOf([share]) : 0n;
  return gross > 0n ? voted(gross) : null;
}

const voted = (amount: Cents): Voted => ({ figures: frenchEuros(amount), words: eurosInWords(amount) });
const netOf = (amounts: readonly { readonly net: string }[]): Cents =>
  sum(amounts.map(({ net }) => centsFromDecimal(net)));
const vatOf = (amounts: readonly { readonly vat: string }[]): Cents =>
  sum(amounts.map(({ vat }) => centsFromDecimal(vat)));
