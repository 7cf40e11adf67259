import type { EntityManager } from 'typeorm';
import { lockName, shareName } from '../platform/database/named-lock.js';
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
  await lockName(tx, `group ${groupId.toLowerCase()}`);
  const group = await tx.findOne(PurchasingGroup, {
    where: { id: groupId },
    lock: { mode: 'for_no_key_update' },
  });
  if (!group) throw new Refused('NOT_FOUND');
  return group;
}

/**
 * Holds a group until the transaction ends, with others who do the same: nothing that {@link lockGroup} guards changes
 * meanwhile. For what a thousand members do at once, each in rows of its own that it locks itself.
 */
export const shareGroup = (tx: EntityManager, groupId: string): Promise<void> =>
  shareName(tx, `group ${groupId.toLowerCase()}`);
