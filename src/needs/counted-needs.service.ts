import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Standing } from './needs.rules.js';

/** What counts of one member: made from a version of its declaration, never from what it is typing. */
@Injectable()
export class CountedNeedsService {
  /**
   * Makes the need lines of a member those of a version: a line per quantity, and a zero for each item of a lot in which it
   * needs nothing. Lots that it left meanwhile are left out. The caller holds the consultation's lock, and tells the journal.
   *
   * @param standing `late` while the coordinator has not accepted it
   */
  async take(tx: EntityManager, versionId: string, standing: Exclude<Standing, 'draft'>): Promise<void> {
    const [version] = await tx.query<{ consultationId: string; buyerId: string }[]>(
      `select consultation_id as "consultationId", buyer_id as "buyerId" from need_version where id = $1`,
      [versionId],
    );
    await this.clear(tx, version!.consultationId, version!.buyerId);
    await tx.query(
      `with version as (select consultation_id, buyer_id, content::jsonb as said from need_version where id = $1),
       zero as (
         select i.id as item_id, i.lot_id from version
         cross join lateral jsonb_to_recordset(said -> 'lots') as lot ("lotId" uuid, "noNeed" boolean)
         join item i on i.lot_id = lot."lotId"
         where lot."noNeed"),
       line as (
         select i.id as item_id, i.lot_id, given.minimum, given.estimate, given.maximum from version
         cross join lateral jsonb_to_recordset(said -> 'lines')
           as given ("itemId" uuid, minimum numeric, estimate numeric, maximum numeric)
         join item i on i.id = given."itemId"
         where given.estimate is not null)
       insert into need_line (consultation_id, item_id, buyer_id, lot_id, standing, minimum, estimate, maximum)
       select version.consultation_id, said.item_id, version.buyer_id, said.lot_id, $2, said.minimum, said.estimate,
              said.maximum
       from version, (
         select * from line
         union all select item_id, lot_id, null, 0, null from zero
           where not exists (select from line where line.item_id = zero.item_id)) as said
       join lot_participation p on p.lot_id = said.lot_id
       where p.buyer_id = version.buyer_id`,
      [versionId, standing],
    );
  }

  /** Nothing of a member counts any more: it contested what was transmitted, or its late answer was refused. */
  async clear(tx: EntityManager, consultationId: string, buyerId: string): Promise<void> {
    await tx.query(`delete from need_line where consultation_id = $1 and buyer_id = $2`, [
      consultationId,
      buyerId,
    ]);
  }
}
