import {
  AFTER_A_DEVICE,
  BRANDS,
  NO_BRANDS,
  NO_MARKS,
  NO_TYPES,
  NORMS,
  OFFICE_DEVICES,
  SURNAMES,
  WITH_CAPITAL,
} from './brands.rules.js';
import {
  alone,
  blank,
  folded,
  merged,
  type ReadText,
  type Span,
  spaced,
  spansOf,
} from './wording-text.rules.js';

const BRAND = new RegExp(spaced(alone(BRANDS)), 'gu');
const SURNAME = new RegExp(spaced(alone(SURNAMES)), 'gu');
const CAPITAL = new RegExp(spaced(alone(WITH_CAPITAL)), 'gu');
const NONE = new RegExp(spaced(alone(NO_BRANDS)), 'gu');
/** « cartouche d’encre pour HP »: three words between at most. */
const DEVICE = new RegExp(
  spaced(`(?<![\\p{L}\\p{N}])${OFFICE_DEVICES}(?: [\\p{L}’'-]{1,20}){0,3} (?=${alone(AFTER_A_DEVICE)})`),
  'gu',
);
const DEVICE_BRAND = new RegExp(alone(AFTER_A_DEVICE), 'uy');

/** « M. Renault », « Louis Renault », « Louis-Renault »: a person. */
const PERSON =
  /(?:(?<!\p{L})(?:m|mr|mme|dr|docteur|madame|monsieur|maire|adjointe?|president|louis|jean|pierre|paul|jacques|andre|marie|edouard|claude|michel|philippe|robert|henri|emile|anne|sophie|marc)\.?\s{1,3}|\p{L}-)$/u;

/** A model after a brand: « FS 460 C-EM », « HD 10/25 », « 18V ». Words of a text all in capitals are none. */
const MODEL =
  /(?:\s(?!(?:DE|DU|LOT|LA|LE|ET|OU|EN|X|A|PAR|POUR|HT|TTC)[^\p{L}])(?:[A-Z]{1,5}[ -]?\d(?:[.,/-]?[\p{L}\d]){0,20}|\d{1,6}[A-Z](?:[/-]?[\p{L}\d]){0,20})(?:\s[A-Z](?:-[A-Z]{1,3})?(?![\p{L}\p{N}]))?){1,2}/uy;

/** « de marque X », « marque : X »: what X is comes next. */
const MARK = /(?<![\p{L}\p{N}])marques?\s{1,3}(?::\s{0,3})?(?:[«"]\s?)?/gu;
const NAME = /\p{Lu}[\p{L}\p{N}&’'-]{0,30}(?:\s\p{Lu}\p{Ll}[\p{L}\p{N}&’'-]{0,30}){0,2}/uy;
/** « type X », « modèle X », where X is a product’s name or number. */
const TYPE = /(?<![\p{L}\p{N}])(?:types?|modeles?)\s{1,3}(?:[«"]\s?)?/gu;
const TYPE_NAME = /\p{Lu}\p{Ll}{2,}[\p{L}’'-]{0,30}/uy;
const TYPE_CODE = /([A-Z]{2,5})[ -]?\d{3,}[\p{L}\d-]{0,20}/uy;
/** The number of a maker or a shop; « réf. 12345 » alone may be the buyer’s own. */
const REFERENCE =
  /(?<![\p{L}\p{N}])(?:ref|reference)s?\.?\s{1,3}(?:du\s|de\s|des\s)?(?:fabricant|constructeur|fournisseur|catalogue|commerciale|usine)s?\s{0,3}:?\s{0,3}(?:n[°o]\.?\s{0,3})?(?=[\p{L}-]{0,10}\d)[\p{L}\d](?:[./-]?[\p{L}\d]){0,30}/gu;
const PATENT =
  /(?<![\p{L}\p{N}])(?:(?:modele|marque|dessin)s?\s{1,3}deposee?s?|(?:sous\s{1,3})brevets?|brevets?\s{1,3}(?:n[°o]|depose|europeen|fr|ep)|pieces?\s{1,3}(?:detachees?\s{1,3})?d['’]origine)(?![\p{L}\p{N}])/gu;
/** A person may hold a « brevet », or be « breveté »: a skill, no patent. */
const PATENTED = /(?<![\p{L}\p{N}])brevete(?:e|s|es)?(?![\p{L}\p{N}])/gu;
const SKILLED =
  /(?:nageurs?|nageuses?|surveillante?s?|titulaires?|sauveteurs?|secouristes?|pilotes?|moniteurs?|monitrices?|educateurs?|agents?|personnels?)\s{1,3}$/u;

const at = (pattern: RegExp, text: string, place: number): RegExpExecArray | null => {
  pattern.lastIndex = place;
  return pattern.exec(text);
};
const before = (text: string, place: number): string => text.slice(Math.max(0, place - 30), place);

/** Where a brand, a patent, a maker’s type or number is named, its model with it; « ou équivalent » is not looked for. */
export function brandSpans(read: ReadText): Span[] {
  const { clean } = read;
  const searched = read.searched.replace(NONE, blank);
  const found = [
    ...spansOf(BRAND, searched),
    ...spansOf(SURNAME, searched).filter(({ at: place }) => !PERSON.test(before(searched, place))),
    ...spansOf(CAPITAL, searched).filter(({ at: place }) => /\p{Lu}/u.test(clean[place]!)),
    ...spansOf(DEVICE, searched).flatMap(({ end }) => {
      const brand = /\p{Lu}/u.test(clean[end]!) ? at(DEVICE_BRAND, searched, end) : null;
      return brand ? [{ at: end, end: end + brand[0].length }] : [];
    }),
    ...spansOf(MARK, searched).flatMap(({ end }) => {
      const name = at(NAME, clean, end);
      return name && !NO_MARKS.test(folded(name[0].split(/[\s’']/u)[0]!))
        ? [{ at: end, end: end + name[0].length }]
        : [];
    }),
    ...spansOf(TYPE, searched).flatMap(({ end }) => typeAt(clean, end)),
    ...spansOf(REFERENCE, searched),
    ...spansOf(PATENT, searched),
    ...spansOf(PATENTED, searched).filter(({ at: place }) => !SKILLED.test(before(searched, place))),
    ...signed(clean),
  ];
  return joined(
    merged(found).map(({ at: place, end }) => ({
      at: place,
      end: end + (at(MODEL, clean, end)?.[0].length ?? 0),
    })),
    clean,
  );
}

function typeAt(clean: string, end: number): Span[] {
  const code = at(TYPE_CODE, clean, end);
  if (code) return NORMS.test(folded(code[1]!)) ? [] : [{ at: end, end: end + code[0].length }];
  const name = at(TYPE_NAME, clean, end);
  return name && !NO_TYPES.test(folded(name[0])) ? [{ at: end, end: end + name[0].length }] : [];
}

/** What ® or ™ follows, the sign with it. */
const signed = (clean: string): Span[] =>
  spansOf(/[®™]/gu, clean).flatMap(({ at: place, end }) => {
    const name = /(?<![\p{L}\p{N}])[\p{L}\p{N}][\p{L}\p{N}’'-]{0,30}\s?$/u.exec(before(clean, place));
    return name ? [{ at: place - name[0].length, end }] : [];
  });

/** « Renault Kangoo », « Microsoft Windows »: brands side by side are one. */
function joined(spans: readonly Span[], clean: string): Span[] {
  const result: Span[] = [];
  for (const span of merged(spans)) {
    const last = result.at(-1);
    if (last && span.at - last.end === 1 && clean[last.end] === ' ')
      result[result.length - 1] = { at: last.at, end: span.end };
    else result.push(span);
  }
  return result;
}

/** A sentence ends; « 1.5 » and « réf. 12 » end none, for no capital follows. */
const SENTENCE_END = /[;!?\n]|\.(?=\s+\p{Lu}|\s*$)/u;
const EQUIVALENT =
  /(?<![\p{L}\p{N}])ou\s{1,3}(?:[\p{L}-]{1,20}\s{1,3}){0,3}equivalent(?:e|s|es)?(?![\p{L}\p{N}])/u;
/** Words that mean nearly the same, and are not those of the code. */
const NEARLY =
  /^\s?[(,]?\s?(?:ou|et)\s{1,3}(?:[\p{L}-]{1,20}\s{1,3}){0,2}(?:similaires?|analogues?|approchante?s?|comparables?|assimilee?s?|equiv\.?|equivalences?)(?![\p{L}\p{N}])\)?/u;
/** What may stand between the names of an enumeration. */
const BETWEEN = /^(?:\s?[,/]\s?|\s(?:ou|et)\s)(?:d['’]|de\s)?$/u;
/** An enumeration may stand before it: « Stihl, Husqvarna ou équivalent ». */
const REACH = 120;

/** A name without « ou équivalent ». */
export interface Lacking extends Span {
  /** Where its enumeration ends: there « ou équivalent » would come. */
  readonly last: number;
  /** What stands there instead: « ou similaire ». */
  readonly nearly: string | null;
}

/**
 * The names that « ou équivalent » does not follow, in their sentence or alone right after it.
 *
 * @param names in order
 */
export function lackingEquivalent({ clean, plain }: ReadText, names: readonly Span[]): Lacking[] {
  let next: { at: number; last: number } | null = null;
  const chained = names.toReversed().map((span) => {
    const follows: boolean =
      next !== null && BETWEEN.test(plain.slice(span.end, Math.min(next.at, span.end + 12)));
    const last: number = follows && next!.at - span.end < 12 ? next!.last : span.end;
    next = { at: span.at, last };
    return { ...span, last };
  });
  return chained.toReversed().flatMap((span) => {
    const reach = plain.slice(span.last, span.last + REACH);
    const stop = clean.slice(span.last, span.last + REACH).search(SENTENCE_END);
    const sentence = stop < 0 ? reach : reach.slice(0, stop);
    const rest = stop < 0 ? '' : reach.slice(stop + 1);
    if (EQUIVALENT.test(sentence) || /^\s{0,3}ou\s{1,3}equivalent/u.test(rest)) return [];
    const nearly = NEARLY.exec(sentence);
    return [{ ...span, nearly: nearly && clean.slice(span.last, span.last + nearly[0].length) }];
  });
}
