import { frenchDate } from '../calendar/plain-date.js';
import { type Cents, centsFromDecimal, sum } from '../money/amounts.js';
import { frenchAmount, frenchEuros } from '../money/french.js';
import { eurosInWords } from '../money/in-words.js';
import type { TextModel } from '../platform/texts/text-document.js';
import type { Dossier, DossierVersion, SharingKeyName } from './dossier.js';
import { dossierText } from './template-document.js';

/** An amount in figures and in words, as a council votes it. */
interface Voted {
  readonly figures: string;
  readonly words: string;
}

/** What the model of a member’s resolution asks for: its own lots, needs and share of the costs. */
export interface CouncilResolutionModel extends TextModel {
  readonly date: string;
  readonly member: string;
  /** A commune has a conseil municipal and a maire; the others name theirs. */
  readonly isCommune: boolean;
  readonly isCoordinator: boolean;
  readonly coordinator: string;
  readonly coordinatorHasNeed: boolean;
  readonly memberCount: number;
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

function councilResolutionModel(
  { content, number, takenOn, sha256 }: DossierVersion,
  key: string,
): CouncilResolutionModel {
  const member = content.members.find((candidate) => candidate.key === key);
  if (!member) throw new Error(`no member ${key} in this dossier`);
  const amounts = content.amounts.filter((amount) => amount.memberKey === key);
  const net = netOf(amounts);
  const longestYears = content.years + content.renewals;
  return {
    title: content.title,
    version: number,
    takenOn,
    sha256,
    date: frenchDate(takenOn),
    member: member.name,
    isCommune: member.inseeCode !== null,
    isCoordinator: member.siret === content.coordinator.siret,
    coordinator: content.coordinator.name,
    coordinatorHasNeed: netOf(amountsOf(content, content.coordinator.key)) > 0n,
    memberCount: content.members.length,
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
  return share ? voted(netOf([share]) + vatOf([share])) : null;
}

const amountsOf = (content: Dossier, key: string) =>
  content.amounts.filter(({ memberKey }) => memberKey === key);
const voted = (amount: Cents): Voted => ({ figures: frenchEuros(amount), words: eurosInWords(amount) });
const netOf = (amounts: readonly { readonly net: string }[]): Cents =>
  sum(amounts.map(({ net }) => centsFromDecimal(net)));
const vatOf = (amounts: readonly { readonly vat: string }[]): Cents =>
  sum(amounts.map(({ vat }) => centsFromDecimal(vat)));
