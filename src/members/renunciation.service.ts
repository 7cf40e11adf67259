import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { parisDate, type PlainDate } from '../calendar/plain-date.js';
import { Journal } from '../platform/journal/journal.js';
import type { Trace } from '../platform/journal/trace.js';
import { Refused } from '../platform/refusals/refused.js';
import { renunciationFaults } from '../groups/decision-order.rules.js';
import { GroupsQueries } from '../groups/groups.queries.js';
import { GroupsService } from '../groups/groups.service.js';
import { moved, stateOf } from '../groups/membership.rules.js';
import { lockedMembership, type Place, refuseFaults } from './membership.service.js';

export interface Renunciation {
  readonly consultationId: string;
  /** The reason of general interest. */
  readonly reason: string;
  readonly resolutionOn: PlainDate;
  readonly resolutionNumber: string;
}

/** A member does not follow up what was launched with it, for a reason of general interest (G10). */
@Injectable()
export class RenunciationService {
  constructor(
    private readonly journal: Journal,
    private readonly groups: GroupsService,
    private readonly queries: GroupsQueries,
  ) {}

  /**
   * Records the renunciation; the member may withdraw once it renounced everything that binds it.
   *
   * @throws {Refused} NOT_FOUND; NOT_IN_THE_LAUNCH, LAUNCH_IS_OVER, ALREADY_RENOUNCED; VALIDATION for a resolution to come,
   * or older than the launch that it renounces; or as the table of membership says
   */
  async renounce(
    tx: EntityManager,
    trace: Trace,
    at: Date,
    place: Place,
    { consultationId, reason, resolutionOn, resolutionNumber }: Renunciation,
  ): Promise<void> {
    const { groupId, buyerId } = place;
    await this.groups.lock(tx, groupId);
    const { refused } = moved(stateOf(await lockedMembership(tx, place)), 'renounce');
    if (refused) throw new Refused(refused);
    const launch = await this.queries.launch(tx, consultationId);
    const standing = launch?.groupId === groupId ? await launchStanding(tx, consultationId, buyerId) : null;
    if (!standing) throw new Refused('NOT_IN_THE_LAUNCH');
    if (standing.renounced) throw new Refused('ALREADY_RENOUNCED');
    if (launch?.endedAt) throw new Refused('LAUNCH_IS_OVER');
    refuseFaults(renunciationFaults(resolutionOn, parisDate(launch!.launchedAt), parisDate(at)));
    await tx.query(
      `insert into renunciation (consultation_id, buyer_id, reason, resolution_on, resolution_number, renounced_at)
       values ($1, $2, $3, $4, $5, $6)`,
      [consultationId, buyerId, reason, resolutionOn, resolutionNumber, at],
    );
    await this.journal.write(tx, trace, at, [
      {
        groupId,
        buyerId,
        subject: 'renunciation',
        subjectId: consultationId,
        key: 'groups.renounce',
        before: null,
        after: { consultationId, reason, resolutionOn, resolutionNumber },
      },
    ]);
  }
}

/** Whether a buyer is of a launch, and renounced; null when it is not of it. */
async function launchStanding(
  tx: EntityManager,
  consultationId: string,
  buyerId: string,
): Promise<{ readonly renounced: boolean } | null> {
  const [row] = await tx.query<{ renounced: boolean }[]>(
    `select exists (select from renunciation r where r.consultation_id = l.consultation_id
                      and r.buyer_id = l.buyer_id) as renounced
     from group_launch_member l where l.consultation_id = $1 and l.buyer_id = $2`,
    [consultationId, buyerId],
  );
  return row ?? null;
}
