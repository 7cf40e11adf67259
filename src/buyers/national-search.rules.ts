import type { NationalEntry } from './national-entry.rules.js';
import { holdsWords, rankOf, type Search, searchKey } from './search-key.rules.js';

export interface FoundEntry {
  readonly entry: NationalEntry;
  /** Its place in the list: rank, key, SIREN. */
  readonly place: readonly [rank: number, key: string, siren: string];
}

/**
 * Communes and EPCI by name, names of absorbed communes included, or by the beginning of a code: the very name first, then
 * names that begin so, then the others, in alphabetical order.
 *
 * @param after the place after which to begin
 */
export function searchEntries(
  entries: Iterable<NationalEntry>,
  search: Search,
  after: FoundEntry['place'] | null,
  limit: number,
): FoundEntry[] {
  const found: FoundEntry[] = [];
  for (const entry of entries) {
    if (!matches(entry, search)) continue;
    const rank = search.by === 'name' ? rankOf(entry.key, search.key) : 0;
    const place = [rank, entry.key, entry.siren] as const;
    if (after === null || compare(place, after) > 0) found.push({ entry, place });
  }
  return found.sort((a, b) => compare(a.place, b.place)).slice(0, limit);
}

function matches(entry: NationalEntry, search: Search): boolean {
  if (search.by === 'name')
    return (
      holdsWords(entry.key, search.words) ||
      entry.formerCodes.some(({ name }) => name !== null && holdsWords(searchKey(name), search.words))
    );
  const { code } = search;
  return (
    entry.siren.startsWith(code) ||
    code.startsWith(entry.siren) ||
    entry.inseeCode?.startsWith(code) === true ||
    entry.formerCodes.some((former) => former.code.startsWith(code))
  );
}

function compare(a: FoundEntry['place'], b: FoundEntry['place']): number {
  for (const position of [0, 1, 2] as const) {
    if (a[position] < b[position]) return -1;
    if (a[position] > b[position]) return 1;
  }
  return 0;
}
