import type { EntityManager } from 'typeorm';
import { Refused } from '../platform/refusals/refused.js';
import { PurchasingGroup } from './purchasing-group.entity.js';

/**
 * Locks a group's row until the transaction ends: what depends on its members, its launches or its consultations follows
 * one another. `for no key update`: it stops whoever locks likewise, and lets pass those who only refer to the group (a
 * role, an invitation), who may already hold its chain in the journal.
 *
 * @throws {Refused} NOT_FOUND
 */
export async function lockGroup(tx: EntityManager, groupId: string): Promise<PurchasingGroup> {
  const group = await tx.findOne(PurchasingGroup, {
    where: { id: groupId },
    lock: { mode: 'for_no_key_update' },
  });
  if (!group) throw new Refused('NOT_FOUND');
  return group;
}
