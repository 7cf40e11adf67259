import { frenchDate } from '../calendar/plain-date.js';
import { frenchSiret, purchaseOf } from './consultation-base.js';
import type { DossierMember, DossierVersion } from './dossier.js';
import { type GroupBase, groupBase } from './group-terms.js';
import { ONE_PER_PURCHASE, dossierText } from './template-document.js';

interface ListedMember {
  readonly name: string;
  readonly siret: string;
  readonly isCoordinator: boolean;
  /** Empty: nobody wrote it. */
  readonly representative: string;
  /** « n° 2026-05-005 du 19 mai 2026 »; empty: not known. */
  readonly decision: string;
  readonly lots: string;
  readonly joinsAll: boolean;
  readonly formSignedOn: string;
  readonly agreementSignedOn: string;
}

export interface MembersListModel extends GroupBase {
  /** Empty: not launched. */
  readonly launchedOn: string;
  readonly coordinatorIsMember: boolean;
  /** The latest version of the agreement; empty: none was adopted. */
  readonly agreement: string;
  readonly members: readonly ListedMember[];
  readonly lots: readonly { readonly number: number; readonly title: string; readonly members: string }[];
  readonly notJoining: readonly string[];
  readonly withdrawn: readonly { readonly name: string; readonly on: string }[];
  readonly undecided: number;
  readonly unsigned: number;
}

/** The list of members and of missions, annexed to the agreement and frozen at the publication (CCP L2113-7; law.md G8). */
export const membersListText = dossierText({
  template: 'members-list',
  finish: 'draft',
  files: {
    pdf: { part: 'group', name: () => 'liste-des-membres.pdf' },
    docx: { part: 'editable', name: () => 'liste-des-membres.docx' },
  },
  subjects: ONE_PER_PURCHASE,
  model: membersListModel,
});

function membersListModel(version: DossierVersion): MembersListModel {
  const { content } = version;
  const { group, launchedOn, particulars } = purchaseOf(content);
  const latest = group.agreements.at(-1);
  const signed = new Map((latest?.signedBy ?? []).map(({ name, on }) => [name, frenchDate(on)]));
  const members = content.members.map((member) => ({
    name: member.name,
    siret: frenchSiret(member.siret),
    isCoordinator: member.siret === content.coordinator.siret,
    representative: particulars.members[member.key]?.['representative'] ?? '',
    decision: decisionOf(member),
    lots: member.lots.join(', '),
    joinsAll: content.lots.every(({ number }) => member.lots.includes(number)),
    formSignedOn: member.formSignedOn === null ? '' : frenchDate(member.formSignedOn),
    agreementSignedOn: signed.get(member.name) ?? '',
  }));
  return {
    ...groupBase(version),
    launchedOn: launchedOn === null ? '' : frenchDate(launchedOn),
    coordinatorIsMember: members.some(({ isCoordinator }) => isCoordinator),
    agreement: latest ? `${latest.label} du ${frenchDate(latest.adoptedOn)}` : '',
    members,
    lots: content.lots.map(({ number, title }) => ({
      ...{ number, title },
      members: content.members
        .filter(({ lots }) => lots.includes(number))
        .map(({ name }) => name)
        .join(', '),
    })),
    notJoining: content.notJoining.map(({ name }) => name),
    withdrawn: group.withdrawn.map(({ name, on }) => ({ name, on: frenchDate(on) })),
    undecided: members.filter(({ decision }) => decision === '').length,
    unsigned: members.filter(({ agreementSignedOn }) => agreementSignedOn === '').length,
  };
}

function decisionOf({ resolutionOn, resolutionNumber }: DossierMember): string {
  if (resolutionOn === null) return '';
  return `${resolutionNumber === null ? '' : `n° ${resolutionNumber} `}du ${frenchDate(resolutionOn)}`;
}
