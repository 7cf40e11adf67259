import { frenchDate } from '../calendar/plain-date.js';
import { type Cents, centsFromDecimal, sum, vatRateFromDecimal } from '../money/amounts.js';
import { parseDecimal } from '../money/decimal.js';
import { frenchAmount, frenchEuros, frenchRate } from '../money/french.js';
import { type WorkedExample, workedExample } from './agreement-example.js';
import { frenchSiret, gap } from './consultation-base.js';
import type { Dossier, DossierVersion, SharingKeyName } from './dossier.js';
import { type GroupTerms, consultationParticulars, groupTerms } from './group-terms.js';
import type { TextModel } from '../platform/texts/text-document.js';
import { ONE_PER_CONSULTATION, dossierText } from './template-document.js';

/** Everything that the text of the agreement asks for, already in French dress; its sentences are in the template. */
export interface AgreementModel extends TextModel {
  readonly date: string;
  readonly coordinator: { readonly name: string; readonly siret: string };
  readonly coordinatorIsMember: boolean;
  readonly terms: GroupTerms;
  readonly p: Readonly<Record<string, string>>;
  /** Whether the contracts may outlast what the law of the launch allows without a reason (L2125-1). */
  readonly overlong: boolean;
  /** Why a framework agreement lasts more than four years (L2125-1), or the gap that asks for it. */
  readonly durationMotive: string;
  readonly launchedOn: string;
  readonly members: readonly AgreementMember[];
  readonly memberCount: number;
  readonly missingResolutions: number;
  readonly notJoining: readonly string[];
  readonly lots: readonly AgreementLot[];
  readonly lotCount: number;
  readonly yearlyNet: string;
  readonly years: number;
  readonly renewals: number;
  readonly longestYears: number;
  readonly key: SharingKeyName;
  /** « 30 % » under the fixed-variable key. */
  readonly fixedPercent: string | null;
  readonly variablePercent: string | null;
  readonly costs: readonly AgreementCost[];
  readonly costTotal: Amounts;
  readonly shares: readonly (Amounts & { readonly name: string })[];
  readonly example: WorkedExample | null;
  readonly signatories: readonly string[];
}

export interface AgreementMember {
  readonly name: string;
  readonly siret: string;
  readonly representative: string | null;
  readonly resolutionNumber: string | null;
  readonly resolutionOn: string | null;
  readonly lots: string;
  readonly joinsAll: boolean;
}

export interface AgreementLot {
  readonly number: number;
  readonly title: string;
  readonly cpv: string;
  readonly cpvLabel: string;
  readonly contractForm: string;
  readonly net: string;
  readonly members: string;
  readonly memberCount: number;
}

interface Amounts {
  readonly net: string;
  readonly vat: string;
  readonly gross: string;
}

export interface AgreementCost extends Amounts {
  readonly label: string;
  readonly rate: string;
  /** Empty: all lots. */
  readonly lots: string;
}

const DURATION_MOTIVE = 'justification d’une durée de plus de quatre ans, article L2125-1';

/** The agreement that creates the group (CCP L2113-6 to L2113-8): a draft for a lawyer to edit. */
export const agreementText = dossierText({
  template: 'agreement',
  finish: 'draft',
  files: {
    pdf: { part: 'group', name: () => 'convention.pdf' },
    docx: { part: 'editable', name: () => 'convention.docx' },
  },
  subjects: ONE_PER_CONSULTATION,
  model: agreementModel,
});

function agreementModel({ content, number, takenOn, sha256 }: DossierVersion): AgreementModel {
  const { coordinator, sharing } = content;
  const names = new Map(content.members.map((member) => [member.key, member.name]));
  const fixed = sharing.fixedShare === null ? null : parseDecimal(sharing.fixedShare, 4);
  const others = content.members.filter((member) => member.siret !== coordinator.siret);
  return {
    title: content.title,
    version: number,
    takenOn,
    date: frenchDate(takenOn),
    sha256,
    coordinator: { name: coordinator.name, siret: frenchSiret(coordinator.siret) },
    coordinatorIsMember: content.members.some((member) => member.siret === coordinator.siret),
    terms: groupTerms(content),
    p: consultationParticulars(content),
    overlong:
      content.years + content.renewals > Number(content.purchase?.law['accord_cadre_duree']?.value ?? 4),
    durationMotive: content.purchase?.durationMotive ?? gap(DURATION_MOTIVE),
    launchedOn: content.purchase?.launchedOn ? frenchDate(content.purchase.launchedOn) : '',
    members: content.members.map((member) => ({
      name: member.name,
      siret: frenchSiret(member.siret),
      representative: content.purchase?.particulars.members[member.key]?.['representative'] ?? null,
      resolutionNumber: member.resolutionNumber,
      resolutionOn: member.resolutionOn === null ? null : frenchDate(member.resolutionOn),
      lots: member.lots.join(', '),
      joinsAll: content.lots.every((lot) => member.lots.includes(lot.number)),
    })),
    memberCount: content.members.length,
    missingResolutions: content.members.filter((member) => member.resolutionOn === null).length,
    notJoining: content.notJoining.map((buyer) => buyer.name),
    lots: content.lots.map((lot) => agreementLot(content, lot)),
    lotCount: content.lots.length,
    yearlyNet: frenchEuros(netOf(content.amounts)),
    years: content.years,
    renewals: content.renewals,
    longestYears: content.years + content.renewals,
    key: sharing.key,
    fixedPercent: fixed === null ? null : frenchRate(fixed),
    variablePercent: fixed === null ? null : frenchRate(10_000n - fixed),
    costs: sharing.costs.map((cost) => ({
      label: cost.label,
      rate: frenchRate(vatRateFromDecimal(cost.vatRate)),
      lots: cost.lots.join(', '),
      ...amountsOf([cost]),
    })),
    costTotal: amountsOf(sharing.costs),
    shares: sharing.shares.map((share) => ({
      name: names.get(share.memberKey) ?? share.memberKey,
      ...amountsOf([share]),
    })),
    example: workedExample(content),
    signatories: [coordinator.name, ...others.map((member) => member.name)],
  };
}

function agreementLot(content: Dossier, lot: Dossier['lots'][number]): AgreementLot {
  const members = content.members.filter((member) => member.lots.includes(lot.number));
  return {
    number: lot.number,
    title: lot.title,
    cpv: lot.cpv,
    cpvLabel: lot.cpvLabel,
    contractForm: lot.contractForm,
    net: frenchAmount(netOf(content.amounts.filter((amount) => amount.lot === lot.number))),
    members: members.map((member) => member.name).join(', '),
    memberCount: members.length,
  };
}

const netOf = (amounts: readonly { readonly net: string }[]): Cents =>
  sum(amounts.map((amount) => centsFromDecimal(amount.net)));

function amountsOf(lines: readonly { readonly net: string; readonly vat: string }[]): Amounts {
  const net = netOf(lines);
  const vat = sum(lines.map((line) => centsFromDecimal(line.vat)));
  return { net: frenchAmount(net), vat: frenchAmount(vat), gross: frenchAmount(net + vat) };
}
