import { Injectable } from '@nestjs/common';
import { type EntityManager, In } from 'typeorm';
import type { Caller } from '../platform/access/caller.js';
import { newId } from '../platform/database/id.js';
import { Journal } from '../platform/journal/journal.js';
import type { Trace } from '../platform/journal/trace.js';
import { Refused } from '../platform/refusals/refused.js';
import { Buyer } from './buyer.entity.js';
import { telling } from './buyers-told.queries.js';
import { ClustersQueries, type ClusterRow } from './clusters.queries.js';
import { DeliverySitesService, type GivenSite } from './delivery-sites.service.js';

export interface NewCluster {
  readonly name: string;
  readonly leadBuyerId: string;
  /** The lead is one of them, told or not. */
  readonly memberIds: readonly string[];
}

export interface ClusterChanges {
  readonly name?: string;
  readonly leadBuyerId?: string;
}

/** Pôles de proximité: communes around a lead commune. A commune may be in several. */
@Injectable()
export class ClustersService {
  constructor(
    private readonly journal: Journal,
    private readonly queries: ClustersQueries,
    private readonly sites: DeliverySitesService,
  ) {}

  /** @throws {Refused} FORBIDDEN, BUYERS_UNKNOWN, CLUSTER_LEAD_IS_NO_COMMUNE; ALREADY_EXISTS for its name */
  async create(tx: EntityManager, caller: Caller, at: Date, given: NewCluster): Promise<ClusterRow> {
    const trace = caller.require('cluster.create', {});
    const { name, leadBuyerId, memberIds } = given;
    const members = [...new Set([leadBuyerId, ...memberIds].map((id) => id.toLowerCase()))];
    await requireKnown(tx, members);
    await requireCommune(tx, leadBuyerId);
    const id = newId();
    await this.telling(tx, trace, at, 'clusters.create', id, async () => {
      await tx.query(`insert into cluster (id, name, lead_buyer_id) values ($1, $2, $3)`, [
        id,
        name,
        leadBuyerId,
      ]);
      await addMembers(tx, id, members);
    });
    return (await this.queries.cluster(tx, id))!;
  }

  /** Renames it, or gives it another lead, which becomes a member. @throws {Refused} as `create`, and NOT_FOUND, STALE_VERSION */
  async edit(
    tx: EntityManager,
    caller: Caller,
    at: Date,
    clusterId: string,
    version: number,
    changes: ClusterChanges,
  ): Promise<ClusterRow> {
    const { cluster, trace } = await this.lock(tx, caller, clusterId, version);
    const { name = cluster.name } = changes;
    const leadBuyerId = changes.leadBuyerId?.toLowerCase() ?? cluster.leadBuyerId;
    if (leadBuyerId !== cluster.leadBuyerId) {
      await requireKnown(tx, [leadBuyerId]);
      await requireCommune(tx, leadBuyerId);
    }
    return this.change(tx, trace, at, 'clusters.edit', clusterId, async () => {
      await addMembers(tx, clusterId, [leadBuyerId]);
      await tx.query(`update cluster set name = $2, lead_buyer_id = $3 where id = $1`, [
        clusterId,
        name,
        leadBuyerId,
      ]);
    });
  }

  /** Replaces its members. @throws {Refused} NOT_FOUND, FORBIDDEN, STALE_VERSION, BUYERS_UNKNOWN, CLUSTER_LEAD_STAYS */
  async putMembers(
    tx: EntityManager,
    caller: Caller,
    at: Date,
    clusterId: string,
    version: number,
    buyerIds: readonly string[],
  ): Promise<ClusterRow> {
    const { cluster, trace } = await this.lock(tx, caller, clusterId, version);
    const members = buyerIds.map((id) => id.toLowerCase());
    if (!members.includes(cluster.leadBuyerId)) throw new Refused('CLUSTER_LEAD_STAYS', cluster.leadName);
    await requireKnown(tx, members);
    return this.change(tx, trace, at, 'clusters.members', clusterId, async () => {
      await tx.query(`delete from cluster_member where cluster_id = $1 and buyer_id <> all($2::uuid[])`, [
        clusterId,
        members,
      ]);
      await addMembers(tx, clusterId, members);
    });
  }

  /** Replaces its shared delivery sites. @throws {Refused} NOT_FOUND, FORBIDDEN, STALE_VERSION, DELIVERY_SITE_UNKNOWN, DELIVERY_SITE_IN_USE */
  async putDeliverySites(
    tx: EntityManager,
    caller: Caller,
    at: Date,
    clusterId: string,
    version: number,
    given: readonly GivenSite[],
  ): Promise<ClusterRow> {
    const { trace } = await this.lock(tx, caller, clusterId, version);
    return this.change(tx, trace, at, 'clusters.delivery-sites', clusterId, () =>
      this.sites.replace(tx, at, { clusterId }, given),
    );
  }

  /** The cluster, its row locked, and the trace of whoever may change it. */
  private async lock(
    tx: EntityManager,
    caller: Caller,
    clusterId: string,
    version: number,
  ): Promise<{ cluster: ClusterRow; trace: Trace }> {
    await tx.query(`select id from cluster where id = $1 for update`, [clusterId]);
    const cluster = await this.queries.cluster(tx, clusterId);
    const trace = caller.require('cluster.edit', cluster ? { buyerIds: [cluster.leadBuyerId] } : {});
    if (!cluster) throw new Refused('NOT_FOUND');
    if (cluster.version !== version) throw new Refused('STALE_VERSION').withCurrent(cluster);
    return { cluster, trace };
  }

  private telling(
    tx: EntityManager,
    trace: Trace,
    at: Date,
    key: string,
    id: string,
    work: () => Promise<void>,
  ): Promise<void> {
    return telling(this.journal, tx, trace, at, { subject: 'cluster', key, ids: [id] }, work);
  }

  private async change(
    tx: EntityManager,
    trace: Trace,
    at: Date,
    key: string,
    id: string,
    work: () => Promise<void>,
  ): Promise<ClusterRow> {
    await this.telling(tx, trace, at, key, id, work);
    await tx.query(`update cluster set version = version + 1 where id = $1`, [id]);
    return (await this.queries.cluster(tx, id))!;
  }
}

const addMembers = (tx: EntityManager, clusterId: string, buyerIds: readonly string[]): Promise<unknown> =>
  tx.query(
    `insert into cluster_member (cluster_id, buyer_id) select $1, unnest($2::uuid[]) on conflict do nothing`,
    [clusterId, buyerIds],
  );

async function requireKnown(tx: EntityManager, ids: readonly string[]): Promise<void> {
  const rows = await tx.find(Buyer, { where: { id: In([...ids]) }, select: { id: true } });
  const known = new Set(rows.map((row) => row.id));
  const unknown = ids.filter((id) => !known.has(id.toLowerCase()));
  if (unknown.length > 0) throw new Refused('BUYERS_UNKNOWN', unknown.join(', '));
}

async function requireCommune(tx: EntityManager, id: string): Promise<void> {
  const { kind, name } = await tx.findOneOrFail(Buyer, { where: { id } });
  if (kind !== 'commune') throw new Refused('CLUSTER_LEAD_IS_NO_COMMUNE', name);
}
