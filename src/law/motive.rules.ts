import type { IsCommune } from './establishment.rules.js';
import { FIRMS_FROM_HERE, GAINS_FOR_HERE, TRADES } from './firm-words.rules.js';
import { placeSpans } from './place-words.rules.js';
import { alone, readText, spaced } from './wording-text.rules.js';

/** What a motive prefers by itself: « les entreprises du coin ». */
const PREFERENCE = new RegExp(spaced(alone([...FIRMS_FROM_HERE, ...GAINS_FOR_HERE])), 'u');
/** « favoriser », « aimons », « priorité à »: a place beside it is preferred. */
const PREFERRED =
  /(?<!\p{L})(?:prefer|privileg|favoris|sout(?:en|ien)|aim(?:e|ons|er|ent)|priorit|encourag|aid(?:e|er|ons)|fidel|profit|patrioti)/u;
/** « nos artisans », « l’emploi », « le tissu économique »: what stands right before a place that one would help. */
const HELPED = new RegExp(
  spaced(
    `${alone([TRADES, 'emplois?', 'economie', 'tissu', 'developpement', 'commerce', 'savoir-faire'])}(?: [\\p{L}’'-]{1,20}){0,2} $`,
  ),
  'u',
);

/**
 * The words by which a motive states a preference of place instead of a link with the object or the execution. « Atelier à
 * proximité, pour un dépannage sous deux heures » states none.
 */
export function prefersHere(motive: string, names: readonly string[], isCommune: IsCommune | null): string[] {
  const read = readText(motive);
  const prefers = PREFERRED.test(read.searched);
  const words = placeSpans(read, names, isCommune)
    .filter(
      ({ at, end }) =>
        prefers ||
        PREFERENCE.test(read.searched.slice(at, end)) ||
        HELPED.test(read.searched.slice(Math.max(0, at - 60), at)),
    )
    .map(({ at, end }) => read.clean.slice(at, end));
  return [...new Set(words)];
}
