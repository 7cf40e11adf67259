import { frenchDay, frenchDays } from '../calendar/day-arithmetic.js';
import { limitCheck, periodEnd } from '../calendar/deadlines.js';
import { frenchDate, frenchMoment, parisDate, type PlainDate } from '../calendar/plain-date.js';
import type { Check } from '../law/check.js';
import type { FigureCode } from '../law/figures.js';
import { articleOf, type LawOn, requiredValue } from '../law/law-on.js';
import { type Procedure, PROCEDURE_WORDS, type ProcedureChoice } from './choice.rules.js';
import type { Decision } from './decision.rules.js';

type Stage = 'candidacies' | 'offers';
interface Minimum {
  readonly stage: Stage;
  readonly code: FigureCode;
  /** Why it is this one. */
  readonly why: string;
}

/** The minimum deadlines of a formal procedure, candidacies first; none of an adapted one or of a dialogue. */
export function minimumDeadlines(procedure: Procedure, choice: ProcedureChoice): Minimum[] {
  const { urgency, preinformationOn, electronic } = choice;
  const why =
    urgency !== null
      ? `urgence\u00a0: «\u00a0${urgency}\u00a0»`
      : preinformationOn !== null
        ? `avis de préinformation du ${frenchDate(preinformationOn)}, envoyé dans le temps que l’article demande`
        : electronic
          ? 'offres par voie électronique'
          : 'délai ordinaire';
  const short = urgency !== null || preinformationOn !== null;
  const pick = (base: FigureCode, byWire: FigureCode, reduced: FigureCode): FigureCode =>
    short ? reduced : electronic ? byWire : base;
  if (procedure === 'open')
    return [
      {
        stage: 'offers',
        code: pick('delai_ao_ouvert', 'delai_ao_ouvert_electronique', 'delai_ao_ouvert_reduit'),
        why,
      },
    ];
  const candidacies = (base: FigureCode, reduced: FigureCode): Minimum => ({
    stage: 'candidacies',
    code: urgency === null ? base : reduced,
    why: urgency === null ? 'délai ordinaire' : why,
  });
  if (procedure === 'restricted')
    return [
      candidacies('delai_ao_restreint_candidatures', 'delai_ao_restreint_candidatures_urgence'),
      {
        stage: 'offers',
        code: pick(
          'delai_ao_restreint_offres',
          'delai_ao_restreint_offres_electronique',
          'delai_ao_restreint_offres_reduit',
        ),
        why,
      },
    ];
  if (procedure === 'negotiated')
    return [
      candidacies('delai_negociation_candidatures', 'delai_negociation_candidatures_urgence'),
      {
        stage: 'offers',
        code: pick(
          'delai_negociation_offres',
          'delai_negociation_offres_electronique',
          'delai_negociation_offres_reduit',
        ),
        why,
      },
    ];
  return [];
}

/**
 * The limits that people fixed against the legal minimum (blocking rule 11), counted from the sending of the notice; that
 * of offers after candidacies from the invitation, which is sent on the day the candidacies close at the earliest.
 */
export function deadlineChecks({ followed }: Decision, choice: ProcedureChoice, law: LawOn): Check[] {
  if (followed === 'direct') return [];
  const minima = minimumDeadlines(followed, choice);
  if (minima.length === 0) return [freeDeadline(followed, choice, law.on)];
  return minima.map(({ stage, code, why }): Check => {
    const days = Number(requiredValue(law, code));
    const rule = stage === 'offers' ? 'OFFERS_LIMIT' : 'CANDIDACIES_LIMIT';
    const after = stage === 'offers' && minima.length > 1;
    const from = after
      ? choice.candidaciesLimit === null
        ? null
        : parisDate(choice.candidaciesLimit)
      : law.on;
    const limit = stage === 'offers' ? choice.offersLimit : choice.candidaciesLimit;
    const told = `${LIMIT_OF[stage]}\u00a0: ${frenchDays(days)} au moins (${why}).`;
    const base = { rule, article: articleOf(code), figures: { 'délai minimal': frenchDays(days) } };
    if (limit !== null && from !== null) {
      const check = limitCheck(limit, from, { unit: 'days', count: days }, { rule, article: base.article });
      const { 'envoi de l’avis': sent = '', ...figures } = check.figures;
      return {
        ...check,
        figures: {
          ...base.figures,
          [after ? 'invitation au plus tôt' : 'envoi de l’avis']: sent,
          ...figures,
        },
        sentence: `${told} ${check.sentence}`,
      };
    }
    return {
      ...base,
      verdict: 'not_applicable_yet',
      sentence:
        from === null
          ? `${told} Fixer d’abord la limite des candidatures.`
          : `${told} ${periodEnd(from, { unit: 'days', count: days }).sentence} La fixer.`,
    };
  });
}

const LIMIT_OF: Readonly<Record<Stage, string>> = {
  candidacies: 'Limite des candidatures',
  offers: 'Limite des offres',
};

/** An adapted procedure leaves a sufficient time (R2151-1); of a dialogue, no figure of ours tells the minimum. */
function freeDeadline(procedure: Procedure, { offersLimit }: ProcedureChoice, on: PlainDate): Check {
  const base = {
    rule: 'OFFERS_LIMIT',
    article: 'CCP R2151-1',
    figures: {
      'envoi de l’avis': frenchDay(on),
      'limite fixée': offersLimit === null ? 'aucune' : frenchMoment(offersLimit),
    },
  };
  if (offersLimit !== null && parisDate(offersLimit) <= on)
    return {
      ...base,
      verdict: 'block',
      sentence: 'La limite des offres ne vient pas après l’envoi de l’avis\u00a0: la reporter.',
    };
  if (procedure !== 'adapted')
    return {
      ...base,
      article: 'CCP R2161-24',
      verdict: 'warn',
      sentence: `${PROCEDURE_WORDS[procedure].replace(/^d/, 'D')}\u00a0: ses délais minimaux ne sont pas tenus ici, les vérifier dans le code.`,
    };
  return offersLimit === null
    ? {
        ...base,
        verdict: 'not_applicable_yet',
        sentence:
          'Procédure adaptée\u00a0: aucun délai minimal, il est suffisant pour préparer une offre. Fixer la limite.',
      }
    : {
        ...base,
        verdict: 'ok',
        sentence: `Procédure adaptée\u00a0: aucun délai minimal. Vérifier que celui-ci suffit pour préparer une offre\u00a0: limite le ${frenchMoment(offersLimit)}.`,
      };
}

/** The suspension between the rejection letters and the signature (R2182-1, blocking rule 12). */
export function standstillCheck(
  { followed, required }: Decision,
  choice: ProcedureChoice,
  law: LawOn,
): Check {
  const days = (code: FigureCode): string => frenchDays(Number(requiredValue(law, code)));
  const [wire, other] = [days('suspension_electronique'), days('suspension_autre')];
  const base = {
    rule: 'STANDSTILL',
    article: articleOf('suspension_electronique'),
    figures: { 'lettres électroniques': wire, 'autres lettres': other },
  };
  if (followed === 'direct')
    return { ...base, verdict: 'ok', sentence: 'Aucune suspension\u00a0: il n’y a pas d’offres à rejeter.' };
  if (followed === 'adapted')
    return {
      ...base,
      verdict: 'ok',
      sentence: `Aucune suspension n’est due en procédure adaptée\u00a0; ${wire} avant de signer sont conseillés, pour clore le référé précontractuel.`,
    };
  const due =
    choice.letters === null
      ? `${wire} si les lettres de rejet partent par voie électronique, ${other} sinon`
      : choice.letters === 'electronic'
        ? `${wire}, les lettres de rejet partant par voie électronique`
        : `${other}, les lettres de rejet ne partant pas par voie électronique`;
  const whose =
    required === 'formal' ? 'Suspension avant de signer' : 'Suspension d’une procédure formalisée';
  return {
    ...base,
    verdict: 'not_applicable_yet',
    sentence: `${whose}\u00a0: ${due}, sauf candidat unique. Elle sera jugée à l’attribution.`,
  };
}
