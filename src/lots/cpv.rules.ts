/** Words that every label holds: a search for them alone is one, beside others they say nothing. */
const EMPTY_WORDS = new Set([
  'de',
  'du',
  'des',
  'la',
  'le',
  'les',
  'et',
  'ou',
  'en',
  'pour',
  'au',
  'aux',
  'par',
]);

const fold = (text: string): string =>
  text.replace(/œ/g, 'oe').replace(/Œ/g, 'OE').normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

/** What is looked for in the CPV nomenclature: the codes that begin so, or the labels that hold all the words. */
export type CpvSearch =
  | { readonly by: 'code'; readonly prefix: string }
  | { readonly by: 'words'; readonly words: readonly string[] };

/**
 * « 4411 », « 44113620-7 » are codes; « sels de déneigement », « SEL deneigement » the same two words. A plural is
 * forgiven: words are cut before their last s or x, and found at the beginning of those of a label. The words are letters
 * and digits only: they may stand in a regular expression.
 */
export function readCpvSearch(text: string): CpvSearch {
  const code = /^\s*(\d{2,8})(?:-\d)?\s*$/.exec(text)?.[1];
  if (code !== undefined) return { by: 'code', prefix: code };
  const all = fold(text)
    .split(/[^a-z0-9]+/)
    .filter((word) => word.length > 1);
  const full = all.filter((word) => !EMPTY_WORDS.has(word));
  return { by: 'words', words: [...new Set((full.length > 0 ? full : all).map(stem))] };
}

const stem = (word: string): string => (word.length > 3 ? word.replace(/[sx]$/, '') : word);
