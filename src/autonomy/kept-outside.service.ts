import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { GroupScope } from '../accounts/invitations.service.js';
import type { Caller } from '../platform/access/caller.js';
import { newId } from '../platform/database/id.js';
import type { JournalState } from '../platform/journal/changes.js';
import { Journal } from '../platform/journal/journal.js';
import type { Trace } from '../platform/journal/trace.js';
import { Refused } from '../platform/refusals/refused.js';
import { GroupReadingService } from '../groups/group-reading.service.js';
import { KeptOutside } from './kept-outside.entity.js';
import { KeptOutsideQueries, type KeptRow } from './kept-outside.queries.js';
import { KEPT_WORDS, keptFaults, type KeptWords, type Nature } from './kept-outside.rules.js';
import { KnownSuppliersService } from './known-suppliers.service.js';

/** A purchase as its buyer describes it. */
export interface KeptPurchase extends KeptWords {
  readonly nature: Nature;
  /** € excl. VAT a year, decimal string. */
  readonly annualAmount: string;
}

/** What each member keeps outside the group: it decides alone, and says it so that its thresholds are seen whole. */
@Injectable()
export class KeptOutsideService {
  constructor(
    private readonly groups: GroupReadingService,
    private readonly queries: KeptOutsideQueries,
    private readonly suppliers: KnownSuppliersService,
    private readonly journal: Journal,
  ) {}

  /**
   * One member of a group, as rights judge it.
   *
   * @throws {Refused} NOT_FOUND when there is no such group, or when the buyer was never invited to it
   */
  async memberScope(tx: EntityManager, groupId: string, buyerId: string): Promise<GroupScope> {
    const { buyerIds } = await this.groups.scope(tx, groupId);
    if (!buyerIds.includes(buyerId)) throw new Refused('NOT_FOUND');
    return { groupId, buyerIds: [buyerId] };
  }

  /** @throws {Refused} NOT_FOUND, FORBIDDEN, BUYER_DECLINED, HAS_WITHDRAWN, SUPPLIER_NAMED or VALIDATION with each place */
  async keep(
    tx: EntityManager,
    caller: Caller,
    at: Date,
    groupId: string,
    buyerId: string,
    purchase: KeptPurchase,
  ): Promise<KeptRow> {
    const trace = await this.requireWriting(tx, caller, groupId, buyerId);
    await this.groups.requireNotDeclined(tx, groupId, buyerId);
    await this.groups.requireNotWithdrawn(tx, groupId, buyerId);
    await this.requireSound(tx, purchase);
    const id = newId();
    await tx.insert(KeptOutside, { id, groupId, buyerId, ...purchase, recordedAt: at, version: 1 });
    const kept = (await this.queries.one(tx, groupId, buyerId, id))!;
    await this.tell(tx, trace, at, 'groups.keep-outside', groupId, null, kept);
    return kept;
  }

  /**
   * @param version the one that was read
   * @throws {Refused} NOT_FOUND, FORBIDDEN, STALE_VERSION with the current state, SUPPLIER_NAMED or VALIDATION with each place
   */
  async change(
    tx: EntityManager,
    caller: Caller,
    at: Date,
    [groupId, buyerId, id]: readonly [groupId: string, buyerId: string, id: string],
    version: number,
    purchase: KeptPurchase,
  ): Promise<KeptRow> {
    const trace = await this.requireWriting(tx, caller, groupId, buyerId);
    const before = await this.lock(tx, groupId, buyerId, id, version);
    await this.requireSound(tx, purchase);
    const { nature, family, label, site, annualAmount, reason } = purchase;
    await tx.update(
      KeptOutside,
      { id },
      { nature, family, label, site, annualAmount, reason, version: version + 1 },
    );
    const after = (await this.queries.one(tx, groupId, buyerId, id))!;
    await this.tell(tx, trace, at, 'groups.change-kept-outside', groupId, before, after);
    return after;
  }

  /**
   * The member keeps it no longer.
   *
   * @throws {Refused} NOT_FOUND, FORBIDDEN, STALE_VERSION with the current state
   */
  async release(
    tx: EntityManager,
    caller: Caller,
    at: Date,
    [groupId, buyerId, id]: readonly [groupId: string, buyerId: string, id: string],
    version: number,
  ): Promise<void> {
    const trace = await this.requireWriting(tx, caller, groupId, buyerId);
    const before = await this.lock(tx, groupId, buyerId, id, version);
    await tx.delete(KeptOutside, { id });
    await this.tell(tx, trace, at, 'groups.release-kept-outside', groupId, before, null);
  }

  private async requireWriting(
    tx: EntityManager,
    caller: Caller,
    groupId: string,
    buyerId: string,
  ): Promise<Trace> {
    return caller.require('group.kept-outside.write', await this.memberScope(tx, groupId, buyerId));
  }

  /** @throws {Refused} SUPPLIER_NAMED, or VALIDATION when nothing is named at all, with each place */
  private async requireSound(tx: EntityManager, purchase: KeptPurchase): Promise<void> {
    const known = await this.suppliers.namedIn(
      tx,
      KEPT_WORDS.map((field) => purchase[field] ?? ''),
    );
    const faults = keptFaults(purchase, known).map(({ field, code, sentence }) => ({
      ...{ in: 'body' as const, pointer: `#/${field}`, code, detail: sentence },
    }));
    if (faults.some(({ code }) => code === 'namesSupplier'))
      throw new Refused('SUPPLIER_NAMED').withFaults(faults);
    if (faults.length > 0) throw new Refused('VALIDATION', faults.length).withFaults(faults);
  }

  /** Holds the row until the transaction ends. @throws {Refused} NOT_FOUND, STALE_VERSION */
  private async lock(
    tx: EntityManager,
    groupId: string,
    buyerId: string,
    id: string,
    version: number,
  ): Promise<KeptRow> {
    await tx.findOne(KeptOutside, {
      where: { id, groupId, buyerId },
      lock: { mode: 'pessimistic_write' },
    });
    const kept = await this.queries.one(tx, groupId, buyerId, id);
    if (!kept) throw new Refused('NOT_FOUND');
    if (kept.version !== version) throw new Refused('STALE_VERSION').withCurrent(kept);
    return kept;
  }

  private tell(
    tx: EntityManager,
    trace: Trace,
    at: Date,
    key: string,
    groupId: string,
    before: KeptRow | null,
    after: KeptRow | null,
  ): Promise<void> {
    const { id, buyerId } = (after ?? before)!;
    const of = { groupId, buyerId, subject: 'kept-outside', subjectId: id, key };
    return this.journal.write(tx, trace, at, [
      { ...of, before: before && told(before), after: after && told(after) },
    ]);
  }
}

const told = ({ nature, family, label, site, annualAmount, reason }: KeptRow): JournalState => ({
  ...{ nature, family, label, site, annualAmount, reason },
});
