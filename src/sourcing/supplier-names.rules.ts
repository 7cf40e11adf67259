import { searchKey } from './suppliers.rules.js';

/** The longest name that is looked for, in words. */
const LONGEST = 10;
/** A single word shorter than this is a word rather than a name: « Metro » is one of the language, « Pomona » is none. */
const SHORTEST_ALONE = 6;

/** Words of a text that may be a name. */
export interface NameCandidate {
  /** As `searchKey` gives them. */
  readonly key: string;
  /** As they stand there. */
  readonly words: string;
}

/** Every run of whole words of a text that the directory may know: two at least, or one of six letters; the longest first. */
export function nameCandidates(text: string): NameCandidate[] {
  const clean = text.normalize('NFKC').replace(/[\u00ad\u200b-\u200d]/gu, '');
  const words = [...clean.matchAll(/[\p{L}\p{N}\p{M}]+/gu)].map(({ 0: word, index }) => ({
    key: searchKey(word),
    start: index,
    end: index + word.length,
  }));
  const found: NameCandidate[] = [];
  for (let size = Math.min(LONGEST, words.length); size > 0; size -= 1)
    for (let first = 0; first + size <= words.length; first += 1) {
      const run = words.slice(first, first + size);
      const key = run.map((word) => word.key).join(' ');
      if (size === 1 && (key.length < SHORTEST_ALONE || /\p{N}/u.test(key))) continue;
      found.push({ key, words: clean.slice(run[0]!.start, run.at(-1)!.end) });
    }
  return found;
}
