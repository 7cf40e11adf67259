import { type ConsultationBase, consultationBase, lawHolds, lotOf, purchaseOf } from './consultation-base.js';
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
  readonly memoPages: string;
  readonly environmentalCriterion: boolean;
}

/** Cadre de mémoire technique (CCP R2151-12 s., R2152-7). */
export const technicalMemoText = dossierText({
  template: 'technical-memo',
  finish: 'draft',
  files: { docx: { part: 'dce', name: (lot) => `dce/lot-${two(lot)}-cadre-de-memoire-technique.docx` } },
  subjects: ONE_PER_LOT,
  model: technicalMemoModel,
});

function technicalMemoModel(version: DossierVersion, subject: string): TechnicalMemoModel {
  const { content } = version;
  const purchase = purchaseOf(content);
  const { lot } = lotOf(content, subject);
  const terms = lotTermsModel(content, lot.number);
  const written = filled('lot', purchase.particulars.lots[subject]);
  return {
    ...consultationBase(version),
    lot: terms,
    asked: terms.criteria.filter(({ priced }) => !priced),
    questions: paragraphs(written['memo']),
    memoPages: written['memo_pages']!,
    environmentalCriterion: lawHolds(purchase, 'critere_environnemental'),
  };
}
