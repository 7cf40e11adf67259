/** A part of a text: from `at`, up to `end` and without it. */
export interface Span {
  readonly at: number;
  readonly end: number;
}

/** A text made ready to be searched. Sign for sign, a place in one of the three is the same place in the others. */
export interface ReadText {
  /** As it was written, with plain spaces and hyphens, and no letter that nobody sees. */
  readonly clean: string;
  /** Without accents or capitals. */
  readonly plain: string;
  /** `plain`, the names of streets and public places blanked: they are nobody's seat and no brand. */
  readonly searched: string;
}

/** Letters that nobody sees, and that would hide a word. */
const INVISIBLE = /[\u00ad\u200b-\u200d\u2060\ufeff]/gu;
/** NFKC would make « TM », « m2 » of these signs: they pass under others. */
const KEPT = ['™', '²', '³'];
const PRIVATE = ['\ue000', '\ue001', '\ue002'];
/** Stands for what is left aside in an address, and joins nothing together. */
export const ADDRESS = '\u0002';

const SITES =
  'rue|avenue|av\\.|boulevard|bd|(?<!(?:en|sur|a la|lieu et) )place|impasse|allees?|chemin|(?<!en )route|quai|square|ruelle|passage|lieu-dit|hameau|lotissement|residence|rond-point|esplanade|faubourg|zone artisanale|zone industrielle|za|zi|zac|ecole|college|lycee|salle|stade|gymnase|creche|mediatheque|groupe scolaire|ehpad|eglise|espace';
/** Not « mise en place », « sur place », « à la place de », « en lieu et place de ». */
const SITE = new RegExp(`(?<![\\p{L}\\p{N}])(?:${SITES})(?=[\\s«])`, 'gu');
const LINK = "(?:(?:de|du|des|la|le|les|aux?|DE|DU|DES|LA|LE|LES|AUX?)\\s|[dlDL]['’]\\s?)";
/** Capitals tell a proper name: « rue du Siège Social », « AVENUE DE MAYENNE ». */
const SITE_NAME = new RegExp(
  `\\s{0,3}(?:«\\s?)?${LINK}{0,2}\\p{Lu}[\\p{L}\\p{N}’'-]{0,40}(?:\\s${LINK}{0,2}\\p{Lu}\\p{Ll}[\\p{L}’'-]{0,40})?`,
  'yu',
);

/** Keeps the places of what follows. */
export const blank = (match: string): string => '\u0001'.repeat(match.length);

/** Whole words only. */
export const alone = (patterns: readonly string[]): string =>
  `(?<![\\p{L}\\p{N}])(?:${patterns.join('|')})(?![\\p{L}\\p{N}])`;

/** A space of a pattern is any spacing, up to a bound: a page of spaces is read once, not once from each of them. */
export const spaced = (pattern: string): string =>
  pattern.replaceAll(' ?', '\\s{0,40}').replaceAll(' ', '\\s{1,40}');

/** Where a pattern (with the flag g) is found. */
export const spansOf = (pattern: RegExp, text: string): Span[] =>
  [...text.matchAll(pattern)].map(({ index, 0: match }) => ({ at: index, end: index + match.length }));

/** In order, those that overlap made one. */
export function merged(spans: readonly Span[]): Span[] {
  const result: Span[] = [];
  for (const span of [...spans].sort((a, b) => a.at - b.at || b.end - a.end)) {
    const last = result.at(-1);
    if (last && span.at < last.end)
      result[result.length - 1] = { at: last.at, end: Math.max(last.end, span.end) };
    else result.push(span);
  }
  return result;
}

/** Without accents or capitals, sign for sign. */
export const folded = (text: string): string =>
  Array.from({ length: text.length }, (_, at) => {
    const base = text[at]!.normalize('NFD')[0]!.toLowerCase();
    return base.length === 1 ? base : text[at]!;
  }).join('');

/** Makes a text ready; no-break spaces and hyphens, wide letters and invisible ones are forgiven. */
export function readText(text: string): ReadText {
  const hidden = KEPT.reduce((kept, sign, rank) => kept.replaceAll(sign, PRIVATE[rank]!), text);
  const normal = hidden.normalize('NFKC').replaceAll('\u2010', '-').replace(INVISIBLE, '');
  const clean = KEPT.reduce((kept, sign, rank) => kept.replaceAll(PRIVATE[rank]!, sign), normal);
  const plain = folded(clean);
  let searched = '';
  let from = 0;
  for (const { at, end } of spansOf(SITE, plain)) {
    SITE_NAME.lastIndex = end;
    const name = at < from ? null : SITE_NAME.exec(clean)?.[0];
    if (!name) continue;
    searched += plain.slice(from, end) + ADDRESS.repeat(name.length);
    from = end + name.length;
  }
  return { clean, plain, searched: searched + plain.slice(from) };
}

/** What stands around, whole words, some thirty signs on each side: enough to find it again. */
export function around(
  { clean }: ReadText,
  { at, end }: Span,
): { readonly before: string; readonly after: string } {
  const before = /(?:^|(?<=\s))[^]{0,30}$/u.exec(clean.slice(Math.max(0, at - 31), at))?.[0] ?? '';
  const after = /^[^]{0,30}(?=\s|$)/u.exec(clean.slice(end, end + 31))?.[0] ?? '';
  return {
    before: at > before.length ? `… ${before}` : before,
    after: end + after.length < clean.length ? `${after} …` : after,
  };
}
