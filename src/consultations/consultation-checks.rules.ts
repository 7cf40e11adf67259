import { frenchDate, type PlainDate } from '../calendar/plain-date.js';
import type { Check } from '../law/check.js';
import { type LawOn, requiredValue } from '../law/law-on.js';

export interface Duration {
  readonly firmYears: number;
  /** Of one year each. */
  readonly renewals: number;
  readonly durationMotive: string | null;
}

const years = (count: number | bigint): string => `${count}\u00a0${count > 1 ? 'ans' : 'an'}`;

/** Firm years and renewals, all of them taken: what counts for the limit (CCP L2125-1) and for the value. */
export const totalYears = ({ firmYears, renewals }: Duration): number => firmYears + renewals;

/**
 * A framework agreement lasts four years at most, save in exceptional cases that are justified (CCP L2125-1). Asked of
 * every consultation when it is written, for its lots may come later.
 *
 * @param law that of the launch's day
 */
export const needsDurationMotive = (duration: Duration, law: LawOn): boolean =>
  BigInt(totalYears(duration)) > requiredValue(law, 'accord_cadre_duree') && !duration.durationMotive;

/** @param framework whether one lot at least is a framework agreement: the limit is theirs alone */
export function durationCheck(duration: Duration, framework: boolean, law: LawOn): Check {
  const limit = requiredValue(law, 'accord_cadre_duree');
  const total = totalYears(duration);
  const rule = {
    rule: 'FRAMEWORK_DURATION',
    article: 'CCP L2125-1',
    figures: {
      'durée ferme': years(duration.firmYears),
      reconductions: String(duration.renewals),
      'durée totale': years(total),
      'durée maximale d’un accord-cadre': years(limit),
    },
  };
  if (!framework)
    return {
      ...rule,
      verdict: 'ok',
      sentence: 'Aucun lot n’est un accord-cadre\u00a0: la limite ne s’applique pas.',
    };
  if (BigInt(total) <= limit)
    return { ...rule, verdict: 'ok', sentence: `L’accord-cadre dure au plus ${years(total)}.` };
  return duration.durationMotive
    ? {
        ...rule,
        verdict: 'ok',
        sentence: `L’accord-cadre dépasse ${years(limit)}, par le motif enregistré\u00a0: ${duration.durationMotive}`,
      }
    : {
        ...rule,
        verdict: 'block',
        sentence: `L’accord-cadre dure ${years(total)}, plus que ${years(limit)}\u00a0: réduire la durée ou les reconductions, ou enregistrer le motif qui le justifie.`,
      };
}

/** What is bought must be said before anything is launched (CCP L2111-1). */
export const objectCheck = (object: string | null): Check => ({
  rule: 'CONSULTATION_OBJECT',
  article: 'CCP L2111-1',
  figures: {},
  ...(object
    ? { verdict: 'ok', sentence: 'L’objet de la consultation est écrit.' }
    : {
        verdict: 'block',
        sentence: 'L’objet de la consultation n’est pas écrit\u00a0: dire ce qui est acheté.',
      }),
});

/** The day on which the law is asked, for a preview, is that of the planned launch (CCP R2121-3). */
export function plannedLaunchCheck(plannedLaunchOn: PlainDate | null, today: PlainDate): Check {
  const rule = { rule: 'PLANNED_LAUNCH', article: 'CCP R2121-3' };
  if (plannedLaunchOn === null)
    return {
      ...rule,
      verdict: 'warn',
      figures: {},
      sentence:
        'La date de lancement prévue manque\u00a0: l’indiquer, car seuils et obligations dépendent d’elle.',
    };
  const figures = { 'lancement prévu': frenchDate(plannedLaunchOn) };
  return plannedLaunchOn < today
    ? {
        ...rule,
        verdict: 'warn',
        figures,
        sentence: `Le lancement était prévu le ${frenchDate(plannedLaunchOn)}, qui est passé\u00a0: choisir une autre date.`,
      }
    : {
        ...rule,
        verdict: 'ok',
        figures,
        sentence: `Le lancement est prévu le ${frenchDate(plannedLaunchOn)}.`,
      };
}
