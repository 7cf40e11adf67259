import type { Check } from '../law/check.js';
import { wordingChecks } from '../law/wording.rules.js';

interface Titled {
  readonly title: string;
}

/**
 * Titles of a consultation and its lots, its object and why it is not split, read for places, brands and origins. Names
 * of communes are none here: they say for whom one buys.
 */
export function titleWordingChecks(
  {
    title,
    object,
    noSplitMotive,
  }: Titled & { readonly object: string | null; readonly noSplitMotive: string | null },
  lots: readonly Titled[],
): Check[] {
  return wordingChecks([
    { kind: 'title', where: 'l’intitulé de la consultation', texts: [title], motive: null },
    { kind: 'free_text', where: 'l’objet de la consultation', texts: [object ?? ''], motive: null },
    { kind: 'free_text', where: 'le motif de non-allotissement', texts: [noSplitMotive ?? ''], motive: null },
    { kind: 'title', where: 'la liste des lots', texts: lots.map(({ title }) => title), motive: null },
  ]);
}
