import { alone, merged, type ReadText, type Span, spaced, spansOf } from './wording-text.rules.js';

const PRODUCT =
  '(?:produits?|denrees?|viandes?(?: (?:bovines?|porcines?|ovines?|de boeuf|de porc))?|volailles?|boeuf|porc|agneau|veau|poulets?|dinde|legumes?|fruits?|pommes?|lait|oeufs?|miel|farines?|ble|bois|pierres?|granits?|acier|mobiliers?|textiles?|vetements?|fabrications?|productions?|provenance|fabricants?)';

/**
 * Products from a named country or soil, in text without accents or capitals (CCP R2111-7: « provenance ou origine
 * déterminée »). Production inside the Union is not here: L2112-4 allows it for a motive, by a lever of its own.
 */
const ORIGINS: readonly string[] = [
  'made in france',
  `${PRODUCT} (?:100 ?% )?francaise?s?`,
  `(?:fabriquee?s?|produite?s?|elevee?s?|cultivee?s?|conditionnee?s?|transformee?s?|nee?s?|recoltee?s?)(?: (?:et|,) (?:elevee?s?|abattue?s?|transformee?s?))? en (?:france|bretagne|normandie|anjou)`,
  "(?:provenance|provenant|issue?s?|originaires?) (?:de |d['’])(?:la )?(?:france|bretagne|normandie|anjou|sarthe|orne)",
  'granits? (?:bretons?|du tarn|du sidobre|de chine|du portugal)',
  'ardoises? (?:espagnoles?|angevines?)',
  "ardoises? d['’](?:espagne|angers)",
  'bois (?:de france|des vosges)',
];

/**
 * Names protected as AOP or IGP, or of a label rouge. « AOP », « IGP », « label rouge » and « agriculture biologique »
 * alone are labels (R2111-12 and following) and name nobody's soil; « moutarde de Dijon », « saucisses de Strasbourg »,
 * « savon de Marseille » are recipes made anywhere.
 */
const PROTECTED_NAMES: readonly string[] = [
  "camemberts? de normandie|bries? de (?:meaux|melun)|reblochons?|roquefort|saint-nectaire|bleu d['’]auvergne|fourme d['’]ambert|munster|epoisses|livarot|pont-l['’]eveque|ossau-iraty|maroilles|chaource|selles-sur-cher|sainte-maure de touraine|crottins? de chavignol|rocamadour|picodons?|pelardons?|brocciu|morbier|bleu de gex|gruyere|(?:emmental|tommes?|raclette) de savoie|tome des bauges|parmesan|parmigiano reggiano|feta|mozzarella di bufala|gorgonzola|manchego",
  "jambon de (?:bayonne|parme)|piment d['’]espelette|noix (?:de grenoble|du perigord)|lentilles? vertes? du (?:puy|berry)|beurre (?:d['’]isigny|charentes-poitou|de bresse)|creme d['’]isigny|pruneaux? d['’]agen|pommes? du limousin|riz de camargue|(?:fleur de )?sel de guerande|huile d['’]olive de (?:nyons|provence)|cocos? de paimpol|melons? du quercy|fraises? du perigord|ail (?:rose de lautrec|blanc de lomagne)|oignons? de roscoff|mache nantaise|saucisses? de (?:morteau|montbeliard)",
  '(?:volailles?|poulets?|pintades?|oeufs?) (?:fermiers? |fermieres? )?de (?:loue|bresse|challans|janze|ancenis)|boeuf (?:du maine|de chalosse|de bazas|de charolles)|porc de la sarthe|agneau (?:de sisteron|du quercy|du limousin|de lozere|de pauillac)|veau du limousin',
  "muscadet|cidre (?:de normandie|de bretagne)|cognac|armagnac|vins? (?:de |d['’])(?:bordeaux|bourgogne|loire|anjou|alsace)",
  'granits? de bretagne|pierres? de bourgogne|porcelaine de limoges|sieges? de liffol|linge basque|dentelle de calais',
];

/** « comté » and « champagne » are told from « comte », « Champagné » by their accents, and from regions. */
const ACCENTED = /(?<![\p{L}\p{N}-])(?:comté|champagne)(?![\p{L}\p{N}]|\s?-\s?ardenne)/giu;

const ORIGIN = new RegExp(spaced(alone(ORIGINS)), 'gu');
const PROTECTED = new RegExp(spaced(alone(PROTECTED_NAMES)), 'gu');

/** Where products are asked for from a country or a soil: nothing beside it makes that neutral. */
export const originSpans = ({ searched }: ReadText): Span[] => spansOf(ORIGIN, searched);

/** Where a protected name is written. */
export const protectedSpans = ({ clean, searched }: ReadText): Span[] =>
  merged([...spansOf(PROTECTED, searched), ...spansOf(ACCENTED, clean)]);
