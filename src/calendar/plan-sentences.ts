import { daysBetween, frenchDay, frenchDays } from './day-arithmetic.js';
import type { HolidayTerritory } from './holidays.js';
import type { PlainDate } from './plain-date.js';
import type { LatestDates, Plan, PlannedStep } from './plan.js';
import type { Basis, Lasting, PlanStep } from './plan-step.js';
import type { Council } from './sessions.js';
import { frenchDayOff } from './working-days.js';

const quoted = (label: string): string => `«\u00a0${label}\u00a0»`;
const named = (councils: readonly Council[]): string => councils.map(({ name }) => name).join(', ');

/** « 10 jours ouvrés », « 5 jours francs ». */
function frenchLength(lasts: Lasting): string {
  if (lasts.kind === 'months') return `un délai minimal de ${lasts.months}\u00a0mois`;
  const days = frenchDays(lasts.days);
  const plural = lasts.days > 1 ? 's' : '';
  switch (lasts.kind) {
    case 'working':
      return `${days} ouvré${plural}`;
    case 'calendar':
      return days;
    case 'period':
      return `un délai minimal de ${days}`;
    case 'suspension':
      return `un délai de suspension de ${days}`;
    case 'clear':
      return `${days} franc${plural}`;
  }
}

function frenchBasis({ kind, article, verified }: Basis): string {
  if (kind !== 'law') return kind === 'usage' ? ' (usage)' : ' (choix)';
  const text = [article, verified === false ? 'à vérifier' : undefined].filter((part) => part !== undefined);
  return text.length === 0 ? '' : ` (${text.join(', ')})`;
}

const lastsNothing = (lasts: Lasting): boolean => lasts.kind !== 'months' && lasts.days === 0;

/** « 10 jours ouvrés (usage) et 2 jours ouvrés de marge »; undefined when what follows may begin the same day. */
function toCount({ lasts, basis, margin }: PlanStep): string | undefined {
  const length = lastsNothing(lasts) ? undefined : `${frenchLength(lasts)}${frenchBasis(basis)}`;
  const kept = margin === 0 ? undefined : `${frenchLength({ kind: 'working', days: margin })} de marge`;
  const parts = [length, kept].filter((part) => part !== undefined);
  return parts.length === 0 ? undefined : parts.join(' et ');
}

function told(days: number): string {
  if (days === 0) return 'C’est aujourd’hui.';
  return days > 0 ? `Reste ${frenchDays(days)}.` : `Dépassé de ${frenchDays(-days)}.`;
}

/** What comes after the act: « Il faut ensuite 5 jours francs (usage) avant « Réunir la commission », le… ». */
function followed(step: PlanStep, askedBy: PlanStep | null, by: PlainDate): string {
  const length = toCount(step);
  if (length !== undefined) {
    const next = askedBy === null ? 'le début souhaité' : quoted(askedBy.label);
    return `. Il faut ensuite ${length} avant ${next}, le ${frenchDay(by)}.`;
  }
  return askedBy === null
    ? ', début souhaité.'
    : `. ${quoted(askedBy.label)} peut suivre aussitôt, au plus tard le ${frenchDay(by)}.`;
}

/** Why a step has the latest day that it has, in one or several French sentences. */
export function stepSentence(
  step: PlanStep,
  { actOn, by, askedBy, unpushed, councils }: LatestDates,
  {
    today,
    state,
    territory,
  }: {
    readonly today: PlainDate;
    readonly state: PlannedStep['state'];
    readonly territory: HolidayTerritory | undefined;
  },
): string {
  const done = step.begunOn ?? step.doneOn;
  if (done !== undefined) return `${step.label}\u00a0: fait le ${frenchDay(done)}.`;
  const sentences = [
    `${step.label}\u00a0: au plus tard le ${frenchDay(actOn)}${followed(step, askedBy, by)}`,
  ];
  if (unpushed !== actOn)
    sentences.push(`Avancé du ${frenchDayOff(unpushed, territory)} au jour ouvré qui précède.`);
  if (councils !== null && councils.readyBy !== null && state !== 'late')
    sentences.push(
      `L’échéance à tenir est la séance du ${frenchDay(councils.readyBy)}, dernière séance utile connue (${named(
        councils.usable.filter(({ latest }) => latest === councils.readyBy).map(({ council }) => council),
      )}).`,
    );
  if (councils !== null && councils.without.length > 0)
    sentences.push(`Aucune séance connue à temps\u00a0: ${named(councils.without)}.`);
  return [...sentences, told(daysBetween(today, councils?.readyBy ?? actOn))].join(' ');
}

/** Whether the wish holds, what is already too late, and the earliest start, in French sentences. */
export function planSentence(plan: Omit<Plan, 'sentence'>, wishedStart: PlainDate): string {
  const { feasible, late, withoutSession, earliestStart, missingDays } = plan;
  const wished = frenchDay(wishedStart);
  if (feasible) {
    const open = plan.steps.filter(({ state }) => state !== 'done');
    const [first] = [...open].sort((one, other) => one.marginDays - other.marginDays);
    return first === undefined
      ? `Tout est fait pour un début le ${wished}.`
      : `Un début le ${wished} est possible. Premier acte\u00a0: ${quoted(first.step.label)}, au plus tard le ${frenchDay(first.councils?.readyBy ?? first.latestOn)}.`;
  }
  // Nothing is late: only the sessions of some councils are not known yet.
  if (late.length === 0 && earliestStart === null)
    return `Un début le ${wished} ne peut pas encore être assuré. Sans séance connue à temps\u00a0: ${named(withoutSession)}. Aucun début ne peut être calculé tant que des séances manquent\u00a0: donner les dates de ces conseils.`;
  const [worst] = [...late].sort((one, other) => one.marginDays - other.marginDays);
  const sentences = [`Un début le ${wished} n’est plus possible.`];
  if (worst)
    sentences.push(
      `${quoted(worst.step.label)} aurait dû être fait le ${frenchDay(worst.latestOn)} au plus tard\u00a0: il manque ${frenchDays(-worst.marginDays)}.`,
    );
  if (withoutSession.length > 0)
    sentences.push(`Sans séance connue à temps\u00a0: ${named(withoutSession)}.`);
  sentences.push(
    earliestStart === null || missingDays === null
      ? 'Aucun début ne peut être calculé tant que des séances manquent\u00a0: donner les dates de ces conseils.'
      : `Début possible au plus tôt le ${frenchDay(earliestStart)}, ${frenchDays(missingDays)} plus tard.`,
  );
  return sentences.join(' ');
}
