import type { EntityManager } from 'typeorm';
import type { JournalState, Told } from '../platform/journal/changes.js';
import type { PurchasingGroup } from './purchasing-group.entity.js';

/** A group as the journal tells it. */
export const toldGroup = (group: Omit<PurchasingGroup, 'id' | 'createdAt' | 'version'>): JournalState => ({
  title: group.title,
  coordinatorId: group.coordinatorId,
  kind: group.kind,
  object: group.object,
  families: group.families,
  startsOn: group.startsOn,
  endsOn: group.endsOn,
  membersSeeEachOther: group.membersSeeEachOther,
  ...(group.reservedClusterId === null ? {} : { reservedClusterId: group.reservedClusterId }),
});

/** The memberships of a group as the journal tells them. @param buyerIds those to tell; null: all */
export const toldMemberships = (
  tx: EntityManager,
  groupId: string,
  buyerIds: readonly string[] | null = null,
): Promise<Told[]> =>
  tx.query<Told[]>(
    `select group_id as "subjectId", buyer_id as "buyerId",
            jsonb_build_object('answer',
              case when declined_at is not null then 'declined' when withdrawn_at is not null then 'withdrawn'
                   when joined_at is not null then 'joined' when interested_at is not null then 'interested'
                   else 'invited' end,
              'reason', coalesce(decline_reason, withdrawal_reason),
              'municipalPopulation', municipal_population, 'populationSource', population_source,
              'decisionKind', decision_kind, 'resolutionOn', resolution_on, 'resolutionNumber', resolution_number,
              'sentToPrefectureOn', sent_to_prefecture_on, 'enforceableOn', enforceable_on) as state
     from membership where group_id = $1 and ($2::uuid[] is null or buyer_id = any($2)) order by buyer_id`,
    [groupId, buyerIds],
  );
