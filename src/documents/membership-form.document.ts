import { frenchDate } from '../calendar/plain-date.js';
import { type Cents, centsFromDecimal, centsToDecimal, sum } from '../money/amounts.js';
import { frenchAmount } from '../money/french.js';
import { type AmountWords, amountWords, frenchSiret, netOf, purchaseOf } from './consultation-base.js';
import type { Dossier, DossierMember, DossierVersion, SharingKeyName } from './dossier.js';
import { type GroupBase, groupBase, memberParticulars } from './group-terms.js';
import { ONE_PER_MEMBER, dossierText } from './template-document.js';

interface JoinedLot {
  readonly number: number;
  readonly title: string;
  /** € HT a year, as declared. */
  readonly net: string;
  /** What the member owes at least, and orders at most, over the whole duration; empty: nothing was set. */
  readonly minimum: string;
  readonly maximum: string;
}

export interface MembershipFormModel extends GroupBase {
  readonly member: string;
  readonly siret: string;
  readonly isCommune: boolean;
  readonly isCoordinator: boolean;
  readonly own: Readonly<Record<string, string>>;
  readonly resolutionNumber: string;
  /** Empty: its council has not decided yet. */
  readonly resolutionOn: string;
  readonly lots: readonly JoinedLot[];
  readonly hasLimits: boolean;
  readonly hasMinimum: boolean;
  readonly declared: boolean;
  /** Lines that came too late, or were left a draft: they do not count. */
  readonly hasUncounted: boolean;
  readonly yearlyAmount: string;
  readonly yearlyNet: AmountWords;
  readonly yearlyGross: AmountWords;
  readonly netOverYears: AmountWords;
  readonly years: number;
  readonly renewals: number;
  readonly longestYears: number;
  readonly key: SharingKeyName;
  /** Its part of the costs of the procedure, with VAT; null when it shares none. */
  readonly share: AmountWords | null;
  /** Empty: not launched. */
  readonly launchedOn: string;
  readonly plannedLaunchOn: string;
  readonly formSignedOn: string;
}

/** What a member joins in one consultation, lot by lot, free until the publication (law.md G7, G9, §11 2). */
export const membershipFormText = dossierText({
  template: 'membership-form',
  finish: 'draft',
  files: {
    pdf: { part: 'group', name: (key) => `bulletins/bulletin-${key}.pdf` },
    docx: { part: 'editable', name: (key) => `bulletins/bulletin-${key}.docx` },
  },
  subjects: ONE_PER_MEMBER,
  model: membershipFormModel,
});

function membershipFormModel(version: DossierVersion, key: string): MembershipFormModel {
  const { content } = version;
  const { launchedOn, plannedLaunchOn } = purchaseOf(content);
  const member = content.members.find((candidate) => candidate.key === key);
  if (!member) throw new Error(`no member ${key} in this dossier`);
  const amounts = content.amounts.filter(({ memberKey }) => memberKey === key);
  const net = netOf(amounts);
  const vat = sum(amounts.map((amount) => centsFromDecimal(amount.vat)));
  const longestYears = content.years + content.renewals;
  const lots = joinedLots(content, member);
  return {
    ...groupBase(version),
    member: member.name,
    siret: frenchSiret(member.siret),
    isCommune: member.inseeCode !== null,
    isCoordinator: member.siret === content.coordinator.siret,
    own: memberParticulars(content, key),
    resolutionNumber: member.resolutionNumber ?? '',
    resolutionOn: day(member.resolutionOn),
    lots,
    hasLimits: lots.some(({ minimum, maximum }) => minimum !== '' || maximum !== ''),
    hasMinimum: lots.some(({ minimum }) => minimum !== ''),
    declared: member.validLines > 0,
    hasUncounted: member.lateLines + member.draftLines > 0,
    yearlyAmount: frenchAmount(net),
    yearlyNet: words(net),
    yearlyGross: words(net + vat),
    netOverYears: words(net * BigInt(longestYears)),
    ...{ years: content.years, renewals: content.renewals, longestYears },
    key: content.sharing.key,
    share: shareOf(content, key),
    launchedOn: day(launchedOn),
    plannedLaunchOn: day(plannedLaunchOn),
    formSignedOn: day(member.formSignedOn),
  };
}

function joinedLots(content: Dossier, member: DossierMember): JoinedLot[] {
  const limits = new Map(purchaseOf(content).lots.map((lot) => [lot.number, lot.limits]));
  const dressed = (value: string | null | undefined): string =>
    value ? frenchAmount(centsFromDecimal(value)) : '';
  return content.lots
    .filter(({ number }) => member.lots.includes(number))
    .map(({ number, title }) => {
      const own = limits.get(number)?.find(({ memberKey }) => memberKey === member.key);
      return {
        ...{ number, title },
        net: frenchAmount(
          netOf(content.amounts.filter((each) => each.memberKey === member.key && each.lot === number)),
        ),
        minimum: dressed(own?.minimum),
        maximum: dressed(own?.maximum),
      };
    });
}

function shareOf({ sharing }: Dossier, key: string): AmountWords | null {
  const share = sharing.shares.find(({ memberKey }) => memberKey === key);
  const gross = share ? centsFromDecimal(share.net) + centsFromDecimal(share.vat) : 0n;
  return gross > 0n ? words(gross) : null;
}

const words = (amount: Cents): AmountWords => amountWords(centsToDecimal(amount));
const day = (date: string | null): string => (date === null ? '' : frenchDate(date));
