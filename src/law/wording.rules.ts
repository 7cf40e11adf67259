import { brandSpans, type Lacking, lackingEquivalent } from './brand-words.rules.js';
import type { Check } from './check.js';
import type { IsCommune } from './establishment.rules.js';
import { originSpans, protectedSpans } from './origin-words.rules.js';
import { prefersHere } from './motive.rules.js';
import { placeSpans } from './place-words.rules.js';
import {
  articleOf,
  ESTABLISHMENT,
  originRewordings,
  placeRewordings,
  reasonOf,
  SPECIFICATIONS,
  type TextKind,
  withEquivalent,
  type WordingKind,
} from './rewording.rules.js';
import { around, readText, type ReadText, type Span } from './wording-text.rules.js';

export type { IsCommune } from './establishment.rules.js';
export { type PlaceWord, placeWords } from './place-words.rules.js';
export type { TextKind } from './rewording.rules.js';

/** A wording that may favour someone or some product, with what a buyer may lawfully write instead. */
export interface WordingFinding {
  readonly kind: WordingKind;
  /** As it was written: « Proximité », « Stihl FS 460 ». */
  readonly word: string;
  /** « … fournisseurs locaux de fruits … »: enough to find it again. */
  readonly around: string;
  /** « CCP R2111-7 ». */
  readonly article: string;
  /** Why it is told: one French sentence. */
  readonly reason: string;
  /** Lawful wordings between « », joined by « ou », or what to say; for a name, the text itself with « ou équivalent ». */
  readonly rewording: string;
}

/** What was written, and where: « le critère 2 du lot 3 », « le CCTP du lot 1 ». */
export interface Wording {
  readonly where: string;
  readonly texts: readonly string[];
  readonly names?: readonly string[];
  /** Any commune counts where an establishment of a bidder is asked for there. */
  readonly isCommune?: IsCommune | undefined;
  readonly kind?: TextKind;
  /** Why the words are linked to the object or its execution, entered by someone; null: nobody did. */
  readonly motive: string | null;
}

/** One text of a consultation. */
export interface ConsultationText extends Wording {
  readonly kind: TextKind;
}

interface Reading extends Partial<Pick<Wording, 'names' | 'isCommune' | 'kind'>> {
  readonly inCriterion?: boolean;
}

interface Found extends Span {
  readonly kind: WordingKind;
  /** What « ou équivalent » would make neutral. */
  readonly lacking: Lacking | null;
}

/**
 * Every wording of a text that may favour a bidder for where it is (CE, 29 July 1994, no. 131562), or a product for its
 * maker, type or origin without « ou équivalent » (CCP R2111-7), in order. A lint, no judge: it knows common words and
 * names, and a person decides.
 *
 * @param names communes that also count as places, as they are written: « Saint-Berthevin »
 * @param isCommune any commune counts after « un dépôt à »
 */
export function wordingFindings(
  text: string,
  { names = [], isCommune, kind: use = 'free_text', inCriterion = false }: Reading = {},
): WordingFinding[] {
  const read = readText(text);
  const lacking = (kind: WordingKind, spans: readonly Span[]): Found[] =>
    lackingEquivalent(read, spans).map((one) => ({ at: one.at, end: one.end, kind, lacking: one }));
  const absolute = (spans: readonly Span[], kindAt: (at: number) => WordingKind): Found[] =>
    spans.map(({ at, end }) => ({ at, end, kind: kindAt(at), lacking: null }));
  const found = [
    ...lacking('origin', protectedSpans(read)),
    ...absolute(originSpans(read), () => 'origin'),
    ...absolute(placeSpans(read, names, isCommune ?? null), (at) =>
      read.plain.startsWith('origine', at) ? 'origin' : 'place',
    ),
    ...lacking('brand', brandSpans(read)),
  ];
  return firstOf(found).map((one) => {
    const word = read.clean.slice(one.at, one.end);
    const { before, after } = around(read, one);
    return {
      kind: one.kind,
      word,
      around: `${before}${word}${after}`,
      article: articleOf(one.kind, inCriterion),
      reason: reasonOf(one.kind, word, one.lacking),
      rewording: instead(read, one, use).join(' ou '),
    };
  });
}

function instead(read: ReadText, found: Found, use: TextKind): string[] {
  if (found.lacking) return [withEquivalent(read, found, found.lacking.last, found.lacking.nearly)];
  return found.kind === 'origin' ? originRewordings(read, found) : placeRewordings(read, found, use);
}

/** In order; of two that overlap, the one that begins first, then the longest. */
function firstOf(found: readonly Found[]): Found[] {
  const result: Found[] = [];
  for (const one of [...found].sort((a, b) => a.at - b.at || b.end - a.end))
    if (one.at >= (result.at(-1)?.end ?? 0)) result.push(one);
  return result;
}

/** Told by name in a sentence and in figures; a text may hold thousands. */
const SHOWN = 12;
const listed = (words: readonly string[], none: string): string => {
  const shown = words.slice(0, SHOWN).join(', ');
  const more = words.length - SHOWN;
  if (words.length === 0) return none;
  return more > 0 ? `${shown} et ${more}\u00a0${more > 1 ? 'autres' : 'autre'}` : shown;
};

const OPENING: Readonly<Record<WordingKind, (words: string) => string>> = {
  place: (words) => `emploie ${words}`,
  origin: (words) => `demande une origine ou une provenance, ${words}`,
  brand: (words) => `nomme ${words} sans «\u00a0ou équivalent\u00a0»`,
};
const RULE: Readonly<Record<WordingKind, { criterion: string; text: string }>> = {
  place: {
    criterion: 'ne peut préférer un candidat pour le lieu où il se trouve',
    text: 'vérifier que rien n’y préfère un candidat pour le lieu où il se trouve, et que cela tient à l’objet ou à l’exécution',
  },
  origin: {
    criterion: 'ne peut préférer un produit pour sa provenance',
    text: 'vérifier que l’objet du marché le justifie',
  },
  brand: {
    criterion: 'ne peut préférer une marque, un brevet ou un type',
    text: 'vérifier qu’une description précise n’est pas possible sans ce nom',
  },
};
const KINDS: readonly WordingKind[] = ['place', 'origin', 'brand'];

/**
 * Reads a text for places, brands and origins. The codes date from when only places were read.
 *
 * @param inCriterion what decides the award blocks: a criterion until a named person says why, what decides between
 *   candidates whatever is said; another text only warns
 */
export function wordingCheck(wording: Wording, inCriterion: boolean): Check {
  const { where, texts, names = [], isCommune, motive } = wording;
  const { kind = inCriterion ? 'criterion' : 'free_text' } = wording;
  const findings = texts.flatMap((text) => wordingFindings(text, { names, isCommune, kind, inCriterion }));
  const words = (kind: WordingKind): string[] => [
    ...new Set(findings.filter((one) => one.kind === kind).map(({ word }) => `«\u00a0${word}\u00a0»`)),
  ];
  const rewordings = [...new Set(findings.map(({ rewording }) => rewording))];
  const articles = [...new Set(findings.map(({ article }) => article))];
  const base = {
    rule: inCriterion ? 'CRITERION_PLACE_WORDING' : 'PLACE_WORDING',
    article:
      articles.length > 0
        ? articles.join('\u00a0; ')
        : `${inCriterion ? 'CCP L2152-7\u00a0; ' : ''}${SPECIFICATIONS}\u00a0; ${ESTABLISHMENT}`,
    figures: {
      texte: where,
      'mots de lieu': listed(words('place'), 'aucun'),
      'marques et types': listed(words('brand'), 'aucun'),
      origines: listed(words('origin'), 'aucune'),
    },
  };
  const place = where.charAt(0).toUpperCase() + where.slice(1);
  if (findings.length === 0)
    return {
      ...base,
      verdict: 'ok',
      sentence: `${place} ne parle pas du lieu où se trouve un candidat, et ne nomme ni origine ni marque sans «\u00a0ou équivalent\u00a0».`,
    };
  if (motive !== null) {
    const told = `${place} emploie ${listed(KINDS.flatMap(words), '')}`;
    const figures = { ...base.figures, motif: motive };
    const preferred = prefersHere(motive, names, isCommune ?? null).map((word) => `«\u00a0${word}\u00a0»`);
    return preferred.length === 0
      ? {
          ...{ ...base, figures, verdict: 'ok' },
          sentence: `${told}\u00a0: le lien avec l’objet ou l’exécution est motivé.`,
        }
      : {
          ...{ ...base, figures, verdict: 'warn' },
          sentence: `${told}, et son motif énonce lui-même une préférence de lieu (${listed(preferred, '')})\u00a0: le relire, et dire ce que l’exécution exige (délai, fréquence, fraîcheur), ou retirer ces mots.`,
        };
  }
  const decides = kind === 'tie_rule' ? 'ce qui départage les candidats' : 'un critère';
  const faults = KINDS.filter((kind) => words(kind).length > 0).map((kind, rank) => {
    const rule = inCriterion ? `${decides} ${RULE[kind].criterion}` : RULE[kind].text;
    return `${rank === 0 ? place : 'Le même texte'} ${OPENING[kind](listed(words(kind), ''))}\u00a0: ${rule}.`;
  });
  const advice = `Écrire plutôt ${rewordings.slice(0, 3).join('\u00a0; ')}`;
  const motivable = kind === 'criterion';
  return {
    ...base,
    verdict: inCriterion ? 'block' : 'warn',
    figures: { ...base.figures, 'à écrire plutôt': listed(rewordings, '') },
    sentence: `${faults.join(' ')} ${advice}${motivable ? ', ou inscrire le motif «\u00a0lié à l’objet ou à l’exécution\u00a0»' : ''}.`,
  };
}

/** Reads every text of a consultation, in the order given: one check each; what is empty has none. */
export const wordingChecks = (texts: readonly ConsultationText[]): Check[] =>
  texts
    .filter((text) => text.texts.some((one) => one.trim() !== ''))
    .map((text) => wordingCheck(text, text.kind === 'criterion' || text.kind === 'tie_rule'));
