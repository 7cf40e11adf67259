import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Caller } from '../platform/access/caller.js';
import { entriesBetween, type Told } from '../platform/journal/changes.js';
import { Journal } from '../platform/journal/journal.js';
import { requireVersion } from '../platform/refusals/required-version.js';
import { refuseProblems } from './editing.js';
import { limitProblems, memberLimit, type MemberLimitText } from './limits.rules.js';
import { TermsPlaces } from './terms-places.service.js';
import { type MemberLimitRow, TermsQueries } from './terms.queries.js';
import { lotTerms } from './terms.rules.js';

export interface MemberLimits {
  readonly items: readonly MemberLimitRow[];
  readonly version: number;
}

/** What each member may order at most, and owes at least, in a lot. */
@Injectable()
export class MemberLimitsService {
  constructor(
    private readonly places: TermsPlaces,
    private readonly queries: TermsQueries,
    private readonly journal: Journal,
  ) {}

  /** Version 0: nobody wrote any. */
  async current(tx: EntityManager, lotId: string): Promise<MemberLimits> {
    const version = await this.queries.version(tx, 'lot_limits', lotId);
    return { items: await this.queries.limits(tx, lotId), version };
  }

  /**
   * Makes the limits of a lot's members those given; who is not named has none.
   *
   * @throws {Refused} NOT_FOUND, FORBIDDEN, VERSION_REQUIRED, STALE_VERSION, MEMBER_LIMITS_UNSOUND with every problem
   */
  async set(
    tx: EntityManager,
    caller: Caller,
    at: Date,
    lotId: string,
    version: number | null,
    given: readonly MemberLimitText[],
  ): Promise<MemberLimits> {
    const { place, trace } = await this.places.editLot(tx, caller, lotId);
    const before = await this.current(tx, lotId);
    requireVersion(before, version);
    const terms = await this.queries.ofLot(tx, lotId);
    const participants = await this.queries.participants(tx, lotId);
    refuseProblems(
      'MEMBER_LIMITS_UNSOUND',
      limitProblems(given.map(memberLimit), terms && lotTerms(terms), participants),
    );
    await this.save(tx, lotId, given);
    const items = await this.queries.limits(tx, lotId);
    const of = { groupId: place.groupId, subject: 'member-limit', key: 'terms.set-limits' };
    const entries = entriesBetween(of, told(lotId, before.items), told(lotId, items));
    if (before.version > 0 && entries.length === 0) return before;
    await tx.query(
      `insert into lot_limits (lot_id, version) values ($1, 1)
       on conflict (lot_id) do update set version = lot_limits.version + 1`,
      [lotId],
    );
    await this.journal.write(tx, trace, at, entries);
    return { items, version: before.version + 1 };
  }

  private async save(tx: EntityManager, lotId: string, given: readonly MemberLimitText[]): Promise<void> {
    const buyerIds = given.map(({ buyerId }) => buyerId);
    // Their parent is written last, once it is known whether anything changed.
    await tx.query(`set constraints lot_member_limit_limits deferred`);
    await tx.query(`delete from lot_member_limit where lot_id = $1 and buyer_id <> all($2::uuid[])`, [
      lotId,
      buyerIds,
    ]);
    await tx.query(
      `insert into lot_member_limit (lot_id, buyer_id, minimum, maximum)
       select $1, buyer_id, minimum, maximum
       from unnest($2::uuid[], $3::numeric[], $4::numeric[]) as given (buyer_id, minimum, maximum)
       on conflict (lot_id, buyer_id) do update set minimum = excluded.minimum, maximum = excluded.maximum`,
      [lotId, buyerIds, given.map(({ minimum }) => minimum), given.map(({ maximum }) => maximum)],
    );
  }
}

const told = (lotId: string, limits: readonly MemberLimitRow[]): Told[] =>
  limits.map(({ buyerId, minimum, maximum }) => ({
    subjectId: lotId,
    buyerId,
    state: { minimum, maximum },
  }));
