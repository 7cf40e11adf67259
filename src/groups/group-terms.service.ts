import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { BuyersService } from '../buyers/buyers.service.js';
import type { PlainDate } from '../calendar/plain-date.js';
import { newId } from '../platform/database/id.js';
import { entriesBetween } from '../platform/journal/changes.js';
import { Journal } from '../platform/journal/journal.js';
import type { Trace } from '../platform/journal/trace.js';
import { Refused } from '../platform/refusals/refused.js';
import { toldGroup, toldMemberships } from './groups-told.queries.js';
import { GroupsQueries } from './groups.queries.js';
import { GroupsService, ofGroup } from './groups.service.js';
import type { GroupKind } from './membership.rules.js';
import { PurchasingGroup } from './purchasing-group.entity.js';
import { ReservedClusterQueries } from './reserved-cluster.queries.js';

/** What a group is, as its coordinator says. */
export interface GroupTerms {
  readonly title: string;
  readonly kind: GroupKind;
  readonly object: string | null;
  readonly families: readonly string[];
  readonly startsOn: PlainDate | null;
  readonly endsOn: PlainDate | null;
  readonly membersSeeEachOther: boolean;
  /** The cluster whose members alone may enter, with the coordinator; null: any buyer. */
  readonly reservedClusterId: string | null;
}

/** What a group is: opened, then edited. */
@Injectable()
export class GroupTermsService {
  constructor(
    private readonly journal: Journal,
    private readonly groups: GroupsService,
    private readonly queries: GroupsQueries,
    private readonly buyers: BuyersService,
    private readonly reserved: ReservedClusterQueries,
  ) {}

  /**
   * Opens a group. Its coordinator is invited as any other buyer: it joins by a decision of its own.
   *
   * @throws {Refused} GROUP_DATES_DISORDERED, SIRET_MISSING for its coordinator; VALIDATION for a cluster that does not
   * exist; ALREADY_EXISTS for a second group of that title
   */
  async create(
    tx: EntityManager,
    trace: Trace,
    at: Date,
    { coordinatorId, ...terms }: GroupTerms & { readonly coordinatorId: string },
  ): Promise<string> {
    requireOrdered(terms);
    await this.buyers.requireSirets(tx, [coordinatorId]);
    const group = { ...terms, families: [...terms.families], id: newId(), coordinatorId };
    await this.reserved.requireReservable(tx, group);
    await tx.insert(PurchasingGroup, group);
    await tx.query(`insert into membership (group_id, buyer_id, invited_at) values ($1, $2, $3)`, [
      group.id,
      coordinatorId,
      at,
    ]);
    await this.journal.write(tx, trace, at, [
      { ...ofGroup(group.id, 'groups.open'), before: null, after: toldGroup(group) },
      ...entriesBetween(
        { groupId: group.id, subject: 'membership', key: 'groups.invite' },
        [],
        await toldMemberships(tx, group.id),
      ),
    ]);
    await this.groups.giveConduct(tx, trace, at, group.id);
    return group.id;
  }

  /**
   * Changes what a group is.
   *
   * @param version the one that was read
   * @throws {Refused} NOT_FOUND, STALE_VERSION with the current state, GROUP_DATES_DISORDERED, ALREADY_EXISTS; VALIDATION
   * for a cluster that does not exist, GROUP_HAS_OUTSIDERS for one of which some are not
   */
  async edit(
    tx: EntityManager,
    trace: Trace,
    at: Date,
    groupId: string,
    version: number,
    changes: Partial<GroupTerms>,
  ): Promise<void> {
    const group = await this.groups.lock(tx, groupId);
    if (group.version !== version)
      throw new Refused('STALE_VERSION').withCurrent(await this.queries.group(tx, groupId));
    const given = Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined));
    const after = Object.assign(new PurchasingGroup(), group, given);
    requireOrdered(after);
    // Those who left the cluster since stay: they are asked for only when the reservation itself changes.
    if (after.reservedClusterId !== group.reservedClusterId) await this.reserved.requireReservable(tx, after);
    await tx.update(PurchasingGroup, { id: groupId }, { ...given, version: () => 'version + 1' });
    await this.journal.write(tx, trace, at, [
      { ...ofGroup(groupId, 'groups.edit'), before: toldGroup(group), after: toldGroup(after) },
    ]);
  }
}

function requireOrdered({ startsOn, endsOn }: Pick<GroupTerms, 'startsOn' | 'endsOn'>): void {
  if (startsOn !== null && endsOn !== null && endsOn < startsOn) throw new Refused('GROUP_DATES_DISORDERED');
}
