import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { lockGroup } from '../groups/group-lock.queries.js';
import { GroupReadingService } from '../groups/group-reading.service.js';
import { centsFromDecimal, centsToDecimal } from '../money/amounts.js';
import type { Caller } from '../platform/access/caller.js';
import { type JournalState, sameJson } from '../platform/journal/changes.js';
import { Journal } from '../platform/journal/journal.js';
import { requireVersion } from '../platform/refusals/required-version.js';
import { ConductQueries, type FreeOfChargeRow } from './conduct.queries.js';

/** What a coordinator says of its statutes and of what it asks of the members; null: not told. */
export type FreeOfCharge = Omit<FreeOfChargeRow, 'version'>;

const NOT_TOLD: FreeOfChargeRow = {
  ...{ statutesProvide: null, agentTimeShared: null, disbursementsShared: null },
  version: 0,
};

/**
 * What tells whether the coordinator buys for the others free of charge (CGCT L5211-4-4). It may be told and corrected at
 * any time, whatever was signed: each publication is judged on what stands on its day.
 */
@Injectable()
export class FreeOfChargeService {
  constructor(
    private readonly groups: GroupReadingService,
    private readonly queries: ConductQueries,
    private readonly journal: Journal,
  ) {}

  /** Version 0: nobody told. */
  async read(tx: EntityManager, groupId: string): Promise<FreeOfChargeRow> {
    return (await this.queries.freeOfCharge(tx, groupId)) ?? NOT_TOLD;
  }

  /**
   * Replaces it all.
   *
   * @param version the one that was read
   * @throws {Refused} NOT_FOUND, FORBIDDEN, STALE_VERSION with the current state
   */
  async tell(
    tx: EntityManager,
    caller: Caller,
    at: Date,
    groupId: string,
    version: number,
    given: FreeOfCharge,
  ): Promise<FreeOfChargeRow> {
    const trace = caller.require('group.conduct.write', await this.groups.scope(tx, groupId));
    await lockGroup(tx, groupId);
    const before = await this.read(tx, groupId);
    requireVersion(before, version);
    const asked: FreeOfCharge = {
      statutesProvide: given.statutesProvide,
      agentTimeShared: euros(given.agentTimeShared),
      disbursementsShared: euros(given.disbursementsShared),
    };
    if (before.version > 0 && sameJson(told(before), told(asked))) return before;
    await tx.query(
      `insert into group_free_of_charge (group_id, statutes_provide, agent_time_shared, disbursements_shared, version)
       values ($1, $2, $3, $4, 1)
       on conflict (group_id) do update
       set statutes_provide = excluded.statutes_provide, agent_time_shared = excluded.agent_time_shared,
           disbursements_shared = excluded.disbursements_shared, version = group_free_of_charge.version + 1`,
      [groupId, asked.statutesProvide, asked.agentTimeShared, asked.disbursementsShared],
    );
    await this.journal.write(tx, trace, at, [
      {
        ...{ groupId, buyerId: null, subject: 'free-of-charge', subjectId: groupId },
        key: 'groups.tell-free-of-charge',
        before: before.version > 0 ? told(before) : null,
        after: told(asked),
      },
    ]);
    return this.read(tx, groupId);
  }
}

/** With two decimals, as it is read back. */
const euros = (text: string | null): string | null =>
  text === null ? null : centsToDecimal(centsFromDecimal(text));

const told = ({ statutesProvide, agentTimeShared, disbursementsShared }: FreeOfCharge): JournalState => ({
  ...{ statutesProvide, agentTimeShared, disbursementsShared },
});
