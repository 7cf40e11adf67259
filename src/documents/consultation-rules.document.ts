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
import { particularOf } from './particulars.rules.js';
import { ONE_PER_PURCHASE, dossierText } from './template-document.js';

/** What bidders must know to answer: the règlement de la consultation. */
export interface ConsultationRulesModel extends ConsultationBase {
  readonly people: readonly MemberLots[];
  readonly lotTerms: readonly LotTermsModel[];
  /** Who does each operation in the name of the others; empty: each member, alone (L2113-7). */
  readonly held: GroupTerms['held'];
  readonly maxLotsBid: number | null;
  readonly maxLotsAwarded: number | null;
  readonly tieRule: string | null;
  readonly noSplitMotive: string | null;
  readonly durationMotive: string | null;
  readonly ground: string | null;
  readonly urgency: string | null;
  /** « 1, 4 et 6 à 9 », of the lots that each tells of; empty: none. */
  readonly numbers: {
    readonly frameworks: string;
    readonly lumpSums: string;
    readonly small: string;
    readonly reserved: string;
    readonly social: string;
    readonly exempt: string;
    /** Prices compared with VAT. */
    readonly gross: string;
  };
  readonly mentions: readonly LotGroup[];
  readonly sharings: readonly LotGroup[];
  readonly variants: readonly LotGroup[];
  readonly hasVariants: boolean;
  readonly criteria: readonly LotGroup[];
  readonly environmentalCriterion: boolean;
  /** Empty: nobody said. */
  readonly negotiation: 'always' | 'maybe' | 'none' | '';
  /** Law of the launch, without units. */
  readonly law: {
    readonly turnover: string;
    readonly answers: string;
    readonly suspension: string;
    readonly motives: string;
    readonly payment: string;
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
  const having = (what: (lot: LotTermsModel) => boolean): string => numbersOf(lotTerms.filter(what));
  return {
    ...base,
    people: memberLots(content),
    lotTerms,
    held: groupTerms(content).held,
    maxLotsBid: purchase.maxLotsBid,
    maxLotsAwarded: purchase.maxLotsAwarded,
    tieRule: purchase.tieRule,
    noSplitMotive: purchase.noSplitMotive,
    durationMotive: purchase.durationMotive,
    ground: procedure.ground,
    urgency: procedure.urgency,
    numbers: {
      frameworks: having(({ isFramework }) => isFramework),
      lumpSums: having(({ isFramework }) => !isFramework),
      small: having(({ small }) => small),
      reserved: having(({ reserved }) => reserved),
      social: having(({ socialClause }) => socialClause.length > 0),
      exempt: having((lot) => lot.socialClause.length === 0 && lot.socialExemption !== null),
      gross: having(({ comparedGross }) => comparedGross),
    },
    mentions: groupsOf(
      lotTerms.filter(({ said }) => said.rules.length > 0),
      ({ said }) => said.rules,
    ),
    sharings: groupsOf(
      lotTerms.filter(({ several }) => several),
      sharingOf,
    ),
    variants: groupsOf(lotTerms, ({ variants }) => variants),
    hasVariants: lotTerms.some(({ variants }) => variants === 'allowed' || variants === 'required'),
    criteria: groupsOf(lotTerms, ({ criteria }) => criteria),
    environmentalCriterion: lawHolds(purchase, 'critere_environnemental'),
    negotiation: negotiationOf(purchase.particulars.consultation['negotiation']),
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
      payment: lawFigure(purchase, 'paiement_delai', 'délai de paiement'),
    },
    candidacyDocuments: paragraphs(base.p['candidacy_documents']),
    samples: paragraphs(base.p['samples']),
  };
}

const NEGOTIATIONS = ['always', 'maybe', 'none'] as const;

/** What was chosen among the values of the particular, in its order. */
function negotiationOf(value: string | undefined): ConsultationRulesModel['negotiation'] {
  const choices = particularOf('consultation', 'negotiation')?.choices ?? [];
  return NEGOTIATIONS[choices.indexOf(value ?? '')] ?? '';
}
