import { addDays, daysBetween, frenchDay, frenchDays } from '../calendar/day-arithmetic.js';
import { frenchMoment, parisDate, type PlainDate } from '../calendar/plain-date.js';
import type { DeclarationState } from '../declarations/declaration.rules.js';

/** Days before the deadline on which those who are waited for are reminded; -1: the day after. */
export const STAGES = [15, 7, 2, 0, -1] as const;
export type Stage = (typeof STAGES)[number];

/**
 * What is due on a day: the latest stage that has come, and those before it, which it replaces. A stage of the day of the
 * opening or before is none: the opening was told.
 *
 * @param made stages that were made for this deadline
 * @returns `due` null: nothing to send; `passed`: what is to be noted as made
 */
export function stagesDue(
  openedOn: PlainDate,
  deadlineOn: PlainDate,
  day: PlainDate,
  made: readonly Stage[],
): { readonly due: Stage | null; readonly passed: readonly Stage[] } {
  const come = STAGES.filter((stage) => {
    const on = addDays(deadlineOn, -stage);
    return on <= day && on > openedOn;
  });
  const due = come.at(-1) ?? null;
  if (due === null || made.includes(due)) return { due: null, passed: [] };
  return { due, passed: come.filter((stage) => !made.includes(stage)) };
}

/** The stages still to come after a day, for whoever looks ahead. */
export const stagesAhead = (openedOn: PlainDate, deadlineOn: PlainDate, day: PlainDate): PlainDate[] =>
  STAGES.map((stage) => addDays(deadlineOn, -stage)).filter((on) => on > day && on > openedOn);

/** A declaration that is waited for, as its people are reminded of it. */
export interface Awaited {
  readonly buyerId: string;
  readonly buyerName: string;
  readonly state: DeclarationState;
  readonly lots: number;
  readonly lotsAnswered: number;
}

/** Whom a state waits for: those who type, or those who validate; null: nobody. */
export function waitsFor(state: DeclarationState, late: boolean): 'typists' | 'validators' | null {
  switch (state) {
    case 'not_started':
    case 'draft':
    case 'contested':
      return 'typists';
    case 'modified':
      // What was transmitted counts: after the deadline there is nothing left to do about it.
      return late ? null : 'typists';
    case 'awaiting_validation':
      return 'validators';
    default:
      return null;
  }
}

/** « Argentré : rien n’est commencé (3 lots). » */
export function awaitedSentence({ buyerName, state, lots, lotsAnswered }: Awaited): string {
  const count = `${lots}\u00a0lot${lots > 1 ? 's' : ''}`;
  switch (state) {
    case 'draft':
      return `${buyerName}\u00a0: brouillon, ${lotsAnswered} sur ${count} avec une réponse, rien n’est transmis.`;
    case 'modified':
      return `${buyerName}\u00a0: modifiée depuis sa transmission\u00a0; c’est encore la version transmise qui compte.`;
    case 'awaiting_validation':
      return `${buyerName}\u00a0: transmise, elle attend d’être validée.`;
    case 'contested':
      return `${buyerName}\u00a0: la version transmise est contestée, plus rien ne compte.`;
    default:
      return `${buyerName}\u00a0: rien n’est commencé (${count}).`;
  }
}

/** « Il reste 7 jours, jusqu’au mardi 15 décembre 2026 à 17 h 00 (heure de Paris). » */
export function timeLeft(deadline: Date, day: PlainDate): string {
  const left = daysBetween(day, parisDate(deadline));
  const moment = frenchMoment(deadline);
  if (left > 1) return `Il reste ${frenchDays(left)}, jusqu’au ${moment}.`;
  if (left === 1) return `Il reste jusqu’à demain, ${moment}.`;
  if (left === 0) return `C’est aujourd’hui\u00a0: ${moment}.`;
  return `L’échéance est passée (${moment})\u00a0: une déclaration tardive dit pourquoi, et le coordonnateur l’accepte ou non. Sans réponse, la commune sort des lots à la clôture.`;
}

/** What a reminder is about, in a few words: « Besoins à transmettre : il reste 7 jours ». */
export function reminderSubject(deadlines: readonly Date[], day: PlainDate): string {
  const left = Math.min(...deadlines.map((deadline) => daysBetween(day, parisDate(deadline))));
  const when =
    left > 1
      ? `il reste ${frenchDays(left)}`
      : left === 1
        ? 'il reste un jour'
        : left === 0
          ? 'dernier jour'
          : 'échéance passée';
  return `Besoins à transmettre\u00a0: ${when}`;
}

/** When a census reminds next, in words; null: never again. */
export const nextSentence = (ahead: readonly PlainDate[]): string | null =>
  ahead[0] === undefined ? null : `Prochaine relance le ${frenchDay(ahead[0])}.`;
