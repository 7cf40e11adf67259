import { frenchDate } from '../calendar/plain-date.js';
import { centsFromDecimal } from '../money/amounts.js';
import { frenchEuros } from '../money/french.js';
import {
  type AmountWords,
  amountWords,
  type ConsultationBase,
  consultationBase,
  lawFigure,
  netOf,
  purchaseOf,
} from './consultation-base.js';
import type { DossierVersion, SharingKeyName } from './dossier.js';
import { type LotTermsModel, lotTermsModel, paragraphs } from './lot-terms-model.js';
import { ONE_PER_PURCHASE, dossierText } from './template-document.js';

/** Why buy together, how much, by which procedure: for those who decide, not for bidders. */
export interface InterestNoteModel extends ConsultationBase {
  readonly lotTerms: readonly (LotTermsModel & { readonly estimated: string | null })[];
  readonly note: readonly string[];
  readonly estimated: AmountWords;
  readonly complete: boolean;
  readonly yearly: string;
  readonly required: string;
  readonly ground: string | null;
  readonly urgency: string | null;
  readonly options: string | null;
  readonly premiums: string | null;
  readonly restOfOperation: string | null;
  readonly noSplitMotive: string | null;
  readonly launch: string | null;
  readonly thresholds: {
    readonly direct: string;
    readonly formal: string;
    readonly notice: string;
    readonly profile: string;
  };
  readonly smallLots: boolean;
  readonly smallShare: string;
  readonly key: SharingKeyName;
  readonly costs: readonly { readonly label: string; readonly gross: string }[];
  readonly answered: number;
  readonly silent: readonly string[];
}

/** Note d’opportunité (CCP R2121-1, R2121-8, R2122-8, R2123-1, L2124-1): internal. */
export const interestNoteText = dossierText({
  template: 'interest-note',
  finish: 'draft',
  files: {
    pdf: { part: 'internal', name: () => 'note-d-opportunite.pdf' },
    docx: { part: 'editable', name: () => 'note-d-opportunite.docx' },
  },
  subjects: ONE_PER_PURCHASE,
  model: interestNoteModel,
});

function interestNoteModel(version: DossierVersion): InterestNoteModel {
  const { content } = version;
  const purchase = purchaseOf(content);
  const { procedure } = purchase;
  const base = consultationBase(version);
  const works = procedure.mainObject === 'works';
  const some = (decimal: string): string | null =>
    centsFromDecimal(decimal) === 0n ? null : frenchEuros(centsFromDecimal(decimal));
  return {
    ...base,
    lotTerms: purchase.lots.map(({ number, estimatedNet }) => ({
      ...lotTermsModel(content, number),
      estimated: estimatedNet === null ? null : frenchEuros(centsFromDecimal(estimatedNet)),
    })),
    note: paragraphs(base.p['interest_note']),
    estimated: amountWords(procedure.estimatedNet),
    complete: procedure.estimateComplete,
    yearly: frenchEuros(netOf(content.amounts)),
    required: procedure.required ?? '',
    ground: procedure.ground,
    urgency: procedure.urgency,
    options: some(procedure.options),
    premiums: some(procedure.premiums),
    restOfOperation: some(procedure.restOfOperation),
    noSplitMotive: purchase.noSplitMotive,
    launch: purchase.plannedLaunchOn && frenchDate(purchase.plannedLaunchOn),
    thresholds: {
      direct: lawFigure(purchase, works ? 'dispense_travaux' : 'dispense_fs', 'seuil de dispense'),
      formal: lawFigure(purchase, works ? 'formalisee_travaux' : 'formalisee_fs', 'seuil européen'),
      notice: lawFigure(purchase, 'publicite_boamp_jal', 'seuil de publicité'),
      profile: lawFigure(purchase, 'profil_acheteur', 'seuil du profil d’acheteur'),
    },
    smallLots: purchase.lots.some(({ small }) => small !== null),
    smallShare: lawFigure(purchase, 'petits_lots_part', 'part la plus haute des petits lots'),
    key: content.sharing.key,
    costs: content.sharing.costs.map(({ label, net, vat }) => ({
      label,
      gross: frenchEuros(centsFromDecimal(net) + centsFromDecimal(vat)),
    })),
    answered: content.members.filter(({ validLines }) => validLines > 0).length,
    silent: content.members.filter(({ validLines }) => validLines === 0).map(({ name }) => name),
  };
}
