import { type ConsultationBase, consultationBase, lotOf, purchaseOf } from './consultation-base.js';
import type { DossierVersion } from './dossier.js';
import { type CriterionModel, type LotTermsModel, lotTermsModel, paragraphs } from './lot-terms-model.js';
import { filled } from './particulars.rules.js';
import { ONE_PER_LOT, dossierText, two } from './template-document.js';

/** The frame in which a bidder describes its offer, criterion by criterion. */
export interface TechnicalMemoModel extends ConsultationBase {
  readonly lot: LotTermsModel;
  /** Those that a text answers: all but the price. */
  readonly asked: readonly CriterionModel[];
  readonly questions: readonly string[];
}

/** Cadre de mémoire technique (CCP R2151-12 s., R2152-7). */
export const technicalMemoText = dossierText({
  template: 'technical-memo',
  finish: 'draft',
  files: { docx: { part: 'dce', name: (lot) => `dce/lot-${two(lot)}-cadre-de-memoire-technique.docx` } },
  subjects: ONE_PER_LOT,
  model: technicalMemoModel,
});

/** A criterion that the price schedule answers. */
const PRICE = /^(prix|coût|montant)\b/iu;

function technicalMemoModel(version: DossierVersion, subject: string): TechnicalMemoModel {
  const { content } = version;
  const { lot } = lotOf(content, subject);
  const terms = lotTermsModel(content, lot.number);
  const written = filled('lot', purchaseOf(content).particulars.lots[subject]);
  return {
    ...consultationBase(version),
    lot: terms,
    asked: terms.criteria.filter(({ label }) => !PRICE.test(label)),
    questions: paragraphs(written['memo']),
  };
}
