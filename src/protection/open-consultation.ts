import type { EntityManager } from 'typeorm';
import { Refused } from '../platform/refusals/refused.js';

/**
 * Locks a consultation until the transaction ends, as long as its lots may change. Read as JSON, for the dates of a
 * launch and of a cancellation are columns that another room adds.
 *
 * @throws {Refused} NOT_FOUND; PROTECTION_FROZEN once it is launched or cancelled
 */
export async function lockOpenConsultation(tx: EntityManager, consultationId: string): Promise<void> {
  const [row] = await tx.query<{ closed: boolean }[]>(
    `select coalesce(to_jsonb(c) ->> 'launched_at', to_jsonb(c) ->> 'cancelled_at') is not null as closed
     from consultation c where id = $1 for update`,
    [consultationId],
  );
  if (!row) throw new Refused('NOT_FOUND');
  if (row.closed) throw new Refused('PROTECTION_FROZEN');
}
