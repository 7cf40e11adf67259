import {
  type ConsultationBase,
  consultationBase,
  lawFigure,
  lawHolds,
  purchaseOf,
} from './consultation-base.js';
import type { DossierVersion } from './dossier.js';
import { type LotTermsModel, lotTermsModel, numbersOf, paragraphs } from './lot-terms-model.js';
import { ONE_PER_PURCHASE, dossierText } from './template-document.js';

/** What bidders must know to answer: the règlement de la consultation. */
export interface ConsultationRulesModel extends ConsultationBase {
  readonly lotTerms: readonly LotTermsModel[];
  readonly maxLotsBid: number | null;
  readonly maxLotsAwarded: number | null;
  readonly tieRule: string | null;
  readonly noSplitMotive: string | null;
  readonly durationMotive: string | null;
  readonly ground: string | null;
  readonly urgency: string | null;
  readonly reserved: boolean;
  readonly hasVariants: boolean;
  readonly environmentalCriterion: boolean;
  readonly socialClause: boolean;
  readonly someSocialClause: boolean;
  /** « 1, 4 et 6 ». */
  readonly socialLots: string;
  /** Lots whose prices are compared with VAT; empty: none. */
  readonly grossLots: string;
  /** Law of the launch, without units. */
  readonly law: {
    readonly turnover: string;
    readonly answers: string;
    readonly suspension: string;
    readonly motives: string;
  };
  readonly candidacyDocuments: readonly string[];
  readonly samples: readonly string[];
}

/** Règlement de la consultation (CCP R2132-1 s., R2113-1, R2143-3, R2151-8, R2152-7, R2152-11). */
export const consultationRulesText = dossierText({
  template: 'consultation-rules',
  finish: 'draft',
  files: {
    pdf: { part: 'dce', name: () => 'dce/reglement-de-la-consultation.pdf' },
    docx: { part: 'editable', name: () => 'dce/reglement-de-la-consultation.docx' },
  },
  subjects: ONE_PER_PURCHASE,
  model: consultationRulesModel,
});

function consultationRulesModel(version: DossierVersion): ConsultationRulesModel {
  const { content } = version;
  const purchase = purchaseOf(content);
  const base = consultationBase(version);
  const { procedure } = purchase;
  const lotTerms = content.lots.map(({ number }) => lotTermsModel(content, number));
  return {
    ...base,
    lotTerms,
    maxLotsBid: purchase.maxLotsBid,
    maxLotsAwarded: purchase.maxLotsAwarded,
    tieRule: purchase.tieRule,
    noSplitMotive: purchase.noSplitMotive,
    durationMotive: purchase.durationMotive,
    ground: procedure.ground,
    urgency: procedure.urgency,
    reserved: lotTerms.some(({ clauses }) => clauses.length > 0),
    hasVariants: lotTerms.some(({ variants }) => variants === 'allowed' || variants === 'required'),
    environmentalCriterion: lawHolds(purchase, 'critere_environnemental'),
    socialClause: lawHolds(purchase, 'clause_sociale'),
    socialLots: numbersOf(lotTerms.filter(({ socialClause }) => socialClause.length > 0)),
    grossLots: numbersOf(lotTerms.filter(({ comparedGross }) => comparedGross)),
    someSocialClause: lotTerms.some((lot) => lot.socialClause.length > 0),
    law: {
      turnover: lawFigure(purchase, 'chiffre_affaires_max', 'plafond du chiffre d’affaires exigible'),
      answers: lawFigure(
        purchase,
        procedure.urgency === null ? 'renseignements' : 'renseignements_urgence',
        'délai des renseignements complémentaires',
      ),
      suspension: lawFigure(
        purchase,
        procedure.letters === 'other' ? 'suspension_autre' : 'suspension_electronique',
        'délai de suspension',
      ),
      motives: lawFigure(purchase, 'motifs_rejet', 'délai de communication des motifs'),
    },
    candidacyDocuments: paragraphs(base.p['candidacy_documents']),
    samples: paragraphs(base.p['samples']),
  };
}
