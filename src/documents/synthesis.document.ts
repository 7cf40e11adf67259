import { frenchDate } from '../calendar/plain-date.js';
import { type Cents, centsFromDecimal, centsToDecimal, sum } from '../money/amounts.js';
import { frenchAmount, frenchEuros } from '../money/french.js';
import type { Dossier, DossierMember, DossierVersion, SharingKeyName } from './dossier.js';
import type { TextModel } from '../platform/texts/text-document.js';
import { ONE_PER_CONSULTATION, dossierText } from './template-document.js';

/** One page for elected people. Its words are in the template: this holds figures, names and states. */
export interface SynthesisModel extends TextModel {
  readonly date: string;
  readonly coordinator: string;
  readonly memberCount: number;
  readonly answers: Readonly<Record<Answer, number>>;
  readonly lotCount: number;
  readonly itemCount: number;
  readonly net: string;
  readonly gross: string;
  readonly longestYears: number;
  readonly netOverYears: string;
  readonly key: SharingKeyName;
  readonly costNet: string;
  readonly costGross: string;
  /** Largest first. */
  readonly bars: readonly SynthesisBar[];
  readonly otherBars: (SynthesisBar & { readonly count: number }) | null;
  readonly lines: readonly SynthesisLine[];
  readonly others: { readonly count: number; readonly net: string; readonly share: string | null } | null;
  readonly total: { readonly net: string; readonly share: string | null };
  readonly hasPartial: boolean;
  readonly notJoining: string;
  readonly notJoiningCount: number;
}

export type Answer = 'valid' | 'late' | 'draft' | 'silent';

export interface SynthesisBar {
  readonly label: string;
  readonly number: number;
  readonly value: string;
  /** Canonical decimal, for the length of the bar. */
  readonly size: string;
}

export interface SynthesisLine {
  readonly name: string;
  readonly answer: Answer;
  /** Valid lines count, but others came late or stayed drafts. */
  readonly partial: boolean;
  readonly net: string;
  readonly lots: number;
  /** Part of the costs of the procedure, with VAT; null when it has none. */
  readonly share: string | null;
}

/** What one page holds at a size that people read. */
export const MOST_LINES = 52;
const MOST_BARS = 12;
/** Above this number of members the chart gives way to their lines. */
const MANY_MEMBERS = 40;
const FEWER_BARS = 7;

export const synthesisText = dossierText({
  template: 'synthesis',
  finish: 'final',
  files: { pdf: { part: 'needs', name: () => 'recapitulatif.pdf' } },
  subjects: ONE_PER_CONSULTATION,
  model: synthesisModel,
});

function synthesisModel({ content, number, takenOn, sha256 }: DossierVersion): SynthesisModel {
  const net = netOf(content.amounts);
  const longestYears = content.years + content.renewals;
  const costNet = netOf(content.sharing.costs);
  const answers: Record<Answer, number> = { valid: 0, late: 0, draft: 0, silent: 0 };
  for (const member of content.members) answers[answerOf(member)] += 1;
  return {
    title: content.title,
    version: number,
    takenOn,
    date: frenchDate(takenOn),
    sha256,
    coordinator: content.coordinator.name,
    memberCount: content.members.length,
    answers,
    lotCount: content.lots.length,
    itemCount: content.lots.flatMap((lot) => lot.items).length,
    net: frenchEuros(net),
    gross: frenchEuros(net + vatOf(content.amounts)),
    longestYears,
    netOverYears: frenchEuros(net * BigInt(longestYears)),
    key: content.sharing.key,
    costNet: frenchEuros(costNet),
    costGross: frenchEuros(costNet + vatOf(content.sharing.costs)),
    ...barsOf(content),
    ...linesOf(content),
    notJoining: content.notJoining.map((buyer) => buyer.name).join(', '),
    notJoiningCount: content.notJoining.length,
  };
}

function barsOf(content: Dossier): Pick<SynthesisModel, 'bars' | 'otherBars'> {
  const lots = content.lots
    .map((lot) => ({ lot, net: netOf(content.amounts.filter((amount) => amount.lot === lot.number)) }))
    .sort((a, b) => (a.net === b.net ? a.lot.number - b.lot.number : a.net > b.net ? -1 : 1));
  const most = content.members.length > MANY_MEMBERS ? FEWER_BARS : MOST_BARS;
  const shown = lots.length <= most ? lots : lots.slice(0, most - 1);
  const rest = lots.slice(shown.length);
  const bar = (label: string, number: number, net: Cents): SynthesisBar => ({
    label,
    number,
    value: frenchEuros(net),
    size: centsToDecimal(net),
  });
  const restNet = sum(rest.map((each) => each.net));
  return {
    bars: shown.map(({ lot, net }) => bar(lot.title, lot.number, net)),
    otherBars: rest.length === 0 ? null : { ...bar('', 0, restNet), count: rest.length },
  };
}

function linesOf(content: Dossier): Pick<SynthesisModel, 'lines' | 'others' | 'total' | 'hasPartial'> {
  const shares = new Map(content.sharing.shares.map((share) => [share.memberKey, grossOf([share])]));
  const members = content.members.map((member) => {
    const net = netOf(content.amounts.filter((amount) => amount.memberKey === member.key));
    return { member, net, share: shares.get(member.key) ?? null };
  });
  const order = new Intl.Collator('fr');
  let shown = [...members];
  if (members.length > MOST_LINES)
    shown = shown.sort((a, b) => (a.net === b.net ? 0 : a.net > b.net ? -1 : 1)).slice(0, MOST_LINES - 1);
  const kept = new Set(shown);
  const rest = members.filter((each) => !kept.has(each));
  const shareOf = (of: readonly { readonly share: Cents | null }[]): string | null =>
    shares.size === 0 ? null : frenchAmount(sum(of.map((each) => each.share ?? 0n)));
  const lines = shown
    .sort((a, b) => order.compare(a.member.name, b.member.name))
    .map(({ member, net, share }) => ({
      name: member.name,
      answer: answerOf(member),
      partial: member.validLines > 0 && member.lateLines + member.draftLines > 0,
      net: frenchAmount(net),
      lots: member.lots.length,
      share: share === null ? null : frenchAmount(share),
    }));
  const restNet = sum(rest.map((each) => each.net));
  return {
    lines,
    others:
      rest.length === 0 ? null : { count: rest.length, net: frenchAmount(restNet), share: shareOf(rest) },
    total: { net: frenchAmount(sum(members.map((each) => each.net))), share: shareOf(members) },
    hasPartial: lines.some((line) => line.partial),
  };
}

/** One valid line makes an answer; without one, a late line says more than a draft. */
function answerOf(member: DossierMember): Answer {
  if (member.validLines > 0) return 'valid';
  if (member.lateLines > 0) return 'late';
  return member.draftLines > 0 ? 'draft' : 'silent';
}

type Amount = { readonly net: string; readonly vat: string };
const netOf = (amounts: readonly Pick<Amount, 'net'>[]): Cents =>
  sum(amounts.map((amount) => centsFromDecimal(amount.net)));
const vatOf = (amounts: readonly Pick<Amount, 'vat'>[]): Cents =>
  sum(amounts.map((amount) => centsFromDecimal(amount.vat)));
const grossOf = (amounts: readonly Amount[]): Cents => netOf(amounts) + vatOf(amounts);
