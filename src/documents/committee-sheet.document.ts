import { frenchCount } from '../money/french.js';
import { lawFigure, purchaseOf } from './consultation-base.js';
import type { Dossier, DossierVersion } from './dossier.js';
import { type GroupBase, groupBase } from './group-terms.js';
import { ONE_PER_PURCHASE, dossierText } from './template-document.js';

interface CommitteeSeat {
  readonly name: string;
  readonly chairs: boolean;
  /** Empty: nobody was named yet. */
  readonly holder: string;
  readonly alternate: string;
}

export interface CommitteeSheetModel extends GroupBase {
  readonly seats: readonly CommitteeSeat[];
  /** How many vote in the group's own committee, and how many of them must be there. */
  readonly voting: string;
  readonly quorum: string;
  /**
   * Who sits by law in the coordinator's own committee: `large` when its population settles it, `either` when it does
   * not, `unknown` when the law was not read for its kind.
   */
  readonly composition: 'president' | 'large' | 'either' | 'unknown';
  /** Inhabitants from which a commune elects five members. */
  readonly threshold: string;
}

/** Who sits in the committee of the group (CGCT L1414-3 I), or the sheet that says that it is the coordinator's (II). */
export const committeeSheetText = dossierText({
  template: 'committee-sheet',
  finish: 'draft',
  files: {
    pdf: { part: 'group', name: () => 'commission-d-appel-d-offres.pdf' },
    docx: { part: 'editable', name: () => 'commission-d-appel-d-offres.docx' },
  },
  subjects: ONE_PER_PURCHASE,
  model: committeeSheetModel,
});

function committeeSheetModel(version: DossierVersion): CommitteeSheetModel {
  const { content } = version;
  const purchase = purchaseOf(content);
  const seats = seatsOf(content);
  return {
    ...groupBase(version),
    seats,
    voting: frenchCount(seats.length),
    quorum: frenchCount(Math.floor(seats.length / 2) + 1),
    composition: compositionOf(content),
    threshold: lawFigure(purchase, 'cao_grande_commune', 'seuil de population de l’article L1411-5'),
  };
}

/** One vote for each party: the coordinator, who chairs, then the other members. */
function seatsOf({ coordinator, members, purchase }: Dossier): CommitteeSeat[] {
  const others = members.filter(({ siret }) => siret !== coordinator.siret);
  return [coordinator, ...others].map(({ key, name, siret }) => {
    const own = purchase?.particulars.members[key];
    return {
      name,
      chairs: siret === coordinator.siret,
      holder: own?.['committee_member'] ?? '',
      alternate: own?.['committee_alternate'] ?? '',
    };
  });
}

/** The population municipale is never above the population totale that the CGCT counts: reaching the threshold settles it. */
function compositionOf(content: Dossier): CommitteeSheetModel['composition'] {
  const { group, law } = purchaseOf(content);
  if (group.coordinatorKind === 'epci' || group.coordinatorKind === 'syndicat') return 'president';
  if (group.coordinatorKind !== 'commune') return 'unknown';
  const population = content.members.find(({ siret }) => siret === content.coordinator.siret)?.population;
  const threshold = law['cao_grande_commune'];
  return threshold && population !== undefined && population >= Number(threshold.value) ? 'large' : 'either';
}
