/** What JSON can say. Exact decimals are texts, for a JSON number is a binary float. */
export type JsonValue =
  null | boolean | number | string | readonly JsonValue[] | { readonly [key: string]: JsonValue };

/** The facts of a thing that a reader may want to know, by name. */
export type JournalState = Readonly<Record<string, JsonValue>>;

/**
 * Stands in the journal for a personal value that changed. A line is never changed nor removed, and every later hash
 * depends on it, whereas a person may have their data erased (GDPR, article 17): names, addresses and telephone numbers
 * of people never enter. That one was changed, when and by whom is kept; what it was and is, is not.
 */
export const PERSONAL = 'donnée personnelle';

/** One thing that a command changed. */
export interface JournalEntry {
  /** The group it happened in: whose chain holds the line. Null for what concerns no group. */
  readonly groupId: string | null;
  /** The one buyer that it concerns, who then reads it among its own lines; null when it concerns all or none. */
  readonly buyerId: string | null;
  /** What kind of thing: 'membership', 'lot'. Its French word is in `words.ts`. */
  readonly subject: string;
  readonly subjectId: string;
  /** What was done: 'groups.answer'. Its French words are in `words.ts`. */
  readonly key: string;
  /** The thing as it was; null when it is new. Only what differs from `after` is kept. */
  readonly before: JournalState | null;
  /** The thing as it is; null when it is gone. An act that changes no fact says `before: null, after: {}`. */
  readonly after: JournalState | null;
  /** Names of the facts that are personal data: their values are compared, then replaced by {@link PERSONAL}. */
  readonly personal?: readonly string[];
}

export interface Changes {
  readonly before: JournalState | null;
  readonly after: JournalState | null;
}

/**
 * Keeps the keys whose value differs, objects and lists compared in depth. A key that one side lacks is kept on the
 * other only. Null for `before` is a creation, for `after` a removal: the other side is then kept whole.
 *
 * @param personal keys whose value is replaced by {@link PERSONAL} once compared; an empty one (null) stays null
 * @returns null when nothing differs
 */
export function changedKeys(
  before: JournalState | null,
  after: JournalState | null,
  personal: readonly string[] = [],
): Changes | null {
  if (before === null && after === null) return null;
  const kept = (state: JournalState | null, other: JournalState | null): JournalState | null =>
    state &&
    Object.fromEntries(
      Object.entries(state)
        .filter(([key, value]) => !other || !Object.hasOwn(other, key) || !sameJson(value, other[key]!))
        .map(([key, value]) => [key, value !== null && personal.includes(key) ? PERSONAL : value]),
    );
  const changes = { before: kept(before, after), after: kept(after, before) };
  const nothing = [changes.before, changes.after].every((state) => state && Object.keys(state).length === 0);
  return nothing ? null : changes;
}

/** Deep equality of JSON values; the order of an object's keys says nothing. */
export function sameJson(a: JsonValue, b: JsonValue): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (isList(a) || isList(b))
    return isList(a) && isList(b) && a.length === b.length && a.every((value, i) => sameJson(value, b[i]!));
  const keys = Object.keys(a);
  return (
    keys.length === Object.keys(b).length &&
    keys.every((key) => Object.hasOwn(b, key) && sameJson(a[key]!, b[key]!))
  );
}

/** `Array.isArray` loses the type of what a readonly list holds. */
export const isList = (value: JsonValue): value is readonly JsonValue[] => Array.isArray(value);

/** One thing, as a query tells it before and after a command. */
export interface Told {
  readonly subjectId: string;
  readonly buyerId: string | null;
  readonly state: JournalState;
}

/** One entry per thing that appeared, changed or disappeared between two readings of the same things. */
export function entriesBetween(
  of: Pick<JournalEntry, 'groupId' | 'subject' | 'key' | 'personal'>,
  before: readonly Told[],
  after: readonly Told[],
): JournalEntry[] {
  const place = ({ subjectId, buyerId }: Told): string => `${subjectId} ${buyerId ?? ''}`;
  const old = new Map(before.map((thing) => [place(thing), thing]));
  const entries = after.map((thing): JournalEntry => {
    const was = old.get(place(thing));
    old.delete(place(thing));
    const { subjectId, buyerId, state } = thing;
    return { ...of, subjectId, buyerId, before: was?.state ?? null, after: state };
  });
  const gone = [...old.values()].map(({ subjectId, buyerId, state }): JournalEntry => ({
    ...of,
    subjectId,
    buyerId,
    before: state,
    after: null,
  }));
  return [...gone, ...entries].filter((entry) => changedKeys(entry.before, entry.after) !== null);
}

/**
 * JSON text that PostgreSQL stores: it refuses the character NUL and halves of surrogate pairs, which become U+FFFD, as
 * they do in any text column.
 */
export const storableJson = (value: JsonValue): string =>
  JSON.stringify(value).replace(/\\(?:u(?:0000|d[89a-f][0-9a-f]{2})|.)/g, (escape) =>
    escape.length === 6 ? '\ufffd' : escape,
  );
