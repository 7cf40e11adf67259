import { type ReadText, type Span, around } from './wording-text.rules.js';

/** What a wording speaks of: where a bidder is, a maker, or where a product comes from. */
export type WordingKind = 'place' | 'brand' | 'origin';

/** Where a text is read: what is written there, and so what may be written instead. */
export type TextKind =
  'title' | 'criterion' | 'tie_rule' | 'specification' | 'motive' | 'price_formula' | 'free_text';

const quoted = (words: string): string => `«\u00a0${words}\u00a0»`;

export const ESTABLISHMENT = 'CE, 29\u00a0juillet\u00a01994, n°\u00a0131562';
export const SPECIFICATIONS = 'CCP R2111-7';

/** The texts that a wording meets, in an award criterion or elsewhere. */
export function articleOf(kind: WordingKind, inCriterion: boolean): string {
  if (kind === 'place') return `${inCriterion ? 'CCP L2152-7' : 'CCP L3'}\u00a0; ${ESTABLISHMENT}`;
  return inCriterion ? 'CCP L2152-7 et R2111-7' : SPECIFICATIONS;
}

/** What a name lacks: « ou équivalent », or what stands there and is not the words of the code. */
export interface Lack {
  readonly nearly: string | null;
}

/** Why it is told, in one sentence. @param lack null where « ou équivalent » would change nothing */
export function reasonOf(kind: WordingKind, word: string, lack: Lack | null): string {
  if (kind === 'place')
    return `${quoted(word)} parle du lieu où se trouve un candidat\u00a0: nul n’est préféré pour ce lieu, sauf lien avec l’objet ou l’exécution.`;
  if (lack === null)
    return `${quoted(word)} fixe une provenance ou une origine\u00a0: permis seulement si l’objet du marché le justifie.`;
  if (lack.nearly !== null)
    return `${quoted(lack.nearly.replace(/^[\s(,]+|\)$/gu, ''))} ne suffit pas après ${quoted(word)}\u00a0: les termes du code sont «\u00a0ou équivalent\u00a0».`;
  const fact =
    kind === 'origin'
      ? 'fixe une provenance ou une origine'
      : 'fait référence à une marque, à un brevet ou à un type';
  return `${quoted(word)} ${fact}\u00a0: permis si l’objet du marché le justifie ou, faute de description précise possible, suivi de «\u00a0ou équivalent\u00a0».`;
}

const DISTANCE = /^(?:kms?|kilomet|rayon|distance|eloign|minute|mn|min|heure|h |temps)/u;
const FOOD =
  /(?:^|[^a-z])(?:produits?|fruits?|legumes?|viandes?|volailles?|pains?|lait|repas|denrees?|aliment\p{L}*|producteurs?|boeufs?|porc|poulets?|agneau|ble|farines?|pommes?|maraich\p{L}*|fromages?|terroirs?|miel|oeufs?|cantines?|restauration)(?:$|[^a-z])/u;
const TERRITORY = /^(?:\p{L}*depart|\p{L}*region|mayenn|lavallois)/u;

const SERVICE = [quoted('intervention en moins de 2\u00a0h')];
const DELIVERY = [quoted('délai de livraison\u00a0: 3\u00a0jours ouvrés')];
const FRESHNESS = [
  quoted('nombre d’intermédiaires entre le producteur et l’acheteur'),
  quoted('livrés moins de 48\u00a0h après la récolte'),
];

const DELIVERED = /(?:^|[^a-z])livr(?:aison|e)/u;
/** Of a text that asks nothing of the execution, a delay would be no rewording. */
const BY_USE: Partial<Readonly<Record<TextKind, readonly string[]>>> = {
  title: [
    `ce qui est acheté, sans dire de qui\u00a0: ${quoted('fournitures de bureau')}`,
    quoted('travaux de voirie'),
  ],
  tie_rule: [
    quoted('l’offre la mieux notée au critère de plus fort poids l’emporte'),
    quoted('les lots sont attribués dans l’ordre de préférence du candidat'),
  ],
  motive: ['ce que le besoin exige\u00a0: technique, coût, délai, amortissement'],
  price_formula: [quoted('indice publié par l’Insee')],
};

/** What may be written instead of a place: what the need really asks for. */
export function placeRewordings({ plain }: ReadText, { at, end }: Span, use: TextKind): string[] {
  const given = BY_USE[use];
  if (given) return [...given];
  const word = plain.slice(at, end);
  const near = plain.slice(Math.max(0, at - 60), end + 60);
  if (FOOD.test(near)) return DISTANCE.test(word) ? FRESHNESS.slice(1) : FRESHNESS;
  // A text that speaks of a delivery needs no delay of delivery instead.
  const delivery = DELIVERED.test(near) ? [] : DELIVERY;
  if (TERRITORY.test(word)) return [...delivery, quoted('livraison sur les sites de l’annexe')];
  return [...SERVICE, ...delivery];
}

/** What may be written instead of an origin. */
export const originRewordings = ({ plain }: ReadText, { at, end }: Span): string[] =>
  FOOD.test(plain.slice(Math.max(0, at - 60), end + 60))
    ? FRESHNESS.slice(1)
    : [quoted('performances mesurées selon une norme, ou équivalent')];

/**
 * The text itself, « ou équivalent » in it.
 *
 * @param last where the enumeration ends that the name begins: « Stihl, Husqvarna ou équivalent »
 * @param nearly what stands there, and goes: « (ou similaire) »
 */
export function withEquivalent(read: ReadText, { at }: Span, last: number, nearly: string | null): string {
  const { before } = around(read, { at, end: last });
  const { after } = around(read, { at, end: last + (nearly?.length ?? 0) });
  return quoted(`${before}${read.clean.slice(at, last)} ou équivalent${after}`);
}
