import { ADDRESS, type ReadText, type Span, spansOf } from './wording-text.rules.js';

const ARTICLE = '(?:sur|sous|lès|les|la|le|SUR|SOUS|LÈS|LES|LA|LE)';

/** A commune's own name: with its capitals and accents, or all in capitals; spaces, hyphens and apostrophes forgiven. */
function nameMatcher(names: readonly string[]): RegExp | null {
  const escaped = (text: string): string =>
    text
      .normalize('NFKC')
      .split(/[\s'’-]+/u)
      .map((part) => part.replace(/[\\^$.*+?()[\]{}|/]/gu, '\\$&'))
      .join("[\\s'’-]+");
  const forms = names.flatMap((name) => {
    const plain = name.normalize('NFD').replace(/\p{M}/gu, '');
    return [name, name.toUpperCase(), plain.toUpperCase()].map(escaped);
  });
  const wanted = [...new Set(forms)].filter((form) => form !== '').sort((a, b) => b.length - a.length);
  if (wanted.length === 0) return null;
  const name = `(?:${wanted.join('|')})(?![\\p{L}\\p{N}])`;
  // « Saint-Berthevin-la-Tannière » and « Laval-sur-Vologne » are other communes; « Laval-Changé » are two of them.
  return new RegExp(`(?<![\\p{L}\\p{N}]-?)${name}(?!-(?!${name})\\p{L})(?!\\s${ARTICLE}[\\s-]\\p{Lu})`, 'gu');
}

/** The end of an address: « 12 rue du Siège, 53000 Laval ». */
const AFTER_ADDRESS = new RegExp(
  `(?:${ADDRESS},?|(?<!\\d)\\d{2}\\s?\\d{3})\\s{0,3}(?:\\d{2}\\s?\\d{3}\\s{1,3})?$`,
  'u',
);
const FIRM_OF =
  /(?:entreprise|candidat|titulaire|fournisseur|prestataire|societe|producteur|etablissement|artisan|commercant|acteur)s?\s+(?:de\s+|d['’]\s?|du\s+)?$/u;

/**
 * Where communes are named. Left aside: the end of an address, and « Laval Agglomération », which buys, save when it is
 * « les entreprises de Laval Agglomération ».
 */
export function nameSpans(read: ReadText, names: readonly string[]): Span[] {
  const matcher = nameMatcher(names);
  if (matcher === null) return [];
  return spansOf(matcher, read.clean).filter(({ at, end }) => {
    const before = read.searched.slice(Math.max(0, at - 40), at);
    if (read.searched[at] === ADDRESS || AFTER_ADDRESS.test(before)) return false;
    return !/^\s+agglo/u.test(read.plain.slice(end, end + 10)) || FIRM_OF.test(before);
  });
}
