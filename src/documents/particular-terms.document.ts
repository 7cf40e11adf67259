import {
  type ConsultationBase,
  consultationBase,
  lawFigure,
  lawHolds,
  purchaseOf,
} from './consultation-base.js';
import type { DossierVersion } from './dossier.js';
import { frenchList, type LotTermsModel, lotTermsModel, numbersOf, paragraphs } from './lot-terms-model.js';
import type { Purchase, PurchaseMission } from './purchase.js';
import { ONE_PER_PURCHASE, dossierText } from './template-document.js';

/** What binds the holder and the members: the cahier des clauses administratives particulières. */
export interface ParticularTermsModel extends ConsultationBase {
  readonly lotTerms: readonly LotTermsModel[];
  /** Names of who holds each mission for the others; empty: each member does it for itself (L2113-7). */
  readonly execution: string;
  readonly payment: string;
  readonly frameworks: string;
  readonly byOrders: string;
  readonly withLimits: boolean;
  readonly ordinary: string;
  readonly reserved: boolean;
  readonly retention: boolean;
  readonly environmentalDuty: boolean;
  readonly socialDuty: boolean;
  readonly law: {
    readonly advanceFrom: string;
    readonly advanceMonths: string;
    readonly paymentDays: string;
    readonly indemnity: string;
  };
  readonly ccagDerogations: readonly string[];
  readonly insurance: readonly string[];
}

/** CCAP (CCP L2112-2, L2113-6 s., R2112-4 s., R2162-1 s., R2191-3 s., R2192-10 s., R2194-1 s.). */
export const particularTermsText = dossierText({
  template: 'particular-terms',
  finish: 'draft',
  files: {
    pdf: { part: 'dce', name: () => 'dce/ccap.pdf' },
    docx: { part: 'editable', name: () => 'dce/ccap.docx' },
  },
  subjects: ONE_PER_PURCHASE,
  model: particularTermsModel,
});

function particularTermsModel(version: DossierVersion): ParticularTermsModel {
  const { content } = version;
  const purchase = purchaseOf(content);
  const base = consultationBase(version);
  const lotTerms = content.lots.map(({ number }) => lotTermsModel(content, number));
  return {
    ...base,
    lotTerms,
    execution: holdersOf(purchase, 'execution'),
    payment: holdersOf(purchase, 'paiement'),
    frameworks: numbersOf(lotTerms.filter(({ isFramework }) => isFramework)),
    byOrders: numbersOf(
      lotTerms.filter(({ contractForm }) => contractForm === 'bons_de_commande' || contractForm === 'mixte'),
    ),
    ordinary: numbersOf(lotTerms.filter(({ isFramework }) => !isFramework)),
    withLimits: lotTerms.some(({ limits }) => limits.length > 0),
    reserved: lotTerms.some(({ clauses }) => clauses.length > 0),
    retention: lotTerms.some(({ retentionRate }) => retentionRate !== null),
    environmentalDuty: lawHolds(purchase, 'clause_environnementale'),
    socialDuty: lawHolds(purchase, 'clause_sociale'),
    law: {
      advanceFrom: lawFigure(purchase, 'avance_seuil', 'montant au-delà duquel une avance est due'),
      advanceMonths: lawFigure(
        purchase,
        'avance_duree',
        'délai d’exécution au-delà duquel une avance est due',
      ),
      paymentDays: lawFigure(purchase, 'paiement_delai', 'délai de paiement'),
      indemnity: lawFigure(purchase, 'paiement_indemnite', 'indemnité forfaitaire de recouvrement'),
    },
    ccagDerogations: paragraphs(base.p['ccag_derogations']),
    insurance: paragraphs(base.p['insurance']),
  };
}

const holdersOf = ({ group }: Purchase, mission: PurchaseMission): string =>
  frenchList(group.missions.find((one) => one.mission === mission)?.holders ?? []);
