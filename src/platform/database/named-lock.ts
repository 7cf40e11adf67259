import type { EntityManager } from 'typeorm';

/**
 * Waits until no other transaction holds this name, and holds it until this one ends: for a rule over rows that may not
 * exist yet, such as « one at most », which no row lock can guard.
 */
export async function lockName(tx: EntityManager, name: string): Promise<void> {
  await tx.query(`select pg_advisory_xact_lock(hashtextextended($1, 0))`, [name]);
}
