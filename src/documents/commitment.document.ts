import {
  type ConsultationBase,
  consultationBase,
  frenchSiret,
  lotOf,
  purchaseOf,
} from './consultation-base.js';
import type { DossierVersion } from './dossier.js';
import { type GroupTerms, groupTerms } from './group-terms.js';
import { type LotTermsModel, lotTermsModel } from './lot-terms-model.js';
import { filled } from './particulars.rules.js';
import { ONE_PER_LOT, dossierText, two } from './template-document.js';

/** The acte d’engagement of a lot: what the buyer says, and the places that the bidder fills. */
export interface CommitmentModel extends ConsultationBase {
  readonly lot: LotTermsModel;
  /** Members of the lot, with who pays for each. */
  readonly payers: readonly {
    readonly name: string;
    readonly siret: string;
    readonly representative: string;
    readonly accountant: string;
    readonly budget: string;
  }[];
  /** Who signs and notifies in the name of the others; empty: each member, alone (L2113-7). */
  readonly held: GroupTerms['held'];
  readonly itemCount: number;
}

/** Acte d’engagement (CCP R2112-1 s., R2182-1 s.; form ATTRI1). */
export const commitmentText = dossierText({
  template: 'commitment',
  finish: 'draft',
  files: { docx: { part: 'dce', name: (lot) => `dce/lot-${two(lot)}-acte-d-engagement.docx` } },
  subjects: ONE_PER_LOT,
  model: commitmentModel,
});

function commitmentModel(version: DossierVersion, subject: string): CommitmentModel {
  const { content } = version;
  const purchase = purchaseOf(content);
  const { lot } = lotOf(content, subject);
  return {
    ...consultationBase(version),
    lot: lotTermsModel(content, lot.number),
    payers: content.members
      .filter(({ lots }) => lots.includes(lot.number))
      .map(({ key, name, siret }) => {
        const { representative, accountant, budget } = filled('member', purchase.particulars.members[key]);
        return {
          ...{ name, siret: frenchSiret(siret) },
          ...{ representative: representative!, accountant: accountant!, budget: budget! },
        };
      }),
    held: groupTerms(content).held,
    itemCount: lot.items.length,
  };
}
