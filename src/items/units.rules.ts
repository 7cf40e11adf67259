/** A unit of UN/ECE recommendation 20 (measures) or 21 (packages, whose codes bear an X in front), as French people say it. */
export interface Unit {
  readonly code: string;
  readonly singular: string;
  readonly plural: string;
  /** What people write for it, besides its code and its two names: capitals, accents and a final point do not count. */
  readonly synonyms: readonly string[];
}

const unit = (code: string, singular: string, plural: string, ...synonyms: string[]): Unit => ({
  code,
  singular,
  plural,
  synonyms,
});

/**
 * The units that communes buy in. The package codes and the less usual measures were read again in published copies of
 * recommendations 20 and 21; XRM, which older catalogues used for a ream, is in neither and means RM.
 */
export const UNITS: readonly Unit[] = [
  unit('C62', 'unité', 'unités', 'u', 'un', 'unit', 'article', 'exemplaire', 'ex'),
  unit('H87', 'pièce', 'pièces', 'pce', 'pces', 'pc', 'pcs'),
  unit('EA', 'unité', 'unités', 'chacun'),
  unit('SET', 'lot', 'lots', 'jeu', 'jeux', 'ensemble', 'ensembles', 'ens'),
  unit('KT', 'kit', 'kits'),
  unit('PR', 'paire', 'paires'),
  unit('DZN', 'douzaine', 'douzaines', 'dz', 'douz'),
  unit('CEN', 'centaine', 'centaines', 'cent'),
  unit('MIL', 'millier', 'milliers', 'mille'),
  unit('GRM', 'gramme', 'grammes', 'g', 'gr'),
  unit('KGM', 'kilogramme', 'kilogrammes', 'kg', 'kgs', 'kilo', 'kilos'),
  unit('DTN', 'quintal', 'quintaux', 'q', 'qx'),
  unit('TNE', 'tonne', 'tonnes', 't', 'to', 'tonne métrique'),
  unit('MLT', 'millilitre', 'millilitres'),
  unit('CLT', 'centilitre', 'centilitres', 'cl'),
  unit('LTR', 'litre', 'litres', 'l', 'lt'),
  unit('HLT', 'hectolitre', 'hectolitres', 'hl'),
  unit('MMT', 'millimètre', 'millimètres', 'mm'),
  unit('CMT', 'centimètre', 'centimètres', 'cm'),
  unit('MTR', 'mètre', 'mètres', 'm', 'ml', 'mètre linéaire', 'mètres linéaires', 'm lin', 'LM'),
  unit('KMT', 'kilomètre', 'kilomètres', 'km'),
  unit('MTK', 'm²', 'm²', 'm2', 'mètre carré', 'mètres carrés', 'mq'),
  unit('ARE', 'are', 'ares'),
  unit('HAR', 'hectare', 'hectares', 'ha'),
  unit('MTQ', 'm³', 'm³', 'm3', 'mètre cube', 'mètres cubes'),
  unit('MIN', 'minute', 'minutes', 'mn'),
  unit('HUR', 'heure', 'heures', 'h', 'hr', 'hrs'),
  unit('DAY', 'jour', 'jours', 'j', 'journée', 'journées'),
  unit('WEE', 'semaine', 'semaines', 'sem'),
  unit('MON', 'mois', 'mois'),
  unit('QAN', 'trimestre', 'trimestres', 'trim'),
  unit('SAN', 'semestre', 'semestres'),
  unit('ANN', 'année', 'années', 'an', 'ans'),
  unit('KWT', 'kW', 'kW', 'kilowatt', 'kilowatts'),
  unit('KWH', 'kWh', 'kWh', 'kilowattheure', 'kilowattheures', 'kilowatt-heure'),
  unit('MWH', 'MWh', 'MWh', 'mégawattheure', 'mégawattheures', 'mégawatt-heure'),
  unit('E23', 'pneu', 'pneus'),
  unit('E48', 'prestation', 'prestations', 'presta', 'intervention', 'interventions', 'passage', 'passages'),
  unit('E54', 'trajet', 'trajets', 'déplacement', 'déplacements'),
  unit('LS', 'forfait', 'forfaits', 'ft', 'ff', 'fft', 'forf', 'forfaitaire'),
  unit('IE', 'personne', 'personnes', 'pers'),
  unit('Q3', 'repas', 'repas'),
  unit('RM', 'ramette', 'ramettes', 'rame', 'rames', 'XRM'),
  unit('XBG', 'sac', 'sacs'),
  unit('X43', 'big bag', 'big bags', 'big-bag', 'big-bags', 'bigbag', 'bigbags'),
  unit('XSH', 'sachet', 'sachets'),
  unit('XBJ', 'seau', 'seaux'),
  unit('XBX', 'boîte', 'boîtes', 'bte', 'btes'),
  unit('XCT', 'carton', 'cartons', 'ctn', 'crt'),
  unit('XCR', 'caisse', 'caisses', 'cagette', 'cagettes'),
  unit('XPA', 'paquet', 'paquets', 'pqt', 'pqts'),
  unit('XPK', 'colis', 'colis', 'pack', 'packs'),
  unit('XPX', 'palette', 'palettes', 'pal'),
  unit('XBO', 'bouteille', 'bouteilles', 'flacon', 'flacons', 'btl', 'bt'),
  unit('XGB', 'bouteille de gaz', 'bouteilles de gaz'),
  unit('XAE', 'aérosol', 'aérosols', 'bombe', 'bombes'),
  unit('XCQ', 'cartouche', 'cartouches'),
  unit('XCA', 'bidon', 'bidons', 'bid'),
  unit('XJY', 'jerrican', 'jerricans', 'jerrycan', 'jerrycans'),
  unit('XDR', 'fût', 'fûts', 'tonneau', 'tonneaux'),
  unit('XWA', 'GRV', 'GRV', 'IBC', 'cubitainer', 'cubitainers'),
  unit('XRO', 'rouleau', 'rouleaux', 'rlx', 'rl'),
  unit('XRL', 'bobine', 'bobines', 'touret', 'tourets'),
  unit('XST', 'feuille', 'feuilles', 'plaque', 'plaques'),
  unit('XBE', 'botte', 'bottes', 'fagot', 'fagots'),
  unit('XBL', 'balle', 'balles'),
  unit('XPT', 'pot', 'pots'),
  unit('XPU', 'plateau', 'plateaux', 'barquette', 'barquettes'),
  unit('XTU', 'tube', 'tubes'),
  unit('XBR', 'barre', 'barres'),
];

const BY_CODE = new Map(UNITS.map((known) => [known.code, known]));

/** Signs that mean one unit only as they are written: « mL » is a volume, while « ml » is the linear metre of works. */
const AS_WRITTEN: Readonly<Record<string, string>> = { mL: 'MLT' };

const folded = (text: string): string =>
  text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replaceAll('\u0153', 'oe')
    .replace(/[\s\u00a0\u202f_-]+/g, ' ')
    .replace(/\.+$/, '')
    .trim()
    .toLowerCase();

const BY_NAME = new Map<string, Unit>();
for (const known of UNITS)
  for (const name of [known.code, known.singular, known.plural, ...known.synonyms])
    if (!BY_NAME.has(folded(name))) BY_NAME.set(folded(name), known);

/** The unit of that code; undefined when it is not one of ours. */
export const unitOf = (code: string): Unit | undefined => BY_CODE.get(code);

/**
 * The word to show for what is written in a catalogue: « sac » for XBG; what people wrote in words stays as they wrote it.
 */
export const unitLabel = (text: string): string =>
  (BY_CODE.get(text) ?? BY_ALIAS.get(text))?.singular ?? text;

/** Codes that catalogues of earlier versions accepted without their being in the recommendations. */
const BY_ALIAS = new Map([['XRM', BY_CODE.get('RM')!]]);

export type UnitReading =
  | { readonly ok: true; readonly unit: Unit }
  /** Nearest first, three at most; empty when nothing resembles it. */
  | { readonly ok: false; readonly suggestions: readonly Unit[] };

/** Reads a unit as people write it: « sacs », « T », « m2 », « Forfait », « XBG ». */
export function readUnit(text: string): UnitReading {
  const written = text.trim();
  const exact = BY_CODE.get(written) ?? BY_CODE.get(AS_WRITTEN[written] ?? '');
  const known = exact ?? BY_NAME.get(folded(written));
  return known ? { ok: true, unit: known } : { ok: false, suggestions: suggestionsFor(folded(written)) };
}

/** The code of what people wrote; null when it is no unit that we know. */
export function unitCodeOf(text: string): string | null {
  const reading = readUnit(text);
  return reading.ok ? reading.unit.code : null;
}

/** « tonne (TNE), sac (XBG) ». */
export const namedUnits = (units: readonly Unit[]): string =>
  units.map(({ singular, code }) => `${singular} (${code})`).join(', ');

/** What is wrong with a unit, and what to write: for the row of a file as for a request. */
export function unknownUnit(
  text: string,
  suggestions: readonly Unit[],
): [problem: string, correction: string] {
  const near = suggestions.length > 0 ? suggestions : COMMON.map((code) => BY_CODE.get(code)!);
  return [
    `unité inconnue «\u00a0${text.trim()}\u00a0»`,
    suggestions.length > 0
      ? `écrire ${namedUnits(near)}\u00a0? Le conditionnement («\u00a025\u00a0kg\u00a0») va dans la désignation`
      : `écrire une unité connue, par exemple ${namedUnits(near)}`,
  ];
}

const COMMON = ['C62', 'TNE', 'XBG', 'LTR', 'MTR', 'LS'];
const MAX_SUGGESTIONS = 3;

/** First the units named by a word of the text (« sacs de 25 »), then those one or two letters away. */
function suggestionsFor(text: string): Unit[] {
  if (text === '') return [];
  // Longer names first: « bouteille de gaz 13 kg » is that before it is a kilogram.
  const named = [...BY_NAME]
    .filter(([name]) => name.length > 1 && ` ${text} `.includes(` ${name} `))
    .sort(([a], [b]) => text.indexOf(a) - text.indexOf(b) || b.length - a.length)
    .map(([, known]) => known);
  const near = [...BY_NAME]
    .map(([name, known]) => ({ known, name, away: distance(text, name) }))
    .filter(({ name, away }) => away <= (name.length > 5 ? 2 : name.length > 2 ? 1 : 0))
    .sort((a, b) => a.away - b.away)
    .map(({ known }) => known);
  return [...new Set([...named, ...near])].slice(0, MAX_SUGGESTIONS);
}

/** Levenshtein's; a text far longer than any name is not measured. */
function distance(a: string, b: string): number {
  if (Math.abs(a.length - b.length) > 2) return Infinity;
  let row = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1)
      next.push(Math.min(row[j]! + 1, next[j - 1]! + 1, row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1)));
    row = next;
  }
  return row[b.length]!;
}
