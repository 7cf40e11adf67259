import type { EntityManager } from 'typeorm';
import { Refused } from '../platform/refusals/refused.js';
import { PurchasingGroup } from './purchasing-group.entity.js';

/** Holds the group's row until the transaction ends: commands on one group follow each other. @throws {Refused} NOT_FOUND */
export async function lockGroup(tx: EntityManager, groupId: string): Promise<PurchasingGroup> {
  const group = await tx.findOne(PurchasingGroup, {
    where: { id: groupId },
    lock: { mode: 'pessimistic_write' },
  });
  if (!group) throw new Refused('NOT_FOUND');
  return group;
}
