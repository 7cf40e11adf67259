import { frenchDate } from '../calendar/plain-date.js';
import { frenchSiret, gap, purchaseOf } from './consultation-base.js';
import type { DossierVersion } from './dossier.js';
import { type GroupBase, groupBase } from './group-terms.js';
import { dossierText } from './template-document.js';

export interface WithdrawalActModel extends GroupBase {
  readonly member: string;
  readonly siret: string;
  /** The reason that was told, or the gap that asks for it. */
  readonly reason: string;
  readonly on: string;
  /** Empty: not launched. */
  readonly launchedOn: string;
  /** Whether the consultation was published before it withdrew: it may then be bound by it. */
  readonly afterLaunch: boolean;
  /** Whether costs of the procedure are shared at all. */
  readonly sharesCosts: boolean;
}

/** The act of each member that withdrew: free before the publication, with its costs (law.md G9, G10). */
export const withdrawalActText = dossierText({
  template: 'withdrawal-act',
  finish: 'draft',
  files: {
    pdf: { part: 'group', name: (key) => `retraits/retrait-${key}.pdf` },
    docx: { part: 'editable', name: (key) => `retraits/retrait-${key}.docx` },
  },
  subjects: ({ content }) => (content.purchase?.group.withdrawn ?? []).map(({ key }) => key),
  model: withdrawalActModel,
});

function withdrawalActModel(version: DossierVersion, key: string): WithdrawalActModel {
  const { content } = version;
  const { group, launchedOn } = purchaseOf(content);
  const withdrawn = group.withdrawn.find((candidate) => candidate.key === key);
  if (!withdrawn) throw new Error(`no withdrawn member ${key} in this dossier`);
  return {
    ...groupBase(version),
    member: withdrawn.name,
    siret: frenchSiret(withdrawn.siret),
    reason: withdrawn.reason ?? gap('motif du retrait, ou « sans motif »'),
    on: frenchDate(withdrawn.on),
    launchedOn: launchedOn === null ? '' : frenchDate(launchedOn),
    afterLaunch: launchedOn !== null && withdrawn.on > launchedOn,
    sharesCosts: content.sharing.key !== 'none',
  };
}
