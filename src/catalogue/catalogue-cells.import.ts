import { cpvWithoutCheckDigit, wrongCpvCheckDigit } from '../law/cpv-code.js';
import { VAT_RATES } from '../lots/lots.rules.js';
import { VAT_RATE_SCALE, vatRateFromDecimal } from '../money/amounts.js';
import { readDecimal } from '../money/decimal.js';
import type { RowReader } from '../platform/csv/row-reader.js';

/** A share in hundredths of a percent. */
const SHARE_SCALE = 2;

/** A code of the nomenclature, its check digit verified, then dropped. @param unknown codes that it does not hold */
export function readCpv(
  reader: RowReader,
  column: string,
  text: string,
  unknown: ReadonlySet<string>,
): string | undefined {
  const code = cpvWithoutCheckDigit(text);
  if (code === null)
    return reader.refuse(
      column,
      'le code CPV doit avoir 8 chiffres',
      'écrire le code CPV, par exemple 34927100',
    );
  const digit = wrongCpvCheckDigit(text);
  if (digit) return reader.refuse(column, ...digit);
  return unknown.has(code)
    ? reader.refuse(
        column,
        'ce code CPV n’est pas dans la nomenclature européenne',
        'choisir un code de la nomenclature CPV 2008',
      )
    : code;
}

/** « 20 », « 12,5 % »: from 0 to 100, in hundredths of a percent. */
export function readShare(reader: RowReader, column: string): bigint | null {
  const text = reader.optionalText(column).replace(/[\s\u00a0\u202f]*%$/, '');
  if (text === '') return null;
  const reading = readDecimal(text, SHARE_SCALE);
  if (reading.ok && reading.value >= 0n && reading.value <= 10_000n) return reading.value;
  reader.refuse(
    column,
    'la part de réemploi n’est pas un pourcentage de 0 à 100',
    'écrire par exemple 20, ou laisser vide',
  );
  return null;
}

/** « 20 », « 5,5 », « 20 % »: a rate that exists in France. */
export function readVatRate(reader: RowReader, column: string): bigint | undefined {
  const text = reader.optionalText(column).replace(/[\s\u00a0\u202f]*%$/, '');
  const reading = readDecimal(text, VAT_RATE_SCALE);
  if (reading.ok && VAT_RATES.some((rate) => vatRateFromDecimal(rate) === reading.value))
    return reading.value;
  return reader.refuse(
    column,
    text === '' ? 'le taux de TVA manque' : 'ce taux de TVA n’existe pas en France',
    'écrire 20, 10, 5,5, 2,1 ou 0 (ou un taux d’outre-mer)',
  );
}
