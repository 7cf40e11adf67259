import type { EntityManager } from 'typeorm';

/**
 * Waits until no other transaction holds this name, and holds it until this one ends: for a rule over rows that may not
 * exist yet, such as « one at most », which no row lock can guard.
 */
export async function lockName(tx: EntityManager, name: string): Promise<void> {
  await tx.query(`select pg_advisory_xact_lock(hashtextextended($1, 0))`, [name]);
}

/**
 * Holds this name with others who share it: they wait for who holds it alone, and who comes to hold it alone waits for them,
 * before those that come after.
 */
export async function shareName(tx: EntityManager, name: string): Promise<void> {
  await tx.query(`select pg_advisory_xact_lock_shared(hashtextextended($1, 0))`, [name]);
}
