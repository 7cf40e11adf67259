import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { ClustersQueries } from '../buyers/clusters.queries.js';
import { namedPlace } from '../groups/group-reading.service.js';
import type { Caller } from '../platform/access/caller.js';
import { cursorOf } from '../platform/http/pages.js';
import { type Fault, Refused } from '../platform/refusals/refused.js';
import type { BuyersToInvite, MemberQuery } from './members.dto.js';
import { type MemberRow, MembersQueries } from './members.queries.js';
import type { Place } from './membership.service.js';
import { unknownCluster } from '../groups/reserved-cluster.queries.js';

/** Members as people read them; the right to read the group was asserted. */
@Injectable()
export class MembersReadingService {
  constructor(
    private readonly queries: MembersQueries,
    private readonly clusters: ClustersQueries,
  ) {}

  async member(tx: EntityManager, caller: Caller, place: Place): Promise<MemberRow | null> {
    const row = await this.queries.member(tx, place.groupId, place.buyerId);
    return row && shown(caller, place.groupId, row);
  }

  /** One row more than the page, where there is one. @throws {Refused} MALFORMED_CURSOR */
  async list(tx: EntityManager, caller: Caller, groupId: string, query: MemberQuery): Promise<MemberRow[]> {
    const rows = await this.queries.members(
      tx,
      groupId,
      { state: query.state ?? null, clusterId: query.clusterId ?? null },
      namedPlace(cursorOf(query)),
      query.limit + 1,
    );
    return rows.map((row) => shown(caller, groupId, row));
  }

  /**
   * The ids of the buyers that a request names, by id, by SIRET or by cluster; each once. As yet they need no SIRET.
   *
   * @throws {Refused} NOBODY_TO_INVITE; VALIDATION with every one that is unknown
   */
  async asked(
    tx: EntityManager,
    { buyerIds = [], sirets = [], clusterIds = [] }: Omit<BuyersToInvite, 'again'>,
  ): Promise<string[]> {
    if (buyerIds.length + sirets.length + clusterIds.length === 0) throw new Refused('NOBODY_TO_INVITE');
    const rows = await this.queries.buyers(tx, buyerIds, sirets);
    const ids = new Set(rows.map(({ id }) => id));
    const idOf = new Map(rows.map(({ id, siret }) => [siret, id]));
    const gathered = await this.clusters.membersOf(tx, clusterIds);
    const known = new Set(gathered.map(({ clusterId }) => clusterId));
    const faults = [
      ...buyerIds.flatMap((id, i) => (ids.has(id.toLowerCase()) ? [] : [unknownBuyer(`#/buyerIds/${i}`)])),
      ...sirets.flatMap((siret, i) => (idOf.has(siret) ? [] : [unknownBuyer(`#/sirets/${i}`)])),
      ...clusterIds.flatMap((id, i) =>
        known.has(id.toLowerCase()) ? [] : [unknownCluster(`#/clusterIds/${i}`)],
      ),
    ];
    if (faults.length > 0) throw new Refused('VALIDATION', faults.length).withFaults(faults);
    return [
      ...new Set([
        ...buyerIds.map((id) => id.toLowerCase()),
        ...sirets.map((siret) => idOf.get(siret)!),
        ...gathered.map(({ buyerId }) => buyerId),
      ]),
    ];
  }
}

const unknownBuyer = (pointer: string): Fault => ({
  in: 'body',
  pointer,
  code: 'BUYER_UNKNOWN',
  detail: 'Aucun acheteur connu ne porte cet identifiant\u00a0: l’enregistrer d’abord.',
});

/** Why a buyer declined or withdrew is for it and for whoever conducts the group. */
function shown(caller: Caller, groupId: string, row: MemberRow): MemberRow {
  const mayKnow = caller.may('group.membership.prepare', { groupId, buyerIds: [row.buyerId] });
  return mayKnow ? row : { ...row, declineReason: null, withdrawalReason: null };
}
