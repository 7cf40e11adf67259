/**
 * Exact decimals as scaled integers: the value 12.5 at scale 3 is the bigint 12500n.
 * Nothing in the product converts an amount, a price or a quantity to a binary float.
 */

export type DecimalFault =
  'empty' | 'not_a_number' | 'ambiguous_thousands' | 'too_many_decimals' | 'too_large';

export type DecimalReading =
  { readonly ok: true; readonly value: bigint } | { readonly ok: false; readonly fault: DecimalFault };

/** Largest accepted number of integer digits: numeric(15,3) and numeric(14,4) in the database hold it. */
const MAX_INTEGER_DIGITS = 10;

const SPACES = /[\u0020\u00a0\u202f\u2009]/g;
const GROUPED = /^[+-]?\d{1,3}([\u0020\u00a0\u202f\u2009]\d{3})+([.,]\d+)?$/;
const PLAIN = /^[+-]?\d+([.,]\d+)?$/;

/**
 * Reads a number typed by a French or an English hand: decimal comma or point, spaces between thousands.
 * `1.234` is refused as ambiguous: it may mean 1 234 or 1,234, and only its author knows which.
 *
 * @param scale number of decimals kept; more significant decimals are refused, never rounded away
 */
export function readDecimal(text: string, scale: number): DecimalReading {
  const trimmed = text.trim();
  if (trimmed === '') return { ok: false, fault: 'empty' };
  if (/^[1-9]\d{0,2}(\.\d{3})+$/.test(trimmed)) return { ok: false, fault: 'ambiguous_thousands' };
  if (!PLAIN.test(trimmed) && !GROUPED.test(trimmed)) return { ok: false, fault: 'not_a_number' };
  const compact = trimmed.replace(SPACES, '').replace(',', '.');
  const negative = compact.startsWith('-');
  const [integer = '', fraction = ''] = compact.replace(/^[+-]/, '').split('.');
  const significant = fraction.replace(/0+$/, '');
  if (significant.length > scale) return { ok: false, fault: 'too_many_decimals' };
  if (integer.replace(/^0+/, '').length > MAX_INTEGER_DIGITS) return { ok: false, fault: 'too_large' };
  const magnitude = BigInt(integer + significant.padEnd(scale, '0'));
  return { ok: true, value: negative ? -magnitude : magnitude };
}

/** Reads a canonical decimal string, such as PostgreSQL's numeric output. @throws {RangeError} on anything else */
export function parseDecimal(text: string, scale: number): bigint {
  const match = /^(-?)(\d+)(?:\.(\d+))?$/.exec(text);
  const significant = match?.[3]?.replace(/0+$/, '') ?? '';
  if (!match || significant.length > scale) throw new RangeError(`not a decimal of scale ${scale}: ${text}`);
  const magnitude = BigInt(`${match[2]}${significant.padEnd(scale, '0')}`);
  return match[1] === '-' ? -magnitude : magnitude;
}

/** Canonical decimal string, `.` as separator: at least `minDecimals` decimals, no further trailing zero. */
export function formatDecimal(value: bigint, scale: number, minDecimals = 0): string {
  const negative = value < 0n;
  const digits = (negative ? -value : value).toString().padStart(scale + 1, '0');
  const integer = digits.slice(0, digits.length - scale);
  let fraction = scale === 0 ? '' : digits.slice(-scale);
  while (fraction.length > minDecimals && fraction.endsWith('0')) fraction = fraction.slice(0, -1);
  return `${negative ? '-' : ''}${integer}${fraction === '' ? '' : `.${fraction}`}`;
}
