import type { LawOn } from '../law/law-on.js';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { parisDate } from '../calendar/plain-date.js';
import { LawbookService } from '../lawbook/lawbook.service.js';
import type { Caller } from '../platform/access/caller.js';
import type { JournalState } from '../platform/journal/changes.js';
import { Journal } from '../platform/journal/journal.js';
import { Refused } from '../platform/refusals/refused.js';
import { type Committee, type CommitteeKind, committeeOf } from './committee.rules.js';
import { type CommitteeRow, ConductQueries } from './conduct.queries.js';
import { lockGroup } from '../groups/group-lock.queries.js';
import { GroupReadingService } from '../groups/group-reading.service.js';

export interface CommitteeChoice {
  readonly kind: CommitteeKind;
  readonly castingVote: boolean;
}

export interface CommitteeState extends Committee {
  /** 0 when nobody chose yet. */
  readonly version: number;
  readonly chosen: boolean;
}

/** The coordinator's, unless the agreement says otherwise (CGCT L1414-3 II). */
const BY_DEFAULT: CommitteeRow = { kind: 'coordinator', castingVote: false, version: 0 };

/** The committee (commission d'appel d'offres) that awards a group's contracts. */
@Injectable()
export class CommitteeService {
  constructor(
    private readonly groups: GroupReadingService,
    private readonly queries: ConductQueries,
    private readonly journal: Journal,
    private readonly lawbook: LawbookService,
  ) {}

  /** Its composition, by the law of that instant's day in Paris. @throws {Refused} NOT_FOUND when there is no such group */
  async read(tx: EntityManager, groupId: string, at: Date): Promise<CommitteeState> {
    return this.readBy(tx, groupId, await this.lawbook.on(tx, parisDate(at)));
  }

  /** The same, by a law. @throws {Refused} NOT_FOUND when there is no such group */
  async readBy(tx: EntityManager, groupId: string, law: LawOn): Promise<CommitteeState> {
    const members = await this.queries.parties(tx, groupId);
    const [coordinator] = members;
    if (!coordinator) throw new Refused('NOT_FOUND');
    const { version, ...choice } = (await this.queries.committee(tx, groupId)) ?? BY_DEFAULT;
    const committee = committeeOf({ ...choice, coordinator, members, law });
    return { version, chosen: version > 0, ...committee };
  }

  /**
   * @param version the one that was read
   * @throws {Refused} NOT_FOUND, FORBIDDEN, AGREEMENT_SIGNED while members are bound by its latest version, STALE_VERSION
   * with the current state
   */
  async choose(
    tx: EntityManager,
    caller: Caller,
    at: Date,
    groupId: string,
    version: number,
    { kind, castingVote }: CommitteeChoice,
  ): Promise<CommitteeState> {
    const trace = caller.require('group.conduct.write', await this.groups.scope(tx, groupId));
    await lockGroup(tx, groupId);
    const signed = await this.queries.signedAgreement(tx, groupId);
    if (signed) throw new Refused('AGREEMENT_SIGNED', BOUND, signed.signatories, signed.label);
    const current = await this.read(tx, groupId, at);
    if (current.version !== version) throw new Refused('STALE_VERSION').withCurrent(current);
    if (current.chosen && current.kind === kind && current.castingVote === castingVote) return current;
    await tx.query(
      `insert into group_committee (group_id, kind, casting_vote, version) values ($1, $2, $3, 1)
       on conflict (group_id) do update
       set kind = excluded.kind, casting_vote = excluded.casting_vote, version = group_committee.version + 1`,
      [groupId, kind, castingVote],
    );
    await this.journal.write(tx, trace, at, [
      {
        ...{
          groupId,
          buyerId: null,
          subject: 'committee',
          subjectId: groupId,
          key: 'groups.choose-committee',
        },
        before: current.chosen ? told(current) : null,
        after: told({ kind, castingVote }),
      },
    ]);
    return this.read(tx, groupId, at);
  }
}

/** What members who signed may no longer find changed (CGCT L1414-3). */
const BOUND = 'la commission d’appel d’offres ne change plus';

const told = ({ kind, castingVote }: CommitteeChoice): JournalState => ({ committee: kind, castingVote });
