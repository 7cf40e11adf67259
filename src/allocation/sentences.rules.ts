import type { Cents } from '../money/amounts.js';
import { frenchCount, frenchEuros, NBSP } from '../money/french.js';
import { explainShare, type PartExplanation, type ShareExplanation } from './explanation.rules.js';
import { type Fraction, frenchFraction } from './fraction.rules.js';
import { NONE_SENTENCE } from './keys/none.rules.js';
import { isTariff, ruleOf } from './keys/registry.rules.js';
import type { AllocationMember } from './member.rules.js';
import { EXEMPT_WORDS, isExempt } from './modifiers/exempt.rules.js';
import { indexWords } from './modifiers/indexation.rules.js';
import { presenceWords } from './modifiers/prorata.rules.js';
import {
  type AllocatedLine,
  type AllocationResult,
  memberTotals,
  type MemberTotals,
} from './result.rules.js';

/** « 90,3676… € »: cents as euros, before rounding. */
export const exactEuros = ({ numerator, denominator }: Fraction): string =>
  `${frenchFraction({ numerator, denominator: denominator * 100n }, 4, 2)}${NBSP}€`;

const TAX = { net: 'HT', gross: 'TTC' } as const;

/**
 * Why a member bears what it bears of one line, in one sentence: the same on screen, in the workbook and in the PDF.
 */
export function shareSentence(
  result: AllocationResult,
  line: AllocatedLine,
  member: AllocationMember,
): string {
  const share = explainShare(result, line, member.key);
  return share === null ? absenceSentence(result, line, member) : explainedSentence(result, share);
}

/** The same, for an explanation already read with its whole line. */
export function explainedSentence(result: AllocationResult, share: ShareExplanation): string {
  const { name } = share.member;
  if (isTariff(result.choice)) return `${name}${NBSP}: ${feeWords(result, share)}.`;
  const due = `${frenchEuros(share.net)} HT et ${frenchEuros(share.vat)} de TVA, ${frenchEuros(share.gross)} TTC`;
  if (share.frozen) {
    const bound = share.frozen === 'cap' ? 'au plafond' : 'au plancher';
    return `${name}${NBSP}: sa part des frais est tenue ${bound} de la convention, soit ici ${due}.`;
  }
  const parts = share.parts.map((part) => partWords(result, share, part)).join(`${NBSP}; `);
  return `${name}${NBSP}: ${parts}${NBSP}; soit ${due}.`;
}

function partWords(
  result: AllocationResult,
  { member, basis, residual }: ShareExplanation,
  part: PartExplanation,
): string {
  const { presence } = result.modifiers;
  const rule = ruleOf(part.choice);
  const base = `${frenchEuros(part.base)} ${TAX[basis]}${residual ? ' restant après plancher et plafond' : ''}`;
  const weight =
    rule.words(part.choice, part.weight) +
    (presence === null ? '' : ` × ${frenchCount(part.days)}${NBSP}jour${part.days > 1n ? 's' : ''}`);
  const whole =
    presence === null
      ? rule.figure(part.totalWeight)
      : `${rule.figure(part.totalWeight)} une fois comptés les jours de chacun`;
  return `${base} × ${weight} sur ${whole} = ${exactEuros(part.exact)}${roundedWords(member, part)}`;
}

function roundedWords({ key }: AllocationMember, { spare, spareCents, rounded }: PartExplanation): string {
  if (spare === 'exact') return '';
  const code = key.length === 5 ? 'code INSEE' : 'SIRET';
  const why: Record<Exclude<typeof spare, 'exact'>, string> = {
    received:
      spareCents === 1n
        ? 'le centime de reliquat lui revient, son reste est le plus fort'
        : `un des ${frenchCount(spareCents)}${NBSP}centimes de reliquat lui revient, son reste est parmi les plus forts`,
    received_by_tie: `un centime de reliquat lui revient, à reste égal son ${code} est le plus petit`,
    missed: 'les centimes de reliquat vont à des restes plus forts',
    missed_by_tie: 'à reste égal, le centime de reliquat va à un code plus petit',
  };
  return `, arrondi à ${frenchEuros(rounded)} (${why[spare]})`;
}

function feeWords({ modifiers }: AllocationResult, { member, parts, net }: ShareExplanation): string {
  const [part] = parts;
  const words = [ruleOf(part!.choice).words(part!.choice, part!.weight)];
  const present = presenceWords(modifiers.presence, member);
  if (present) words.push(present);
  if (modifiers.indexation) words.push(indexWords(modifiers.indexation));
  const isRounded = part!.exact.denominator !== 1n;
  return `${words.join(', ')}${isRounded ? ` = ${exactEuros(part!.exact)}` : ''}, soit ${frenchEuros(net)}`;
}

/** Why a member has no share of a line. */
export function absenceSentence(
  { modifiers, costs }: AllocationResult,
  { label, cost }: Pick<AllocatedLine, 'label' | 'cost'>,
  member: AllocationMember,
): string {
  const named = cost === null ? [] : costs[cost]!.memberKeys;
  const why = isExempt(modifiers.exempt, member)
    ? EXEMPT_WORDS
    : named.length > 0 && !named.includes(member.key)
      ? 'ils concernent d’autres membres'
      : 'pas de besoin dans leurs lots';
  return `${member.name}${NBSP}: pas de part des frais «${NBSP}${label}${NBSP}» (${why}).`;
}

/** What a member bears in all. @param totals of the result, read once for all its members */
export function totalSentence(
  result: AllocationResult,
  member: AllocationMember,
  { nets, vats, grosses }: MemberTotals = memberTotals(result),
): string {
  if (result.choice.key === 'none') return NONE_SENTENCE;
  const at = result.members.findIndex(({ key }) => key === member.key);
  const lines = result.lines.filter(({ pool }) => pool.sharers.includes(at)).length;
  if (lines === 0) return `${member.name}${NBSP}: rien à payer.`;
  const due = (amounts: readonly Cents[]): string => frenchEuros(amounts[at]!);
  return isTariff(result.choice)
    ? `${member.name}${NBSP}: ${due(nets)} de participation.`
    : `${member.name}${NBSP}: ${due(nets)} HT et ${due(vats)} de TVA, ${due(grosses)} TTC, sur ${frenchCount(lines)}${NBSP}ligne${lines > 1 ? 's' : ''} de frais.`;
}
