import type { JournalEntry, JournalState } from '../platform/journal/changes.js';
import { type Chosen, leverOf } from './levers.rules.js';

/** A lot, as far as the journal names it. */
interface ToldLot {
  readonly id: string;
  readonly number: number;
  readonly groupId: string;
}

/** As the journal tells it: each lever under its French name, with what was written down. */
export function toldProtection(
  { number }: Pick<ToldLot, 'number'>,
  justification: string,
  levers: readonly Chosen[],
): JournalState {
  const words = levers.map(({ lever: code, record }) => {
    const lever = leverOf(code);
    const labels = new Map(lever?.fields.map(({ key, label }) => [key, label]));
    return [
      lever?.label ?? code,
      Object.fromEntries(Object.entries(record).map(([key, value]) => [labels.get(key) ?? key, value])),
    ] as const;
  });
  return { number, justification, ...Object.fromEntries(words) };
}

export const entryOf = (
  { id, groupId }: Pick<ToldLot, 'id' | 'groupId'>,
  key: string,
  before: JournalState | null,
  after: JournalState | null,
): JournalEntry => ({ groupId, buyerId: null, subject: 'protection', subjectId: id, key, before, after });
