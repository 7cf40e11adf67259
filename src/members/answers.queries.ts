import { Injectable } from '@nestjs/common';
import { type EntityManager, In } from 'typeorm';
import { Buyer } from '../buyers/buyer.entity.js';
import type { PlainDate } from '../calendar/plain-date.js';
import { ConductQueries } from '../conduct/conduct.queries.js';
import { GroupsQueries, STATE } from '../groups/groups.queries.js';
import type { Reservation } from '../groups/reserved-cluster.queries.js';
import type { MembershipState } from '../groups/membership.rules.js';
import type { AnswerPlace, AnswerToJudge, MembershipAnswer } from './answers.rules.js';

export interface NamedPlace extends AnswerPlace {
  readonly name: string;
  readonly siret: string;
}

@Injectable()
export class AnswersQueries {
  constructor(
    private readonly groups: GroupsQueries,
    private readonly conduct: ConductQueries,
  ) {}

  /** Where the buyers of a group stand, by buyer, in the order of their names. */
  async places(tx: EntityManager, groupId: string): Promise<Map<string, NamedPlace>> {
    const bound = new Set((await this.groups.bound(tx, groupId)).map(({ buyerId }) => buyerId));
    const rows = await tx.query<
      {
        buyerId: string;
        standing: MembershipState;
        toldByFiles: boolean;
        name: string;
        siret: string;
        signedFirstOn: PlainDate | null;
      }[]
    >(
      `select m.buyer_id as "buyerId", ${STATE} as standing, b.name, coalesce(b.siret, b.siren) as siret,
              m.invited_at is null and m.sent_to_prefecture_on is null
                and not exists (select from agreement_signature s
                                where s.group_id = m.group_id and s.buyer_id = m.buyer_id) as "toldByFiles",
              (select min(s.signed_on)::text from agreement_signature s
               where s.group_id = m.group_id and s.buyer_id = m.buyer_id and s.recorded_at >= m.joined_at)
                as "signedFirstOn"
       from membership m join buyer b on b.id = m.buyer_id
       where m.group_id = $1 order by b.name_key collate "C", m.buyer_id`,
      [groupId],
    );
    const ids = rows.map(({ buyerId }) => buyerId);
    const missions = await this.conduct.missionsHeldBy(tx, groupId, ids);
    const holders = new Set(missions.map(({ buyerId }) => buyerId));
    return new Map(
      rows.map(({ buyerId, ...place }) => [
        buyerId,
        { ...place, bound: bound.has(buyerId), holdsMission: holders.has(buyerId), outside: false },
      ]),
    );
  }

  /** Those of the buyers given that may not enter a group, for it is reserved to a cluster of which they are not. */
  async outsiders(
    tx: EntityManager,
    { coordinatorId, reservedClusterId }: Omit<Reservation, 'id'>,
    buyerIds: readonly string[],
  ): Promise<Set<string>> {
    if (reservedClusterId === null) return new Set();
    const inside = await tx.query<{ buyerId: string }[]>(
      `select buyer_id as "buyerId" from cluster_member where cluster_id = $1`,
      [reservedClusterId],
    );
    const open = new Set([coordinatorId, ...inside.map(({ buyerId }) => buyerId)]);
    return new Set(buyerIds.filter((buyerId) => !open.has(buyerId)));
  }

  /** Answers with what is known of their buyers. */
  async toJudge(tx: EntityManager, answers: readonly MembershipAnswer[]): Promise<AnswerToJudge[]> {
    const buyers = await tx.find(Buyer, {
      where: { id: In(answers.map(({ buyerId }) => buyerId)) },
      select: { id: true, siret: true, inseeCode: true, name: true },
    });
    const known = new Map(buyers.map((buyer) => [buyer.id, buyer]));
    return answers.map((answer) => {
      const buyer = known.get(answer.buyerId);
      return {
        buyerId: answer.buyerId,
        joins: answer.joins,
        resolutionOn: answer.resolutionOn,
        resolutionNumber: answer.resolutionNumber,
        isCommune: (buyer?.inseeCode ?? null) !== null,
        name: buyer?.name ?? '',
        siret: buyer?.siret ?? '',
      };
    });
  }
}
