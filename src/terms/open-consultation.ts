import type { EntityManager } from 'typeorm';
import { Refused } from '../platform/refusals/refused.js';

/**
 * Holds the consultation until the transaction ends: nobody launches it, nor edits its terms, meanwhile. The one place
 * where terms ask whether it may still be edited.
 *
 * @throws {Refused} NOT_FOUND
 */
export async function lockOpenConsultation(tx: EntityManager, consultationId: string): Promise<void> {
  const rows = await tx.query<unknown[]>(`select id from consultation where id = $1 for update`, [
    consultationId,
  ]);
  if (rows.length === 0) throw new Refused('NOT_FOUND');
}
