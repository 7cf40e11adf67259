import { frenchDate } from '../calendar/plain-date.js';
import { frenchList } from '../conduct/missions.rules.js';
import type { TextModel } from '../platform/texts/text-document.js';
import { frenchSiret } from './consultation-base.js';
import type { Dossier, DossierVersion } from './dossier.js';
import { filled } from './particulars.rules.js';
import type { PurchaseAgreement, PurchaseGroup, PurchaseMission } from './purchase.js';

/** What the documents of the group say of its rules, in French dress. */
export interface GroupTerms {
  readonly title: string;
  readonly permanent: boolean;
  /** Empty: nobody wrote it. */
  readonly object: string;
  readonly families: string;
  readonly severalFamilies: boolean;
  readonly startsOn: string;
  readonly endsOn: string;
  /** Who does each operation in the name of the others, « A et B »; empty: each member, alone (CCP L2113-7). */
  readonly held: Readonly<Record<PurchaseMission, string>>;
  /** Missions that several hold: the agreement must say who does what. */
  readonly shared: Readonly<Record<PurchaseMission, boolean>>;
  /** Whether the coordinator conducts the award procedure, alone. */
  readonly coordinatorConducts: boolean;
  /** Codes, in order: what binds all members together, and what binds each alone. */
  readonly joint: readonly PurchaseMission[];
  readonly alone: readonly PurchaseMission[];
  readonly payment: 'each_member' | 'coordinator' | 'other_member';
  readonly elected: boolean;
  /** Null: the data does not say. */
  readonly castingVote: boolean | null;
  /** An EPCI à fiscalité propre without any need of its own buys for its communes (CGCT L5211-4-4); null: not known. */
  readonly buysForOthers: boolean | null;
  readonly isEpci: boolean;
  /** Avenants adopted so far, oldest first. */
  readonly avenants: readonly { readonly label: string; readonly on: string }[];
}

const MISSIONS = ['passation', 'signature', 'notification', 'execution', 'paiement'] as const;

/**
 * The rules of the group. A dossier taken before the purchase was kept says nothing of them: they are then those that
 * the agreement always stated, the award procedure up to the notification entrusted to the coordinator.
 */
export function groupTerms(content: Dossier): GroupTerms {
  const { purchase, coordinator } = content;
  const group = purchase?.group;
  const missions = group?.missions ?? formerMissions(coordinator.name);
  const holders = (code: PurchaseMission) => missions.find(({ mission }) => mission === code)?.holders ?? [];
  const each = <T>(tell: (code: PurchaseMission) => T): Record<PurchaseMission, T> =>
    Object.fromEntries(MISSIONS.map((code) => [code, tell(code)])) as Record<PurchaseMission, T>;
  const hasNeed = content.amounts.some(
    ({ memberKey, net }) => memberKey === coordinator.key && Number(net) > 0,
  );
  return {
    title: group?.title ?? content.title,
    permanent: group?.kind === 'permanent',
    object: group?.object ?? '',
    families: purchase ? purchase.families.join(', ') : '',
    severalFamilies: (purchase?.families.length ?? 0) > 1,
    startsOn: group?.startsOn ? frenchDate(group.startsOn) : '',
    endsOn: group?.endsOn ? frenchDate(group.endsOn) : '',
    held: each((code) => frenchList(holders(code))),
    shared: each((code) => holders(code).length > 1),
    coordinatorConducts: holders('passation').every((name) => name === coordinator.name),
    joint: MISSIONS.filter((code) => holders(code).length > 0),
    alone: MISSIONS.filter((code) => holders(code).length === 0),
    payment: paymentBy(holders('paiement'), coordinator.name),
    elected: group?.committee.kind === 'elected',
    castingVote: group ? group.committee.castingVote : null,
    buysForOthers: hasNeed ? false : group ? group.coordinatorKind === 'epci' : null,
    isEpci: group?.coordinatorKind === 'epci',
    avenants: avenantsOf(group).map(({ label, adoptedOn }) => ({ label, on: frenchDate(adoptedOn) })),
  };
}

const formerMissions = (coordinator: string): PurchaseGroup['missions'] =>
  (['passation', 'signature', 'notification'] as const).map((mission) => ({
    mission,
    holders: [coordinator],
  }));

function paymentBy(payers: readonly string[], coordinator: string): GroupTerms['payment'] {
  if (payers.length === 0) return 'each_member';
  return payers.every((name) => name === coordinator) ? 'coordinator' : 'other_member';
}

const avenantsOf = (group: PurchaseGroup | undefined): readonly PurchaseAgreement[] =>
  (group?.agreements ?? []).filter(({ number }) => number > 1);

/** What people wrote for the documents of a consultation, or the gaps that ask for it: an older dossier has only gaps. */
export const consultationParticulars = ({ purchase }: Dossier): Readonly<Record<string, string>> =>
  filled('consultation', purchase?.particulars.consultation);
/** The same for one of its members. */
export const memberParticulars = ({ purchase }: Dossier, key: string): Readonly<Record<string, string>> =>
  filled('member', purchase?.particulars.members[key]);

/** What every document of the group says of its parties and of its rules. */
export interface GroupBase extends TextModel {
  readonly date: string;
  readonly coordinator: { readonly name: string; readonly siret: string };
  readonly memberCount: number;
  readonly terms: GroupTerms;
  readonly p: Readonly<Record<string, string>>;
}

export const groupBase = ({ content, number, takenOn, sha256 }: DossierVersion): GroupBase => ({
  ...{ title: content.title, version: number, takenOn, sha256 },
  date: frenchDate(takenOn),
  coordinator: { name: content.coordinator.name, siret: frenchSiret(content.coordinator.siret) },
  memberCount: content.members.length,
  terms: groupTerms(content),
  p: consultationParticulars(content),
});
