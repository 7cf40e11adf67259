import { QUANTITY_SCALE, type Quantity } from './amounts.js';
import { type DecimalFault, readDecimal } from './decimal.js';
import { NBSP } from './french.js';

/** What is wrong with a number that a person gave, and what to write instead: French, without a capital nor a full stop. */
export interface NumberProblem {
  readonly problem: string;
  readonly correction: string;
}

export type NumberReading<T> =
  | { readonly ok: true; readonly value: T }
  | ({ readonly ok: false; readonly empty: boolean } & NumberProblem);

const EXAMPLES: Readonly<Record<number, string>> = { 0: '1234', 2: '1234,56', 3: '12,5', 4: '0,1850' };

/**
 * Reads a positive or null number given by a person, as a text or as a number of a program: decimal comma or point, spaces
 * of any width between thousands. `1.234` as a text is refused, for it may mean 1 234 or 1,234.
 *
 * @param scale decimals that are kept; more are refused, never rounded away
 * @param what French name with its article: « la quantité »
 */
export function readPositive(given: string | number, scale: number, what: string): NumberReading<bigint> {
  const text = typeof given === 'number' ? plainNumber(given) : given;
  const reading = readDecimal(text, scale);
  if (!reading.ok)
    return { ok: false, empty: reading.fault === 'empty', ...decimalWords(reading.fault, text, what, scale) };
  if (reading.value >= 0n) return reading;
  return {
    ok: false,
    empty: false,
    problem: `${what} est un nombre négatif`,
    correction: 'écrire un nombre positif ou nul',
  };
}

/** A quantity given by a person, in any way they may write it: see {@link readPositive}. */
export const readQuantity = (given: string | number, what = 'la quantité'): NumberReading<Quantity> =>
  readPositive(given, QUANTITY_SCALE, what);

/** With a comma: the point of 1.234 is that of a program, which groups no thousands. */
const plainNumber = (value: number): string => String(value).replace('.', ',');

/** A fault of {@link readDecimal} told to whoever wrote the number. */
export function decimalWords(fault: DecimalFault, text: string, what: string, scale: number): NumberProblem {
  const example = EXAMPLES[scale] ?? EXAMPLES[2]!;
  switch (fault) {
    case 'empty':
      return {
        problem: `${what} manque`,
        correction: `écrire un nombre, par exemple ${example} (0 s’il est nul)`,
      };
    case 'ambiguous_thousands':
      return thousandsWords(text, what, scale);
    case 'too_many_decimals':
      return {
        problem:
          scale === 0
            ? `${what} doit être un nombre entier`
            : `${what} a trop de décimales (${scale} au plus)`,
        correction: `écrire par exemple ${example}`,
      };
    case 'too_large':
      return { problem: `${what} dépasse 10 chiffres`, correction: 'vérifier le nombre et son unité' };
    case 'not_a_number':
      return (
        unitWords(text, what, scale) ?? {
          problem: `${what} n’est pas un nombre`,
          correction: `écrire par exemple ${example}, sans unité ni symbole`,
        }
      );
  }
}

/** « 12 sacs »: what is before the unit, if it would be read alone. */
function unitWords(text: string, what: string, scale: number): NumberProblem | null {
  const match = /^([\d\s.,]*\d)\s*([\p{L}€%].{0,40})$/u.exec(text.trim());
  if (!match || !readDecimal(match[1]!, scale).ok || /^e[+-]?\d/i.test(match[2]!)) return null;
  return {
    problem: `${what} porte une unité (${match[2]})`,
    correction: `écrire ${match[1]}, sans unité ni symbole`,
  };
}

/** Never advises what would be refused in its turn. */
function thousandsWords(text: string, what: string, scale: number): NumberProblem {
  const [whole, decimal] = [text.replaceAll('.', ''), text.replace('.', ',')];
  if (!readDecimal(whole, scale).ok) return decimalWords('too_large', text, what, scale);
  if (decimal.includes('.'))
    return { problem: `${what} a des points entre les milliers`, correction: `écrire ${whole}` };
  const other = readDecimal(decimal, scale).ok ? decimal : `${scale} décimales au plus`;
  return {
    problem: `«${NBSP}${text}${NBSP}» est ambigu pour ${what}${NBSP}: ${text.replace('.', ' ')} ou ${decimal}${NBSP}?`,
    correction: scale === 0 ? `écrire ${whole}, un nombre entier` : `écrire ${whole}, ou ${other}`,
  };
}
