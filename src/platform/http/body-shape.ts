import type { Fault } from '../refusals/refused.js';

/** Deeper than any request of ours, and far from what would exhaust a stack. */
const DEEPEST = 32;

/** Whether a value holds lists or objects within one another beyond reason. Walks without recursion. */
export function isTooDeep(value: unknown): boolean {
  let level: unknown[] = [value];
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > DEEPEST) return true;
    level = level.flatMap((one): unknown[] =>
      typeof one === 'object' && one !== null ? Object.values(one) : [],
    );
  }
  return false;
}

/** PostgreSQL keeps no NUL in a text, and half of a surrogate pair is no character: neither may be lost in silence. */
// eslint-disable-next-line no-control-regex -- finding NUL is the purpose
const UNKEEPABLE = /\u0000|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/;

/**
 * What no class of ours would see: texts that cannot be kept, lists within lists, and the keys that every object has of
 * itself (`__proto__`, `constructor`, `toString`…), which the conversion to a class leaves out or takes for known. The
 * value is not too deep.
 */
export function unkeepable(value: unknown, place: Fault['in'], pointer = '#'): Fault[] {
  if (typeof value === 'string')
    return UNKEEPABLE.test(value)
      ? [
          {
            in: place,
            pointer,
            code: 'isKeepable',
            detail:
              'Ce texte contient un caractère illisible (NUL, ou moitié de caractère)\u00a0: le retaper.',
          },
        ]
      : [];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => {
    const at = `${pointer}/${escapedKey(key)}`;
    // The conversion to a class walks into them, and lets through what is no object.
    if (Array.isArray(value) && Array.isArray(inner))
      return [
        {
          in: place,
          pointer: at,
          code: 'isNotList',
          detail: 'Une liste est dans une autre\u00a0: l’en sortir.',
        },
      ];
    if (key in Object.prototype)
      return [{ in: place, pointer: at, code: 'whitelistValidation', detail: 'Ce champ n’existe pas.' }];
    return unkeepable(inner, place, at);
  });
}

/** RFC 6901 §3 and §6: `~` and `/` escaped, then what a URI fragment cannot hold; half a character has no code there. */
export const escapedKey = (key: string): string =>
  encodeURIComponent(Buffer.from(key, 'utf8').toString('utf8').replaceAll('~', '~0').replaceAll('/', '~1'));
