import {
  type ConsultationBase,
  consultationBase,
  lawFigure,
  lawHolds,
  purchaseOf,
} from './consultation-base.js';
import type { DossierVersion } from './dossier.js';
import { type LotTermsModel, lotTermsModel, paragraphs } from './lot-terms-model.js';
import { dossierText } from './template-document.js';

/** The text of the notice: published, and no part of the documents that bidders take. */
export interface ContractNoticeModel extends ConsultationBase {
  readonly lotTerms: readonly LotTermsModel[];
  readonly maxLotsBid: number | null;
  readonly maxLotsAwarded: number | null;
  readonly tieRule: string | null;
  readonly estimatedNet: string;
  readonly hasVariants: boolean;
  readonly environmentalCriterion: boolean;
  readonly turnoverCap: string;
  readonly candidacyDocuments: readonly string[];
}

/** Avis d’appel public à la concurrence (CCP R2131-12 to R2131-18). None is due where there is no competition. */
export const contractNoticeText = dossierText({
  template: 'contract-notice',
  finish: 'draft',
  files: {
    pdf: { part: 'notice', name: () => 'avis-d-appel-public-a-la-concurrence.pdf' },
    docx: { part: 'editable', name: () => 'avis-d-appel-public-a-la-concurrence.docx' },
  },
  subjects: ({ content: { purchase } }) => (purchase && purchase.procedure.followed !== 'direct' ? [''] : []),
  model: contractNoticeModel,
});

function contractNoticeModel(version: DossierVersion): ContractNoticeModel {
  const { content } = version;
  const purchase = purchaseOf(content);
  const base = consultationBase(version);
  const lotTerms = content.lots.map(({ number }) => lotTermsModel(content, number));
  return {
    ...base,
    lotTerms,
    maxLotsBid: purchase.maxLotsBid,
    maxLotsAwarded: purchase.maxLotsAwarded,
    tieRule: purchase.tieRule,
    estimatedNet: purchase.procedure.estimatedNet,
    hasVariants: lotTerms.some(({ variants }) => variants === 'allowed' || variants === 'required'),
    environmentalCriterion: lawHolds(purchase, 'critere_environnemental'),
    turnoverCap: lawFigure(purchase, 'chiffre_affaires_max', 'plafond du chiffre d’affaires exigible'),
    candidacyDocuments: paragraphs(base.p['candidacy_documents']),
  };
}
