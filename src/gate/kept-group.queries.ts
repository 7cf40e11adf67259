import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { KeptGroup } from './kept-group.rules.js';
import { DECISION, signatureOf } from './publication.queries.js';

@Injectable()
export class KeptGroupQueries {
  /** What a launch rests on, as it is kept now. @param version of the agreement that it was launched with */
  async read(tx: EntityManager, consultationId: string, version: number | null): Promise<KeptGroup> {
    const [row] = await tx.query<{ kept: KeptGroup }[]>(
      `select jsonb_build_object(
         'groupId', g.id, 'coordinator', jsonb_build_object('buyer', g.coordinator_id,
           'signature', ${signatureOf('g.coordinator_id', '$2::integer')}),
         'agreement', (select jsonb_build_object('number', v.number, 'label', v.label, 'adoptedOn', v.adopted_on)
                       from agreement_version v where v.group_id = g.id and v.number = $2::integer),
         'members', coalesce((
           select jsonb_agg(jsonb_build_object('buyer', x.buyer_id,
             'signature', ${signatureOf('x.buyer_id', '$2::integer')}, 'decision', ${DECISION},
             'anew', coalesce(coalesce(m.joined_at, m.invited_at) > l.launched_at, false),
             'signedAnew', exists (select from agreement_signature s
                                   where s.group_id = g.id and s.version_number = $2::integer and s.buyer_id = x.buyer_id
                                     and s.recorded_at > l.launched_at),
             'leftBound', m.withdrawn_at is not null and coalesce(l.ended_at > m.withdrawn_at, true)
               and not exists (select from renunciation r
                               where r.consultation_id = x.consultation_id and r.buyer_id = x.buyer_id)))
           from group_launch_member x left join membership m on m.buyer_id = x.buyer_id and m.group_id = g.id
           where x.consultation_id = n.id), '[]')) as kept
       from consultation n join purchasing_group g on g.id = n.group_id
       left join group_launch l on l.consultation_id = n.id
       where n.id = $1`,
      [consultationId, version],
    );
    return row!.kept;
  }
}
