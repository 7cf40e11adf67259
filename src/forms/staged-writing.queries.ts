import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Journal } from '../platform/journal/journal.js';
import type { Trace } from '../platform/journal/trace.js';

/** In what and when staged lines are written. */
export interface StagedWriting {
  readonly groupId: string;
  readonly consultationId: string;
  readonly trace: Trace;
  /** The database's, when the transaction began. */
  readonly now: Date;
}

/** French quantities of a line, as the journal tells them; null when nothing is said. */
const words = (prefix: string, others: string): string =>
  `nullif(replace(concat_ws(' ', trim_scale(n.${prefix}estimate)::text, 'min ' || trim_scale(n.${prefix}minimum)::text,
     'max ' || trim_scale(n.${prefix}maximum)::text${others}), '.', ','), '')`;

/** What a change of quantities leaves of a line, told beside them as when it is typed. */
const BESIDE = `, 'payé ' || (case when scale(trim_scale(e.last_price)) < 2 then round(e.last_price, 2)
   else trim_scale(e.last_price) end)::text || ' €', 'conservé ' || trim_scale(e.kept_outside)::text`;

/** Writes the staged lines that change something, each kind by one statement. */
@Injectable()
export class StagedWritingQueries {
  constructor(private readonly journal: Journal) {}

  /** What members need, as if they had typed it; told to the journal of each, lot by lot, with what it was. */
  async entries(tx: EntityManager, { groupId, consultationId, trace, now }: StagedWriting): Promise<void> {
    const by = trace.actorKind === 'person' ? trace.actorId : null;
    await tx.query(
      `insert into need_declaration (consultation_id, buyer_id, started_at, started_by)
       select distinct $1::uuid, buyer_id, $2::timestamptz, $3::uuid from form_need where change on conflict do nothing`,
      [consultationId, now, by],
    );
    await tx.query(
      `insert into need_entry (consultation_id, buyer_id, item_id, lot_id, estimate, minimum, maximum, updated_at, updated_by, channel)
       select $1, buyer_id, item_id, lot_id, estimate, minimum, maximum, $2, $3, 'import' from form_need where change
       on conflict (consultation_id, buyer_id, item_id) do update set
         estimate = excluded.estimate, minimum = excluded.minimum, maximum = excluded.maximum,
         version = need_entry.version + 1, updated_at = excluded.updated_at, updated_by = excluded.updated_by,
         channel = excluded.channel`,
      [consultationId, now, by],
    );
    await tx.query(
      `update need_declaration d set revision = revision + 1
       from (select distinct buyer_id from form_need where change) as changed
       where d.consultation_id = $1 and d.buyer_id = changed.buyer_id`,
      [consultationId],
    );
    await this.journal.writeSelected(
      tx,
      { ...trace, channel: 'import' },
      now,
      `select $1::uuid as group_id, n.buyer_id, 'needs' as subject, n.lot_id::text as subject_id, 'needs.type' as key,
              jsonb_object_agg(i.code, ${words('was_', BESIDE)}) as before, jsonb_object_agg(i.code, ${words('', BESIDE)}) as after
       from form_need n join item i on i.id = n.item_id
       join need_entry e on e.consultation_id = $2 and e.buyer_id = n.buyer_id and e.item_id = n.item_id
       where n.change group by n.buyer_id, n.lot_id, n.lot_number order by n.buyer_id, n.lot_number`,
      [groupId, consultationId],
    );
  }

  /** What members bought the year before. */
  async history(tx: EntityManager, { groupId, consultationId, trace, now }: StagedWriting): Promise<void> {
    await tx.query(
      `insert into need_history (consultation_id, buyer_id, item_id, quantity, source)
       select $1, buyer_id, item_id, estimate, 'import' from form_need where change
       on conflict (consultation_id, buyer_id, item_id) do update set quantity = excluded.quantity, source = excluded.source`,
      [consultationId],
    );
    await this.journal.writeSelected(
      tx,
      { ...trace, channel: 'import' },
      now,
      `select $1::uuid as group_id, n.buyer_id, 'needs-campaign' as subject, $2::uuid::text as subject_id,
              'needs.import-history' as key, jsonb_object_agg(i.code, ${words('was_', '')}) as before,
              jsonb_object_agg(i.code, ${words('', '')}) as after
       from form_need n join item i on i.id = n.item_id
       where n.change group by n.buyer_id order by n.buyer_id`,
      [groupId, consultationId],
    );
  }
}
