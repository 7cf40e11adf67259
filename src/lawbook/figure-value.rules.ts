import type { FigureRule, FigureUnit } from '../law/figure.js';
import { formatDecimal, parseDecimal } from '../money/decimal.js';

/** Cents of a euro, hundredths of a percent. */
const SCALE = 2;
const DECIMAL = /^(?:0|[1-9]\d{0,9})(?:\.\d{1,2})?$/;
const WHOLE = /^[1-9]\d{0,8}$/;

/** Beyond, a figure was typed wrong: it would stand for ever, for none is removed. */
const MOST: Readonly<Record<FigureUnit, bigint>> = {
  euros: 10n ** 12n,
  percent: 10_000n,
  years: 100n,
  months: 1_200n,
  days: 3_660n,
  inhabitants: 100_000_000n,
  duty: 1n,
};

const isDecimal = (unit: FigureUnit): boolean => unit === 'euros' || unit === 'percent';

/** A figure as programs read it: 6000000n cents is "60000.00", 2000n hundredths of a percent "20.00", 30n days "30". */
export const valueText = (unit: FigureUnit, value: bigint): string =>
  isDecimal(unit) ? formatDecimal(value, SCALE, SCALE) : value.toString();

/**
 * The value that a text gives in the unit of a figure, in its smallest part; null for what is none: zero, but for a duty,
 * or more than such a figure can be.
 */
export function readValue(
  { unit, most = MOST[unit] }: Pick<FigureRule, 'unit' | 'most'>,
  text: string,
): bigint | null {
  const value = valueIn(unit, text);
  return value === null || value > most ? null : value;
}

function valueIn(unit: FigureUnit, text: string): bigint | null {
  if (unit === 'duty') return text === '1' || text === '0' ? BigInt(text) : null;
  if (!isDecimal(unit)) return WHOLE.test(text) ? BigInt(text) : null;
  const value = DECIMAL.test(text) ? parseDecimal(text, SCALE) : 0n;
  return value > 0n ? value : null;
}

const decimal = (what: string, example: string): string =>
  `${what} est attendu, supérieur à 0, écrit en chiffres avec un point et deux décimales au plus, par exemple "${example}".`;
const whole = (what: string, example: string): string =>
  `Un nombre entier ${what} est attendu, supérieur à 0, écrit en chiffres, par exemple "${example}".`;

/** What to write, for each unit. */
export const VALUE_SENTENCES: Readonly<Record<FigureUnit, string>> = {
  euros: decimal('Un montant en euros HT', '60000.00'),
  percent: decimal('Un taux en pour cent, 100 au plus d’un tout,', '20.00'),
  years: whole('d’années', '4'),
  months: whole('de mois', '2'),
  days: whole('de jours, dix ans au plus,', '30'),
  inhabitants: whole('d’habitants', '3500'),
  duty: 'Ce code est une obligation\u00a0: sa valeur est "1" les jours où elle est en vigueur, "0" à partir du jour où un texte l’abroge.',
};
