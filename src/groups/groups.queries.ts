import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { PlainDate } from '../calendar/plain-date.js';

export interface MembershipRow {
  readonly buyerId: string;
  /** INSEE code, or SIRET where there is none. */
  readonly key: string;
  readonly siret: string;
  readonly inseeCode: string | null;
  readonly name: string;
  readonly joined: boolean;
  readonly population: number | null;
  readonly populationSource: string | null;
  readonly resolutionOn: PlainDate | null;
  readonly resolutionNumber: string | null;
}

@Injectable()
export class GroupsQueries {
  /** All answers of a group, sorted by key. */
  memberships(tx: EntityManager, groupId: string): Promise<MembershipRow[]> {
    return tx.query<MembershipRow[]>(
      `select b.id as "buyerId", coalesce(b.insee_code, b.siret) as key, b.siret, b.insee_code as "inseeCode", b.name,
              m.joined_at is not null as joined, m.municipal_population as population,
              m.population_source as "populationSource", m.resolution_on::text as "resolutionOn",
              m.resolution_number as "resolutionNumber"
       from membership m join buyer b on b.id = m.buyer_id
       where m.group_id = $1
       order by coalesce(b.insee_code, b.siret) collate "C"`,
      [groupId],
    );
  }
}
