/**
 * What a name is looked up by: without accents, ligatures, apostrophes, hyphens or capitals; « St » is « Saint ».
 * The SQL function `search_key` computes the same.
 */
export const searchKey = (name: string): string =>
  name
    .normalize('NFD')
    .replace(/[\u0300-\u036f]/g, '')
    .replace(/[œŒ]/g, 'oe')
    .replace(/[æÆ]/g, 'ae')
    .replace(/[A-Z]/g, (letter) => letter.toLowerCase())
    .replace(/[^a-z0-9]+/g, ' ')
    .replace(/\bste\b/g, 'sainte')
    .replace(/\bst\b/g, 'saint')
    .trim();

/** What someone looks for: the beginning of a code (INSEE, SIREN, SIRET), or words of a name. */
export type Search =
  | { readonly by: 'code'; readonly code: string }
  | { readonly by: 'name'; readonly key: string; readonly words: readonly string[] };

/** Reads what was typed in a search box; null when it says nothing. */
export function readSearch(text: string): Search | null {
  const code = text.replace(/[\s\u00a0\u202f]/g, '').toUpperCase();
  if (/^(\d{2,14}|2[AB]\d{0,3})$/.test(code)) return { by: 'code', code };
  const key = searchKey(text);
  return key === '' ? null : { by: 'name', key, words: key.split(' ') };
}

/** Each word begins a word of the name, in any order. */
export const holdsWords = (key: string, words: readonly string[]): boolean =>
  words.every((word) => ` ${key}`.includes(` ${word}`));

/** 0: the very name; 1: the name begins so; 2: it holds the words. */
export const rankOf = (key: string, sought: string): number =>
  key === sought ? 0 : key.startsWith(sought) ? 1 : 2;
