import { isDeliveryPlace } from './delivery-place.rules.js';
import { establishmentSpans, type IsCommune } from './establishment.rules.js';
import { FIRMS_FROM_HERE, GAINS_FOR_HERE, TRADES } from './firm-words.rules.js';
import { nameSpans } from './place-names.rules.js';
import {
  alone,
  around,
  blank,
  merged,
  readText,
  type ReadText,
  type Span,
  spaced,
  spansOf,
} from './wording-text.rules.js';

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
  ...FIRMS_FROM_HERE,
  ...GAINS_FOR_HERE,
];

/** Those of the place where one delivers: a delay to get there prefers nobody. */
const DELIVERED_TO = /^(?:departement|region|mayenne|siege)/u;

const PREMISES =
  'techniques?|poubelles?|electriques?|commercia(?:l|ux)|associatifs?|scolaires?|communaux|municipaux|administratifs?|sanitaires?|professionnels?|sportifs?|sociaux|periscolaires?';

/** The same words where they speak of something else: looked for first, and left aside. */
const OTHER_MEANINGS: readonly string[] = [
  // Premises: « nettoyage des locaux », « local technique », but not « des produits locaux » nor « le local d’abord ».
  "(?:les|des|aux|ses|nos|vos|ces|leurs|de|d['’]) locaux",
  `(?:local|locaux) (?:${PREMISES})`,
  "(?:un|le|du|au|ce|chaque|aucun) local (?:de|d['’]|des|du|a|au|aux|pour|ferme|securise)",
  '(?:reseaux?|serveurs?|disques?|anesthesie) loca(?:l|le|ux)',
  // A label of plants, and works that are called so.
  '(?:labels?|marques?) (?:« ?)?vegetal local',
  'vegetal local(?= ?(?:»|®|\\(|,? ?ou equivalent))',
  "(?:publicites?|meteo|radios?|taxes?|histoire|faune|flore|essences?|especes?|signalisation d['’]information) locales?",
  '(?:compteurs?|bornes?|indemnites?|points?|reperes?|releves?|frais|baremes?|autonomie) kilometriques?',
  // The authorities themselves, and the river.
  `(?:conseils? departementa(?:l|ux)|prefectures?|prefet|archives departementales|direction departementale[^.;:!?]{0,40}|territoire d['’]energie|chambres? d['’][\\p{L}’']{1,20}|association des maires) (?:de (?:la )?)?mayenne`,
  "(?:riviere|cours d['’]eau|bassin versant|berges|rives?|halage|barrages?|ecluses?) (?:de )?(?:la )?mayenne",
  // « Mayenne Communauté » buys, save when it is « les entreprises de Mayenne Communauté ».
  `(?<!${TRADES} de )mayenne communaute`,
  '(?:collectivites?|autorites?|elus?|impots?|finances?|fiscalite|democratie|missions?) loca(?:le|les|l|ux)',
  "plans? loca(?:l|ux) d['’]urbanisme",
  '(?:capteur|detecteur)s? de proximite',
  "plans? d['’]implantation",
  `implantations? ${OF}(?:mobiliers?|luminaires?|candelabres?|poteaux|equipements?|materiels?|reseaux|bornes?|jeux|panneaux|ouvrages?|plantations?|arbres?|massifs?|fondations?)`,
  'implants',
  // Chairs: « sièges de bureau », « siège auto ».
  `sieges(?! (?:sociaux|${OF}?${FIRM}))`,
  'siege (?:de bureau|de travail|de chantier|de tracteur|de conduite|(?:[\\p{L}-]{1,20} ){1,3}ergonomique|auto|enfant|bebe|ergonomique|pivotant|visiteur|conducteur|passager|chauffant|inclinable|reglable|bas|haut|de toilettes?|suspendu|coque|de liffol)',
  '(?:conseils?|services?|routes?|voies?|voiries?|assemblees?|reglements?|directions?|archives|laboratoires?|musees?|presse|journa(?:l|ux)) (?:departementa(?:l|le|les|ux)|regiona(?:l|le|les|ux))',
  'regions? (?:lombaire|cervicale|dorsale)s?',
  // Who pays a part of it.
  '(?:subvention|aide|financement|cofinancement|participation)s? (?:de|du|par) (?:la |le )?(?:region|departement)',
  'rayons? (?:x|uv|ultraviolets?|infrarouges?|laser|solaires?|lumineux|de braquage|de courbure|de giration)',
  // The radius of a bend, the shelves of a library: no circle around the town hall.
  'rayons? (?:de |: ?)?(?:\\d{1,2}(?:[.,]\\d{1,2})? ?(?:m|metres?)|\\d{1,4} ?(?:cm|mm))',
  'rayons? (?:jeunesse|adultes?|livres|bandes dessinees|frais|boucherie)',
  "(?:a|en) distance(?! d['’e])",
  "distances? (?:de|d['’])? ?(?:freinage|arret|securite|visibilite|lecture|focale|plantation)",
  'distances? entre (?:les |deux )?(?:rangs|plants|poteaux|lampadaires|supports|appuis|barreaux)',
];

/** Per kilometre, kilometres per hour, the life of an engine: no distance to a bidder. A sign or a number may begin it. */
const OTHER_DISTANCES: readonly string[] = [
  '(?:/ ?|au |par |aux 100 )(?:km|kilometres?)(?! (?:de|du|des))',
  "(?:km|kilometres?) ?(?:/ ?h|par heure|a l['’]heure|h)",
  '(?<!\\d)(?:(?<!\\d[ .])\\d{1,3}(?:[ .]\\d{3})+|\\d{4,}) ?(?:km|kilometres?)',
  // The length of the works: « curage de 12 km de fossés ».
  "(?:km|kilometres?) (?:de |d[’'])(?:voiries?|voies|fosses|reseaux?|canalisations?|haies|chemins|cables?|berges|accotements|pistes|trottoirs|clotures?|collecteurs?)",
];

/** A number may touch it: « 20km ». */
const KM = '(?<!\\p{L})kms?(?![\\p{L}\\p{N}])';

const OTHER = new RegExp(spaced(alone(OTHER_MEANINGS)), 'gu');
const OTHER_KM = new RegExp(spaced(`(?:${OTHER_DISTANCES.join('|')})(?![\\p{L}\\p{N}])`), 'gu');
const PLACE = new RegExp(spaced(`${alone(PLACE_WORDS)}|${KM}`), 'gu');
/** « 53100 MAYENNE » is the end of an address. */
const POSTCODE = /(?<!\d)\d{2}\s?\d{3}\s{1,3}$/u;

/** Where a text may speak of the place of a bidder, in order. @param names see {@link placeWords} */
export function placeSpans(
  read: ReadText,
  names: readonly string[],
  isCommune: IsCommune | null = null,
): Span[] {
  const searched = read.searched.replace(OTHER_KM, blank).replace(OTHER, blank);
  const words = spansOf(PLACE, searched).filter(
    ({ at, end }) =>
      !POSTCODE.test(searched.slice(Math.max(0, at - 10), at)) &&
      !(DELIVERED_TO.test(searched.slice(at, end)) && isDeliveryPlace(searched, at, true)),
  );
  const named = nameSpans(read, names).filter(({ at }) => !isDeliveryPlace(searched, at));
  return merged([...words, ...named, ...establishmentSpans(read, isCommune)]);
}

/**
 * The geographic words of a text, in order: those that may prefer a bidder for where it is (CE, 29 July 1994,
 * no. 131562). Accents, capitals, inflections, no-break spaces and letters that nobody sees are forgiven; whole words
 * only; addresses are left aside. A lint, no judge: whoever writes may have a reason linked to the object or its
 * execution.
 *
 * @param names names of communes that also count as places, as they are written: « Saint-Berthevin »
 */
export function placeWords(text: string, names: readonly string[] = []): PlaceWord[] {
  const read = readText(text);
  return placeSpans(read, names).map((span) => {
    const word = read.clean.slice(span.at, span.end);
    const { before, after } = around(read, span);
    return { word, around: `${before}${word}${after}` };
  });
}
