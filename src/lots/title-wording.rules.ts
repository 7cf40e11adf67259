import type { Check } from '../law/check.js';
import { type IsCommune, wordingChecks } from '../law/wording.rules.js';

interface Titled {
  readonly title: string;
}

/**
 * Titles of a consultation and its lots, its object, why it is not split and why it is long, read for places, brands and
 * origins. Names of communes are none here, they say for whom one buys, save where a bidder would have its establishment.
 */
export function titleWordingChecks(
  {
    title,
    object,
    noSplitMotive,
    durationMotive,
  }: Titled & {
    readonly object: string | null;
    readonly noSplitMotive: string | null;
    readonly durationMotive: string | null;
  },
  lots: readonly Titled[],
  isCommune?: IsCommune,
): Check[] {
  const read = { motive: null, isCommune };
  return wordingChecks([
    { kind: 'title', where: 'l’intitulé de la consultation', texts: [title], ...read },
    { kind: 'title', where: 'l’objet de la consultation', texts: [object ?? ''], ...read },
    { kind: 'motive', where: 'le motif de non-allotissement', texts: [noSplitMotive ?? ''], ...read },
    { kind: 'motive', where: 'le motif de la durée', texts: [durationMotive ?? ''], ...read },
    { kind: 'title', where: 'la liste des lots', texts: lots.map(({ title }) => title), ...read },
  ]);
}
