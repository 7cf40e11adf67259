import { figureOf, type LawOn } from '../law/law-on.js';
import type { FigureCode } from '../law/figures.js';
import { type Cents } from '../money/amounts.js';
import { frenchCount, frenchEuros } from '../money/french.js';
import type { MainObject } from '../procedure/main-object.rules.js';

/** Names in one sentence: more are counted. */
const NAMED = 12;

function names(all: readonly string[]): string {
  const more = all.length - NAMED;
  return more <= 1 ? all.join(', ') : `${all.slice(0, NAMED).join(', ')} et ${frenchCount(more)}\u00a0autres`;
}

const members = (count: number): string => `${frenchCount(count)}\u00a0${count > 1 ? 'membres' : 'membre'}`;

/** Who is not in the total of a lot: named, and never taken for a zero. */
export function missingSentence(excluded: readonly string[], silent: readonly string[]): string {
  const told = [
    ...(excluded.length > 0
      ? [
          `${members(excluded.length)} ${excluded.length > 1 ? 'exclus' : 'exclu'} du lot, faute de réponse\u00a0: ${names(excluded)}.`,
        ]
      : []),
    ...(silent.length > 0
      ? [
          `${members(silent.length)} sans réponse qui compte, hors du total\u00a0: ${names(silent)}. Le silence n’est ni un zéro, ni le chiffre de l’an passé.`,
        ]
      : []),
  ];
  return told.length > 0 ? told.join(' ') : 'Tous les membres du lot sont comptés.';
}

/** A threshold of the law, and how far the estimated value is from it. */
export interface Margin {
  readonly code: FigureCode;
  readonly label: string;
  readonly article: string;
  /** Cents HT. */
  readonly threshold: Cents;
  /** What is left before it; negative: by how much it is passed. */
  readonly margin: Cents;
  readonly reached: boolean;
  /** The first one that is not reached. */
  readonly next: boolean;
  readonly sentence: string;
}

const THRESHOLDS: Readonly<Record<MainObject, readonly FigureCode[]>> = {
  supplies_services: ['dispense_fs', 'publicite_boamp_jal', 'formalisee_fs'],
  works: ['dispense_travaux', 'publicite_boamp_jal', 'formalisee_travaux'],
};

/**
 * How far a value is from each threshold of the day, the lowest first; one that is not known for the day is left out, as the
 * checks of the procedure say it.
 *
 * @param complete false: the value is at least that much
 */
export function marginsOf(
  { net, complete }: { readonly net: Cents; readonly complete: boolean },
  object: MainObject,
  law: LawOn,
): readonly Margin[] {
  const known = THRESHOLDS[object]
    .filter((code) => law.figures.has(code))
    .map((code) => ({ ...figureOf(law, code), code }))
    .sort((a, b) => (a.value < b.value ? -1 : a.value > b.value ? 1 : 0));
  const next = known.find(({ value }) => net < value)?.code;
  return known.map(({ code, label, article, value }) => {
    const reached = net >= value;
    return {
      ...{ code, label, article, threshold: value, margin: value - net, reached, next: code === next },
      sentence: reached
        ? `${label} (${frenchEuros(value)} HT)\u00a0: atteint, ${net === value ? 'tout juste' : `et dépassé de ${frenchEuros(net - value)}`}.`
        : `${label} (${frenchEuros(value)} HT)\u00a0: ${complete ? 'encore' : 'au plus'} ${frenchEuros(value - net)} avant de l’atteindre.`,
    };
  });
}
