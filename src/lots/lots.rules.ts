/** Nature of what a lot buys: thresholds differ for works. */
export const LOT_FAMILIES = ['fournitures', 'services', 'travaux'] as const;
export type LotFamily = (typeof LOT_FAMILIES)[number];

/** Bons de commande, marchés subséquents, both (R2162-2, R2162-3), or a plain contract. */
export const CONTRACT_FORMS = ['bons_de_commande', 'marches_subsequents', 'mixte', 'ordinaire'] as const;
export type ContractForm = (typeof CONTRACT_FORMS)[number];

/** VAT rates in force in metropolitan France, Corsica and overseas departments, in percent. */
export const VAT_RATES = ['20', '10', '5.5', '2.1', '0', '0.9', '13', '8.5', '1.75', '1.05'] as const;

/** French words for the usual codes of UN/ECE recommendations 20 (measures) and 21 (packages, with an X before). */
const UNIT_LABELS: Readonly<Record<string, string>> = {
  C62: 'unité',
  H87: 'pièce',
  EA: 'unité',
  SET: 'lot',
  PR: 'paire',
  DZN: 'douzaine',
  CEN: 'centaine',
  MIL: 'millier',
  KGM: 'kilogramme',
  GRM: 'gramme',
  TNE: 'tonne',
  LTR: 'litre',
  MLT: 'millilitre',
  HLT: 'hectolitre',
  MTR: 'mètre',
  KMT: 'kilomètre',
  CMT: 'centimètre',
  MTK: 'm²',
  HAR: 'hectare',
  MTQ: 'm³',
  HUR: 'heure',
  DAY: 'jour',
  WEE: 'semaine',
  MON: 'mois',
  ANN: 'année',
  KWH: 'kWh',
  MWH: 'MWh',
  E48: 'prestation',
  LS: 'forfait',
  XBG: 'sac',
  XBJ: 'seau',
  XBX: 'carton',
  XCT: 'carton',
  XBO: 'bouteille',
  XCA: 'bidon',
  XDR: 'fût',
  XRO: 'rouleau',
  XPK: 'paquet',
  XPX: 'palette',
  XPA: 'paquet',
  XRM: 'ramette',
  XST: 'feuille',
  XBE: 'botte',
  XBL: 'balle',
  XPT: 'pot',
  XTU: 'tube',
};

/** « sac » for XBG; the code itself where no word is known. */
export const unitLabel = (code: string): string => UNIT_LABELS[code] ?? code;

/** UN/ECE codes are two or three capitals or digits. */
export const isUnitCode = (text: string): boolean => /^[A-Z0-9]{2,3}$/.test(text);

/** "34927100-3" → "34927100": the check digit is dropped, as DECP and eForms prefer. */
export const cpvWithoutCheckDigit = (text: string): string | null =>
  /^(\d{8})(-\d)?$/.exec(text)?.[1] ?? null;

/** Accords-cadres, by the forms of their orders: they have a maximum and a limit of duration; a plain contract has not. */
export const isFramework = (form: ContractForm): boolean => form !== 'ordinaire';
