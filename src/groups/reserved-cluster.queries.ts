import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Refused } from '../platform/refusals/refused.js';

/** What says to whom a group is open. */
export interface Reservation {
  readonly id: string;
  readonly coordinatorId: string;
  /** The cluster whose members alone may enter, with the coordinator; null: any buyer. */
  readonly reservedClusterId: string | null;
}

/**
 * A group reserved to a pôle de proximité. It is judged when a buyer is invited, shows interest or joins: one that leaves
 * the cluster later stays where it is. Whoever calls holds the group's lock, so that the group is not reserved meanwhile.
 */
@Injectable()
export class ReservedClusterQueries {
  /** @throws {Refused} BUYER_OUTSIDE_CLUSTER, naming each of these buyers that may not enter */
  async requireInside(
    tx: EntityManager,
    { coordinatorId, reservedClusterId }: Reservation,
    buyerIds: readonly string[],
  ): Promise<void> {
    if (reservedClusterId === null) return;
    const outside = await this.outside(tx, reservedClusterId, buyerIds, coordinatorId);
    if (outside.length === 0) return;
    throw new Refused('BUYER_OUTSIDE_CLUSTER', (await nameOf(tx, reservedClusterId)) ?? '', namesOf(outside));
  }

  /**
   * That a group may be reserved to that cluster.
   *
   * @throws {Refused} VALIDATION for a cluster that does not exist; GROUP_HAS_OUTSIDERS, naming those who are invited,
   * interested or members, and not of the cluster
   */
  async requireReservable(
    tx: EntityManager,
    { id, coordinatorId, reservedClusterId }: Reservation,
  ): Promise<void> {
    if (reservedClusterId === null) return;
    const name = await nameOf(tx, reservedClusterId);
    if (name === null) throw new Refused('VALIDATION', 1).withFaults([unknownCluster('#/reservedClusterId')]);
    const standing = await tx.query<{ buyerId: string }[]>(
      `select buyer_id as "buyerId" from membership
       where group_id = $1 and declined_at is null and withdrawn_at is null`,
      [id],
    );
    const buyerIds = standing.map(({ buyerId }) => buyerId);
    const outside = await this.outside(tx, reservedClusterId, buyerIds, coordinatorId);
    if (outside.length > 0) throw new Refused('GROUP_HAS_OUTSIDERS', name, namesOf(outside));
  }

  /** Those that are neither of the cluster nor the coordinator, by name. */
  private outside(
    tx: EntityManager,
    clusterId: string,
    buyerIds: readonly string[],
    coordinatorId: string,
  ): Promise<{ readonly name: string }[]> {
    return tx.query(
      `select b.name from buyer b where b.id = any($2::uuid[]) and b.id <> $3
         and not exists (select from cluster_member m where m.cluster_id = $1 and m.buyer_id = b.id)
       order by b.name_key collate "C", b.id`,
      [clusterId, buyerIds, coordinatorId],
    );
  }
}

/** The place of a cluster that does not exist, in a request. */
export const unknownCluster = (pointer: string) => ({
  in: 'body' as const,
  pointer,
  code: 'CLUSTER_UNKNOWN',
  detail: 'Aucun pôle de proximité ne porte cet identifiant\u00a0: le chercher dans la liste des pôles.',
});

async function nameOf(tx: EntityManager, clusterId: string): Promise<string | null> {
  const [row] = await tx.query<{ name: string }[]>(`select name from cluster where id = $1`, [clusterId]);
  return row?.name ?? null;
}

const namesOf = (buyers: readonly { readonly name: string }[]): string =>
  buyers.map(({ name }) => name).join(', ');
