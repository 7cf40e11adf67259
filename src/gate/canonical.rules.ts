/** What JSON can hold; amounts and quantities are decimal texts, dates are `YYYY-MM-DD`. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/**
 * One text for one content: keys sorted by code unit at every depth, no space (as RFC 8785 does for texts, booleans and
 * whole numbers).
 */
export function canonicalJson(value: Json): string {
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  if (isList(value)) return `[${value.map(canonicalJson).join(',')}]`;
  const members = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  return `{${members.map(([key, one]) => `${JSON.stringify(key)}:${canonicalJson(one)}`).join(',')}}`;
}

const isList = (value: object): value is readonly Json[] => Array.isArray(value);
