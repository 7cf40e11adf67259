import { TERRITORY } from './firm-words.rules.js';
import { alone, type ReadText, type Span, spaced, spansOf } from './wording-text.rules.js';

/** Whether a name is that of a commune, accents and hyphens forgiven. */
export type IsCommune = (name: string) => boolean;

/** Those that a bidder has. */
const OWN =
  "agences?(?! (?:postales?|regionales?|nationales?|departementales?|de l['’]))|antennes?(?! (?:relais|wifi|tv|radio))|succursales?|entrepots?|points? de vente|representants?|filiales?|depots?(?! (?:sauvages?|legal|des|d['’] ?offres?|de (?:garantie|plainte|bilan|pain|dossiers?|dechets|gerbes?)|communa\\p{L}+|municipa\\p{L}+))";
/** Those that a buyer may have too: a bidder’s where one is named beside. */
const SHARED =
  'ateliers?|bureaux?|locaux|magasins?|garages?|usines?|boutiques?|comptoirs?|plateformes?|etablissements?|implantations?|installations?|siege(?: social)?';
const SEATED = 'basee?s?|domiciliee?s?|implantee?s?|etablie?s?';
/** « jeux installés à Laval » are no bidder. */
const PLACED = 'installee?s?|situee?s?|localisee?s?';

const BIDDER =
  '(?:titulaires?|attributaires?|candidats?|soumissionnaires?|entreprises?|prestataires?|fournisseurs?|societes?|artisans?|operateurs?|producteurs?)';
const HAS = '(?:dispos\\p{L}+|posse\\p{L}+|justifi\\p{L}+|detien\\p{L}+|ayant|avoir|exploite\\p{L}*)';
const BUYER =
  /(?<!\p{L})(?:communes?|ville|mairies?|collectivites?|acheteurs?|agglomeration|communaute|membres?|municipa\p{L}+|communa(?:l|le|les|ux)|coordonnateur|ecoles?|scolaires?)(?!\p{L})/u;

const ESTABLISHMENT = new RegExp(spaced(alone([OWN, SHARED, SEATED, PLACED])), 'gu');
const whole = (words: string): RegExp => new RegExp(`^(?:${spaced(words)})$`, 'u');
const IS_SHARED = whole(SHARED);
const IS_PLACED = whole(PLACED);
const HOLDER = new RegExp(alone([BIDDER, HAS]), 'u');
const HELD = new RegExp(
  spaced(`(?:${alone([BIDDER])}|${alone([OWN, SHARED])})(?: [\\p{L}’'-]{1,20}){0,2} $`),
  'u',
);
const BIDDER_AFTER = new RegExp(spaced(`^ (?:du|de la|de l['’]|des|d['’]un|d['’]une) ?${BIDDER}`), 'u');

/** What stands between an establishment and its place: a few words, and nothing that is done elsewhere. */
const ELSEWHERE =
  /livr|interven|chantier|travaux|prestation|commande|reunion|reception|mairie|ecole|depannage|rendu/u;
const A_FEW_WORDS = /^(?:\s+[\p{L}\d’',-]{1,20}){0,5}$/u;
const PLACE = new RegExp(
  spaced(
    ` (?:(a|aux?|sur|vers|pres d[eu]|autour d[eu]|dans|au sein de|hors de|de|du) |((?:(?:pres|autour) )?d['’]) ?)`,
  ),
  'gu',
);
const LAND = new RegExp(
  spaced(
    `(?:la |le |les |l['’] ?|notre |nos |son |cette |un |une |d['’]une )?${TERRITORY}(?![\\p{L}\\p{N}])`,
  ),
  'uy',
);
const NAME = /(?:[LlDd]['’]\s?|L[ae]s?\s)?\p{L}{1,30}(?:(?:\s|-|['’]\s?)\p{L}{1,30}){0,6}/uy;
/** Communes that are ordinary words: « BASÉ EN VILLE ». */
const WORDS = /^(?:ville|bourg|bio|vert|son|mer|port|pont|bois|bar|us|by|rue|place|termes)$/iu;

/** The end of a sentence: nothing passes it. */
const STOP = /[.;:!?\n]/u;
const REACH = 60;
const lastPart = (text: string): string => text.split(STOP).at(-1)!;
const firstPart = (text: string): string => text.split(STOP)[0]!;

/**
 * Where an establishment of a bidder is asked for: « un dépôt à Laval », « atelier du titulaire sur le territoire ».
 *
 * @param isCommune null: only territories count, no name
 */
export function establishmentSpans(read: ReadText, isCommune: IsCommune | null): Span[] {
  return spansOf(ESTABLISHMENT, read.searched).flatMap(({ at, end }) => {
    const before = lastPart(read.searched.slice(Math.max(0, at - REACH), at));
    const after = firstPart(read.searched.slice(end, end + REACH));
    if (!isBidders(read.searched.slice(at, end), before, after)) return [];
    const place = placeAfter(read, end, after, isCommune);
    return place ? [place] : [];
  });
}

function isBidders(word: string, before: string, after: string): boolean {
  if (IS_PLACED.test(word)) return HELD.test(before) && !BUYER.test(before);
  if (!IS_SHARED.test(word)) return true;
  return BIDDER_AFTER.test(after) || (HOLDER.test(before) && !BUYER.test(before));
}

function placeAfter(
  { searched, clean }: ReadText,
  from: number,
  after: string,
  isCommune: IsCommune | null,
): Span | null {
  for (const match of after.matchAll(PLACE)) {
    const between = after.slice(0, match.index);
    if (!A_FEW_WORDS.test(between) || ELSEWHERE.test(between)) return null;
    const at = from + match.index + match[0].length;
    const link = match[1] ?? match[2]!;
    const direct = /^(?:de|du|d['’])$/u.test(link);
    // « dépôt de Laval », but not « agence chargée de Mayenne ».
    if (direct && match.index > 0) continue;
    LAND.lastIndex = at;
    const land = direct ? null : LAND.exec(searched);
    if (land) return { at, end: at + land[0].length };
    const length = isCommune ? communeLength(clean, at, link, isCommune) : 0;
    if (length > 0) return { at, end: at + length };
  }
  return null;
}

/** Of the longest name of a commune that begins there; 0: none does. */
function communeLength(clean: string, at: number, link: string, isCommune: IsCommune): number {
  NAME.lastIndex = at;
  const found = NAME.exec(clean)?.[0];
  if (!found) return 0;
  // « au Mans » is in Le Mans, « aux Sables » in Les Sables.
  const article = /(?:^au|du)$/u.test(link) ? 'Le ' : link === 'aux' ? 'Les ' : '';
  const ends = [...found.matchAll(/(?<=\p{L})(?=[\s'’-]|$)/gu)].map(({ index }) => index);
  for (const end of ends.reverse()) {
    const name = found.slice(0, end);
    // Without its capital, a name is told only after « à », and when it is long enough to be no other word.
    if (!/\p{Lu}/u.test(name[0]!) && (link !== 'a' || name.length < 5)) continue;
    if (WORDS.test(name) || /^-?\p{L}/u.test(clean.slice(at + end, at + end + 2))) continue;
    if (isCommune(article + name)) return name.length;
  }
  return 0;
}
