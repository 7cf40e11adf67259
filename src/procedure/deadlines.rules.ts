import { addDays, addMonths, frenchDay, frenchDays } from '../calendar/day-arithmetic.js';
import { limitCheck, periodEnd } from '../calendar/deadlines.js';
import { frenchDate, frenchMoment, parisDate, type PlainDate } from '../calendar/plain-date.js';
import type { Check } from '../law/check.js';
import type { FigureCode } from '../law/figures.js';
import { articleOf, type LawOn, requiredValue } from '../law/law-on.js';
import { frenchCount } from '../money/french.js';
import { type Procedure, PROCEDURE_WORDS, type ProcedureChoice } from './choice.rules.js';
import { type Decision, isLighter } from './decision.rules.js';

type Stage = 'candidacies' | 'offers';
interface Minimum {
  readonly stage: Stage;
  readonly code: FigureCode;
  /** Why it is this one. */
  readonly why: string;
}

/**
 * Whether a prior information notice shortens the time for offers (R2161-3 1°): it was sent long enough before the
 * notice, and not too long.
 */
function preinformation(
  sentOn: PlainDate,
  law: LawOn,
): { readonly shortens: boolean; readonly told: string } {
  const [least, most] = [
    Number(requiredValue(law, 'preinformation_au_moins')),
    Number(requiredValue(law, 'preinformation_au_plus')),
  ];
  const shortens = addDays(sentOn, least) <= law.on && law.on <= addMonths(sentOn, most);
  const window = `entre ${frenchDays(least)} et ${frenchCount(most)}\u00a0mois avant l’avis de marché`;
  return {
    shortens,
    told: shortens
      ? `avis de préinformation du ${frenchDate(sentOn)}, envoyé ${window}, fenêtre à vérifier dans l’article`
      : `l’avis de préinformation du ${frenchDate(sentOn)} ne réduit pas le délai, faute d’être envoyé ${window}, fenêtre à vérifier dans l’article`,
  };
}

/**
 * The minimum deadlines of a formal procedure, candidacies first; none of an adapted one or of a dialogue.
 *
 * @param law that of the day on which the notice is sent
 */
export function minimumDeadlines(procedure: Procedure, choice: ProcedureChoice, law: LawOn): Minimum[] {
  const { urgency, preinformationOn, electronic } = choice;
  const before = preinformationOn === null ? null : preinformation(preinformationOn, law);
  const ordinary = electronic ? 'offres par voie électronique' : 'délai ordinaire';
  const why =
    urgency !== null
      ? `urgence\u00a0: «\u00a0${urgency}\u00a0»`
      : before === null
        ? ordinary
        : before.shortens
          ? before.told
          : `${ordinary}\u00a0; ${before.told}`;
  const short = urgency !== null || before?.shortens === true;
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
 * of offers after candidacies from the invitation, which is sent on the day the candidacies close at the earliest. What
 * the notice announces blocks as long as nobody fixed it: once launched, nothing of it can be.
 */
export function deadlineChecks({ followed }: Decision, choice: ProcedureChoice, law: LawOn): Check[] {
  if (followed === 'direct') return [];
  const minima = minimumDeadlines(followed, choice, law);
  if (minima.length === 0) return freeDeadlines(followed, choice, law.on);
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
    if (from === null)
      return {
        ...base,
        verdict: 'not_applicable_yet',
        sentence: `${told} Fixer d’abord la limite des candidatures.`,
      };
    if (limit === null) {
      const { sentence } = periodEnd(from, { unit: 'days', count: days });
      return after
        ? {
            ...base,
            verdict: 'warn',
            sentence: `${told} ${sentence} La fixer avant de publier, ou l’annoncer dans l’invitation.`,
          }
        : {
            ...base,
            verdict: 'block',
            sentence: `${told} ${sentence} Elle n’est pas fixée, et l’avis l’annonce\u00a0: la fixer avant de publier.`,
          };
    }
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
  });
}

const LIMIT_OF: Readonly<Record<Stage, string>> = {
  candidacies: 'Limite des candidatures',
  offers: 'Limite des offres',
};

/** An adapted procedure leaves a sufficient time (R2151-1); of a dialogue, no figure of ours tells the minimum. */
function freeDeadlines(procedure: Procedure, choice: ProcedureChoice, on: PlainDate): Check[] {
  const { candidaciesLimit, offersLimit } = choice;
  const base = (rule: string, limit: Date | null) => ({
    ...{ rule, article: 'CCP R2151-1' },
    figures: {
      'envoi de l’avis': frenchDay(on),
      'limite fixée': limit === null ? 'aucune' : frenchMoment(limit),
    },
  });
  const offers = base('OFFERS_LIMIT', offersLimit);
  const early: Check[] =
    offersLimit !== null && parisDate(offersLimit) <= on
      ? [
          {
            ...offers,
            verdict: 'block',
            sentence: 'La limite des offres ne vient pas après l’envoi de l’avis\u00a0: la reporter.',
          },
        ]
      : [];
  if (procedure !== 'adapted') {
    const unchecked = `${PROCEDURE_WORDS[procedure].replace(/^d/, 'D')}\u00a0: ses délais minimaux ne sont pas tenus ici, les vérifier dans le code.`;
    const late = candidaciesLimit !== null && parisDate(candidaciesLimit) > on;
    return [
      {
        ...base('CANDIDACIES_LIMIT', candidaciesLimit),
        article: 'CCP R2161-24',
        verdict: late ? 'warn' : 'block',
        sentence: late
          ? unchecked
          : candidaciesLimit === null
            ? 'La limite des candidatures n’est pas fixée, et l’avis l’annonce\u00a0: la fixer avant de publier.'
            : 'La limite des candidatures ne vient pas après l’envoi de l’avis\u00a0: la reporter.',
      },
      ...(early.length > 0
        ? early
        : [{ ...offers, article: 'CCP R2161-24', verdict: 'warn', sentence: unchecked } as const]),
    ];
  }
  if (early.length > 0) return early;
  return [
    offersLimit === null
      ? {
          ...offers,
          verdict: 'block',
          sentence:
            'Procédure adaptée\u00a0: aucun délai minimal, il est suffisant pour préparer une offre, mais l’acheteur le fixe. La limite des offres ne l’est pas\u00a0: la fixer avant de publier.',
        }
      : {
          ...offers,
          verdict: 'ok',
          sentence: `Procédure adaptée\u00a0: aucun délai minimal. Vérifier que celui-ci suffit pour préparer une offre\u00a0: limite le ${frenchMoment(offersLimit)}.`,
        },
  ];
}

/** The suspension between the rejection letters and the signature (R2182-1, blocking rule 12). */
export function standstillCheck(decision: Decision, choice: ProcedureChoice, law: LawOn): Check {
  const { followed, required, settled } = decision;
  const days = (code: FigureCode): string => frenchDays(Number(requiredValue(law, code)));
  const [wire, other] = [days('suspension_electronique'), days('suspension_autre')];
  const base = {
    rule: 'STANDSTILL',
    article: articleOf('suspension_electronique'),
    figures: { 'lettres électroniques': wire, 'autres lettres': other },
  };
  const due =
    choice.letters === null
      ? `${wire} si les lettres de rejet partent par voie électronique, ${other} sinon`
      : choice.letters === 'electronic'
        ? `${wire}, les lettres de rejet partant par voie électronique`
        : `${other}, les lettres de rejet ne partant pas par voie électronique`;
  const light = followed === 'direct' || followed === 'adapted';
  if (light && required === 'formal')
    return {
      ...base,
      verdict: 'not_applicable_yet',
      sentence: `La procédure choisie est plus légère que le montant ne le demande\u00a0: une procédure formalisée suspend la signature (${due}), à moins qu’un article ne permette celle-ci. À juger à l’attribution.`,
    };
  if (light && !settled)
    return {
      ...base,
      verdict: 'not_applicable_yet',
      sentence: `Des lots n’ont pas de montant\u00a0: une procédure formalisée peut s’imposer, et suspend la signature (${due}). À juger sur une valeur complète.`,
    };
  if (followed === 'direct' && !isLighter(decision))
    return { ...base, verdict: 'ok', sentence: 'Aucune suspension\u00a0: il n’y a pas d’offres à rejeter.' };
  if (light)
    return {
      ...base,
      verdict: 'ok',
      sentence: `Aucune suspension n’est due en procédure adaptée\u00a0; ${wire} avant de signer sont conseillés, pour clore le référé précontractuel.`,
    };
  const whose =
    required === 'formal' ? 'Suspension avant de signer' : 'Suspension d’une procédure formalisée';
  return {
    ...base,
    verdict: 'not_applicable_yet',
    sentence: `${whose}\u00a0: ${due}, sauf candidat unique. Elle sera jugée à l’attribution.`,
  };
}
