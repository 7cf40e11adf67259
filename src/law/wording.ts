import type { Check } from './check.js';

/** A word that may speak of where a bidder is, as it was written, with what stands around it. */
export interface PlaceWord {
  readonly word: string;
  /** « … fournisseurs locaux de fruits … »: enough to find it again. */
  readonly around: string;
}

/** Who answers an offer: the words after which « localisation » or « siège » is theirs. */
const FIRM =
  '(?:entreprise|candidat|soumissionnaire|titulaire|fournisseur|prestataire|societe|exploitation|producteur|etablissement|agence|attributaire|operateur)s?';
const OF = "(?:de la |de l['’]|du |des |de |d['’])";
const KNOWN_PREFIX = '(?:hyper|ultra|inter|intra|infra|supra)?';

/**
 * What speaks of a place, in text without accents or capitals. Circuits courts are not here: they count intermediaries,
 * not kilometres. « locaux » and « un local technique » are premises, « la localisation du fichier » is no bidder's.
 */
const PLACE_WORDS: readonly string[] = [
  `${KNOWN_PREFIX}loca(?:l|le|les|ux|lement|lite|lites|lisme|vore|vores)`,
  `localis(?:ation|ee?s?)(?= (?:geographique|${OF}?(?:son |leur |ses |leurs )?${FIRM}|a |en |dans |sur ))`,
  'proximites?',
  'implant(?:e|ee|es|ees|er|ent|ation|ations)',
  'sieges?',
  `${KNOWN_PREFIX}depart(?:e)?ment(?:s|al|ale|ales|aux)?`,
  `${KNOWN_PREFIX}region(?:s|al|ale|ales|aux)?`,
  'terroirs?',
  'mayenne',
  'mayennais(?:e|es)?',
  'lavallois(?:e|es)?',
  'kilometres?',
  'kilometrique(?:s)?',
  'rayons?',
  'distances?',
  'eloigne(?:ment|e|es|ees)?',
  '(?:minutes?|mn|min|heures?|h|temps) de (?:route|trajet)',
  'origine (?:geographique|francaise|france)',
  `(?:agence|antenne|succursale|depot|atelier)s? (?:situe|installe|base|dans|a moins|proche)e?s?`,
];

/** The same words where they speak of something else: looked for first, and left aside. */
const OTHER_MEANINGS: readonly string[] = [
  // Premises: « nettoyage des locaux », « un local technique », but not « des produits locaux » nor « le local d’abord ».
  "(?:les|des|aux|ses|nos|vos|ces|leurs|de|d['’]) locaux",
  "(?:un|le|du|au|ce|chaque|aucun) local (?:technique|de|d['’]|des|du|a|au|aux|pour|ferme|securise|poubelles?|electrique|commercial|associatif)",
  '(?:reseaux?|serveurs?|disques?|anesthesie) loca(?:l|le|ux)',
  '(?:capteur|detecteur)s? de proximite',
  "plans? d['’]implantation",
  `implantations? ${OF}(?:mobiliers?|luminaires?|candelabres?|poteaux|equipements?|materiels?|reseaux|bornes?|jeux|panneaux|ouvrages?|plantations?|arbres?)`,
  'implants',
  // Chairs: « sièges de bureau », « siège auto ».
  `sieges(?! (?:sociaux|${OF}?${FIRM}))`,
  'siege (?:de bureau|de travail|auto|enfant|bebe|ergonomique|pivotant|visiteur|conducteur|passager|chauffant|inclinable|reglable|bas|haut|de toilettes?|suspendu|coque)',
  '(?:conseils?|services?|routes?|voies?|voiries?|assemblees?|reglements?) (?:departementa(?:l|le|les|ux)|regiona(?:l|le|les|ux))',
  'rayons? (?:x|uv|ultraviolets?|infrarouges?|laser|solaires?|lumineux|de braquage|de courbure|de giration)',
  "(?:a|en) distance(?! d['’e])",
  "distances? (?:de|d['’])? ?(?:freinage|arret|securite|visibilite|lecture|focale)",
];

/** Per kilometre, kilometres per hour, the life of an engine: no distance to a bidder. A sign or a number may begin it. */
const OTHER_DISTANCES: readonly string[] = [
  '(?:/ ?|au |par |aux 100 )(?:km|kilometres?)(?! (?:de|du|des))',
  "(?:km|kilometres?) ?(?:/ ?h|par heure|a l['’]heure|h)",
  '(?<!\\d)(?:(?<!\\d[ .])\\d{1,3}(?:[ .]\\d{3})+|\\d{4,}) ?(?:km|kilometres?)',
];

const alone = (patterns: readonly string[]): string =>
  `(?<![\\p{L}\\p{N}])(?:${patterns.join('|')})(?![\\p{L}\\p{N}])`;
/** A number may touch it: « 20km ». */
const KM = '(?<!\\p{L})kms?(?![\\p{L}\\p{N}])';
const spaced = (pattern: string): string => pattern.replaceAll(' ?', '\\s*').replaceAll(' ', '\\s+');

const OTHER = new RegExp(spaced(alone(OTHER_MEANINGS)), 'gu');
const OTHER_KM = new RegExp(spaced(`(?:${OTHER_DISTANCES.join('|')})(?![\\p{L}\\p{N}])`), 'gu');
const PLACE = new RegExp(spaced(`${alone(PLACE_WORDS)}|${KM}`), 'gu');

/** Letters that nobody sees, and that would hide a word. */
const INVISIBLE = /[\u00ad\u200b-\u200d\u2060\ufeff]/gu;

/** Without accents or capitals, sign for sign: a place in the one is the same place in the other. */
const folded = (text: string): string =>
  Array.from({ length: text.length }, (_, at) => {
    const base = text[at]!.normalize('NFD')[0]!.toLowerCase();
    return base.length === 1 ? base : text[at]!;
  }).join('');

/** Keeps the places of what follows; joins nothing together. */
const blank = (match: string): string => '\u0001'.repeat(match.length);

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
  return wanted.length === 0
    ? null
    : new RegExp(`(?<![\\p{L}\\p{N}])(?:${wanted.join('|')})(?![\\p{L}\\p{N}])`, 'gu');
}

/**
 * The geographic words of a text, in order: those that may prefer a bidder for where it is (CE, 29 July 1994,
 * no. 131562). Accents, capitals, inflections, no-break spaces and letters that nobody sees are forgiven; whole words
 * only. A lint, no judge: whoever writes may have a reason linked to the object or its execution.
 *
 * @param names names of communes that also count as places, as they are written: « Saint-Berthevin »
 */
export function placeWords(text: string, names: readonly string[] = []): PlaceWord[] {
  const clean = text.normalize('NFKC').replace(INVISIBLE, '');
  const searched = folded(clean).replace(OTHER_KM, blank).replace(OTHER, blank);
  const found = [...searched.matchAll(PLACE)].map(({ index, 0: match }) => [index, match.length] as const);
  const matcher = nameMatcher(names);
  const named = matcher
    ? [...clean.matchAll(matcher)].map(({ index, 0: match }) => [index, match.length] as const)
    : [];
  const apart = named.filter(([at, size]) => !found.some(([from, to]) => at < from + to && from < at + size));
  return [...found, ...apart]
    .sort(([a], [b]) => a - b)
    .map(([at, size]) => ({ word: clean.slice(at, at + size), around: aroundOf(clean, at, at + size) }));
}

/** Whole words, some thirty signs on each side. */
function aroundOf(text: string, from: number, to: number): string {
  const before = /(?:^|(?<=\s))[^]{0,30}$/u.exec(text.slice(0, from))?.[0] ?? '';
  const after = /^[^]{0,30}(?=\s|$)/u.exec(text.slice(to))?.[0] ?? '';
  const cut = { start: from - before.length > 0, end: to + after.length < text.length };
  return `${cut.start ? '… ' : ''}${before}${text.slice(from, to)}${after}${cut.end ? ' …' : ''}`;
}

/** What was written, and where: « le critère 2 du lot 3 », « le CCTP du lot 1 ». */
export interface Wording {
  readonly where: string;
  readonly texts: readonly string[];
  readonly names?: readonly string[];
  /** Why the words are linked to the object or its execution, entered by someone; null: nobody did. */
  readonly motive: string | null;
}

const quoted = (words: readonly PlaceWord[]): string =>
  [...new Set(words.map(({ word }) => `«\u00a0${word}\u00a0»`))].join(', ');

/**
 * @param inCriterion an award criterion blocks until a named person says why; another text only warns
 */
export function wordingCheck({ where, texts, names = [], motive }: Wording, inCriterion: boolean): Check {
  const words = texts.flatMap((text) => placeWords(text, names));
  const base = {
    rule: inCriterion ? 'CRITERION_PLACE_WORDING' : 'PLACE_WORDING',
    article: inCriterion ? 'CCP L2152-7\u00a0; CE, 29\u00a0juillet\u00a01994, n°\u00a0131562' : 'CCP R2111-7',
    figures: { texte: where, 'mots relevés': words.length === 0 ? 'aucun' : quoted(words) },
  };
  const place = where[0]!.toUpperCase() + where.slice(1);
  if (words.length === 0)
    return { ...base, verdict: 'ok', sentence: `${place} ne parle pas du lieu où se trouve un candidat.` };
  if (motive !== null)
    return {
      ...base,
      verdict: 'ok',
      figures: { ...base.figures, motif: motive },
      sentence: `${place} emploie ${quoted(words)}\u00a0: le lien avec l’objet ou l’exécution est motivé.`,
    };
  return inCriterion
    ? {
        ...base,
        verdict: 'block',
        sentence: `${place} emploie ${quoted(words)}\u00a0: un critère ne peut préférer un candidat pour le lieu où il se trouve. Le récrire en ce que le besoin exige (délai, fréquence, fraîcheur), ou inscrire le motif «\u00a0lié à l’objet ou à l’exécution\u00a0».`,
      }
    : {
        ...base,
        verdict: 'warn',
        sentence: `${place} emploie ${quoted(words)}\u00a0: vérifier que rien n’y préfère un candidat pour le lieu où il se trouve, et que cela tient à l’objet ou à l’exécution.`,
      };
}
