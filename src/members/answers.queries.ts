import { Injectable } from '@nestjs/common';
import { type EntityManager, In } from 'typeorm';
import { Buyer } from '../buyers/buyer.entity.js';
import { GroupsQueries, STATE } from '../groups/groups.queries.js';
import type { MembershipState } from '../groups/membership.rules.js';
import type { AnswerPlace, AnswerToJudge, MembershipAnswer } from './answers.rules.js';

export interface NamedPlace extends AnswerPlace {
  readonly name: string;
  readonly siret: string;
}

@Injectable()
export class AnswersQueries {
  constructor(private readonly groups: GroupsQueries) {}

  /** Where the buyers of a group stand, by buyer, in the order of their names. */
  async places(tx: EntityManager, groupId: string): Promise<Map<string, NamedPlace>> {
    const bound = new Set((await this.groups.bound(tx, groupId)).map(({ buyerId }) => buyerId));
    const rows = await tx.query<
      { buyerId: string; standing: MembershipState; toldByFiles: boolean; name: string; siret: string }[]
    >(
      `select m.buyer_id as "buyerId", ${STATE} as standing, b.name, coalesce(b.siret, b.siren) as siret,
              m.invited_at is null and m.sent_to_prefecture_on is null
                and not exists (select from agreement_signature s
                                where s.group_id = m.group_id and s.buyer_id = m.buyer_id) as "toldByFiles"
       from membership m join buyer b on b.id = m.buyer_id
       where m.group_id = $1 order by b.name, m.buyer_id`,
      [groupId],
    );
    return new Map(
      rows.map(({ buyerId, ...place }) => [buyerId, { ...place, bound: bound.has(buyerId) }] as const),
    );
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
