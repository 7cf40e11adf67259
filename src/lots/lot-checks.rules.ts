import type { PlainDate } from '../calendar/plain-date.js';
import {
  type Duration,
  durationCheck,
  objectCheck,
  plannedLaunchCheck,
} from '../consultations/consultation-checks.rules.js';
import { NO_SPLIT_GROUND_WORDS, type NoSplitGround } from '../consultations/consultation.rules.js';
import type { Check } from '../law/check.js';
import type { LawOn } from '../law/law-on.js';
import { namedLots } from './lot-words.rules.js';
import { type ContractForm, isFramework, type LotFamily } from './lots.rules.js';

export interface CheckedConsultation extends Duration {
  readonly object: string | null;
  readonly plannedLaunchOn: PlainDate | null;
  readonly launchedAt: Date | null;
  readonly noSplitGround: NoSplitGround | null;
  readonly noSplitMotive: string | null;
}

export interface CheckedLot {
  readonly number: number;
  readonly cpvCode: string;
  readonly family: LotFamily;
  readonly contractForm: ContractForm;
  /** Members that joined it. */
  readonly participants: number;
}

/**
 * What the rooms `consultations` and `lots` verify before a launch. Nothing of it is refused while drafting.
 *
 * @param law that of the launch's day, as `lawDay` of `consultations` tells it
 * @param today the day in Paris
 */
export function consultationChecks(
  consultation: CheckedConsultation,
  lots: readonly CheckedLot[],
  law: LawOn,
  today: PlainDate,
): Check[] {
  const framework = lots.some(({ contractForm }) => isFramework(contractForm));
  return [
    objectCheck(consultation.object),
    // Once launched, when it was to be is of no more use.
    ...(consultation.launchedAt === null ? [plannedLaunchCheck(consultation.plannedLaunchOn, today)] : []),
    durationCheck(consultation, framework, law),
    splitCheck(consultation, lots.length),
    participantsCheck(lots),
    worksCheck(lots),
  ];
}

/** Lots are the rule; a single one needs a ground of the code and what justifies it in this case (CCP L2113-11). */
export function splitCheck(
  { noSplitGround, noSplitMotive }: Pick<CheckedConsultation, 'noSplitGround' | 'noSplitMotive'>,
  count: number,
): Check {
  const rule = { rule: 'LOT_SPLIT', article: 'CCP L2113-10 et L2113-11', figures: { lots: String(count) } };
  if (count === 0)
    return {
      ...rule,
      verdict: 'block',
      sentence: 'La consultation n’a aucun lot\u00a0: en créer, ou un seul avec son motif.',
    };
  if (count > 1)
    return { ...rule, verdict: 'ok', sentence: `La consultation est allotie en ${count}\u00a0lots.` };
  if (noSplitGround === null)
    return {
      ...rule,
      verdict: 'block',
      sentence:
        'La consultation n’a qu’un lot\u00a0: enregistrer pourquoi elle n’est pas allotie, ou ajouter des lots.',
    };
  const figures = { ...rule.figures, motif: NO_SPLIT_GROUND_WORDS[noSplitGround] };
  return noSplitMotive
    ? {
        ...rule,
        figures,
        verdict: 'ok',
        sentence: `La consultation n’a qu’un lot, car ${NO_SPLIT_GROUND_WORDS[noSplitGround]}\u00a0; la justification est à garder au dossier (CCP R2113-2 et R2113-3).`,
      }
    : {
        ...rule,
        figures,
        verdict: 'block',
        sentence: `La consultation n’a qu’un lot, car ${NO_SPLIT_GROUND_WORDS[noSplitGround]}\u00a0: écrire ce qui le justifie dans ce cas précis.`,
      };
}

/** A lot is bought for those who joined it: one that nobody joined has no need to meet (CCP L2111-1). */
export function participantsCheck(lots: readonly Pick<CheckedLot, 'number' | 'participants'>[]): Check {
  const lonely = lots.filter(({ participants }) => participants === 0).map(({ number }) => number);
  const rule = { rule: 'LOT_PARTICIPANTS', article: 'CCP L2111-1' };
  return lonely.length === 0
    ? { ...rule, figures: {}, verdict: 'ok', sentence: 'Chaque lot a au moins un membre qui y adhère.' }
    : {
        ...rule,
        figures: { 'lots sans membre': lonely.join(', ') },
        verdict: 'warn',
        sentence: `Aucun membre n’a rejoint ${namedLots(lonely)}\u00a0: recueillir les bulletins d’adhésion, ou supprimer ce que personne ne demande.`,
      };
}

/** Division 45 of the CPV is that of works: another family there would be judged by other thresholds (CCP L1111-2). */
function worksCheck(lots: readonly CheckedLot[]): Check {
  const odd = lots
    .filter(({ cpvCode, family }) => cpvCode.startsWith('45') !== (family === 'travaux'))
    .map(({ number }) => number);
  const rule = { rule: 'LOT_WORKS_CPV', article: 'CCP L1111-2' };
  return odd.length === 0
    ? {
        ...rule,
        figures: {},
        verdict: 'ok',
        sentence: 'Les codes CPV de la division\u00a045 et la famille «\u00a0travaux\u00a0» vont ensemble.',
      }
    : {
        ...rule,
        figures: { 'lots à regarder': odd.join(', ') },
        verdict: 'warn',
        sentence: `Pour ${namedLots(odd)}, le code CPV et la famille ne vont pas ensemble\u00a0: la division\u00a045 est celle des travaux, dont les seuils diffèrent.`,
      };
}
