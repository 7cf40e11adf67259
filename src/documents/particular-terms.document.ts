import {
  type ConsultationBase,
  consultationBase,
  lawFigure,
  lawHolds,
  purchaseOf,
} from './consultation-base.js';
import type { DossierVersion } from './dossier.js';
import { type GroupTerms, groupTerms } from './group-terms.js';
import {
  type LotGroup,
  type LotTermsModel,
  type MemberLots,
  groupsOf,
  lotTermsModel,
  memberLots,
  numbersOf,
  paragraphs,
  sharingOf,
} from './lot-terms-model.js';
import { ONE_PER_PURCHASE, dossierText } from './template-document.js';

/** What binds the holder and the members: the cahier des clauses administratives particulières. */
export interface ParticularTermsModel extends ConsultationBase {
  readonly people: readonly MemberLots[];
  readonly lotTerms: readonly LotTermsModel[];
  /** Who does each operation in the name of the others; empty: each member does it for itself (L2113-7). */
  readonly held: GroupTerms['held'];
  /** « 1, 4 et 6 à 9 », of the lots that each tells of; empty: none. */
  readonly numbers: {
    readonly frameworks: string;
    readonly lumpSums: string;
    readonly byOrders: string;
    /** By later contracts, with one holder and with several (R2162-9, R2162-10). */
    readonly later: string;
    readonly laterConsulted: string;
  };
  readonly withLimits: boolean;
  readonly sharings: readonly LotGroup[];
  readonly prices: readonly LotGroup[];
  readonly adjustable: boolean;
  readonly advances: readonly LotGroup[];
  readonly retentions: readonly LotGroup[];
  readonly penalties: readonly LotGroup[];
  readonly environment: readonly LotGroup[];
  readonly social: readonly LotGroup[];
  readonly mentions: readonly LotGroup[];
  readonly environmentalDuty: boolean;
  /** From the European threshold up (L2112-2-1). */
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
  const having = (what: (lot: LotTermsModel) => boolean): string => numbersOf(lotTerms.filter(what));
  const grouped = (
    key: (lot: LotTermsModel) => unknown,
    what: (lot: LotTermsModel) => boolean = () => true,
  ): LotGroup[] => groupsOf(lotTerms.filter(what), key);
  return {
    ...base,
    people: memberLots(content),
    lotTerms,
    held: groupTerms(content).held,
    numbers: {
      frameworks: having(({ isFramework }) => isFramework),
      lumpSums: having(({ isFramework }) => !isFramework),
      byOrders: having(byOrders),
      later: having((lot) => byLaterContracts(lot) && !lot.several),
      laterConsulted: having((lot) => byLaterContracts(lot) && lot.several),
    },
    withLimits: lotTerms.some(({ limits }) => limits.length > 0),
    sharings: grouped(sharingOf, (lot) => lot.several && byOrders(lot)),
    prices: grouped(({ priceKind, priceFormula, family }) => [priceKind, priceFormula, family === 'travaux']),
    adjustable: lotTerms.some(
      ({ priceKind, family }) =>
        priceKind === 'adjustable' || (priceKind === 'fixed' && family === 'travaux'),
    ),
    advances: grouped((lot) => [
      ...[lot.advanceRate, lot.advanceRateSme, lot.advanceBasis, lot.minimum === null],
    ]),
    retentions: grouped(
      ({ retentionRate, retentionRateSme }) => [retentionRate, retentionRateSme],
      ({ retentionRate }) => retentionRate !== null,
    ),
    penalties: grouped(({ penalties }) => penalties),
    environment: grouped(({ environmentalClause }) => environmentalClause),
    social: grouped(({ socialClause, socialExemption }) => [socialClause, socialExemption !== null]),
    mentions: grouped(
      ({ said }) => said.terms,
      ({ said }) => said.terms.length > 0,
    ),
    environmentalDuty: lawHolds(purchase, 'clause_environnementale'),
    socialDuty:
      lawHolds(purchase, 'clause_sociale') &&
      (purchase.procedure.required === null
        ? base.procedure.isFormal
        : purchase.procedure.required === 'formal'),
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

const byOrders = ({ contractForm }: LotTermsModel): boolean =>
  contractForm === 'bons_de_commande' || contractForm === 'mixte';
const byLaterContracts = ({ contractForm }: LotTermsModel): boolean =>
  contractForm === 'marches_subsequents' || contractForm === 'mixte';
