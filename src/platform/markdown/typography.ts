const NBSP = '\u00a0';
const NARROW = '\u202f';
const ORDINARY = '[ \\u00a0\\u202f]';

/** Each rule moves or hardens a space that is already there; none adds one, so that 17:00 and https: are left alone. */
const RULES: readonly (readonly [RegExp, string])[] = [
  [/(?<=\p{L})'(?=\p{L})/gu, '’'],
  [/ - /g, ' – '],
  [new RegExp(`${ORDINARY}+([;!?])`, 'g'), `${NARROW}$1`],
  [new RegExp(`${ORDINARY}+([:»])`, 'g'), `${NBSP}$1`],
  [new RegExp(`«${ORDINARY}*`, 'g'), `«${NBSP}`],
  [
    new RegExp(`(n°|N°|articles?|Articles?|Annexe|annexe|lots?|Lots?|[LRD]\\.) (?=[\\dLRD])`, 'g'),
    `$1${NBSP}`,
  ],
  [/(?<=\d) (?=[€%]|ans?\b|fois\b|lots?\b|membres?\b|centimes?\b|HT\b|TTC\b)/g, NBSP],
  [/(?<=€) (?=HT\b|TTC\b)/g, NBSP],
];

/** French typography of a text: no-break spaces around high punctuation, « ’ », and dashes. */
export function frenchTypography(text: string): string {
  let result = text;
  for (const [pattern, replacement] of RULES) result = result.replace(pattern, replacement);
  return result;
}
