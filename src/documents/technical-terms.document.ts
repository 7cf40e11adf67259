import { type ConsultationBase, consultationBase, lawHolds, lotOf, purchaseOf } from './consultation-base.js';
import type { DossierVersion } from './dossier.js';
import { type LotTermsModel, lotTermsModel, paragraphs } from './lot-terms-model.js';
import { filled } from './particulars.rules.js';
import { ONE_PER_LOT, dossierText, two } from './template-document.js';

/** The frame of a lot’s technical specifications, for its author to write on. */
export interface TechnicalTermsModel extends ConsultationBase {
  readonly lot: LotTermsModel;
  readonly items: readonly {
    readonly code: string;
    readonly designation: string;
    readonly unit: string;
    readonly packaging: string;
  }[];
  readonly sites: readonly {
    readonly owner: string;
    readonly label: string;
    readonly address: string;
    readonly hours: string;
  }[];
  readonly scope: readonly string[];
  readonly specifications: readonly string[];
  readonly sustainability: readonly string[];
  readonly sustainabilityDuty: boolean;
  readonly delays: readonly string[];
  readonly acceptance: readonly string[];
  readonly warranty: string;
}

/** CCTP of a lot (CCP L2111-2, R2111-4 to R2111-11). */
export const technicalTermsText = dossierText({
  template: 'technical-terms',
  finish: 'draft',
  files: {
    pdf: { part: 'dce', name: (lot) => `dce/lot-${two(lot)}-cctp.pdf` },
    docx: { part: 'editable', name: (lot) => `dce/lot-${two(lot)}-cctp.docx` },
  },
  subjects: ONE_PER_LOT,
  model: technicalTermsModel,
});

function technicalTermsModel(version: DossierVersion, subject: string): TechnicalTermsModel {
  const { content } = version;
  const purchase = purchaseOf(content);
  const { lot, bought } = lotOf(content, subject);
  const given = purchase.particulars.lots[subject];
  const written = filled('lot', given);
  const sustainabilityDuty = lawHolds(purchase, 'specification_durable');
  return {
    ...consultationBase(version),
    lot: lotTermsModel(content, lot.number),
    items: lot.items.map(({ code, designation, unitLabel, packaging }) => ({
      ...{ code, designation, unit: unitLabel, packaging },
    })),
    sites: bought.sites.map(({ owner, label, address, hours }) => ({
      ...{ owner, label, address, hours: hours ?? '' },
    })),
    scope: paragraphs(written['scope']),
    specifications: paragraphs(written['specifications']),
    sustainability: paragraphs((sustainabilityDuty ? written : given)?.['sustainability']),
    sustainabilityDuty,
    delays: paragraphs(written['delays']),
    acceptance: paragraphs(written['acceptance']),
    warranty: written['warranty']!,
  };
}
