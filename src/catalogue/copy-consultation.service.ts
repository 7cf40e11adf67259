import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { PlainDate } from '../calendar/plain-date.js';
import { ConsultationsService } from '../consultations/consultations.service.js';
import { newId } from '../platform/database/id.js';
import { entriesBetween } from '../platform/journal/changes.js';
import { Journal } from '../platform/journal/journal.js';
import type { Trace } from '../platform/journal/trace.js';
import { CopyFollowersService } from './copy-followers.service.js';
import { COPIED_ITEM_COLUMNS, COPIED_LOT_COLUMNS } from './copied-columns.js';
import { toldItems, toldLots } from '../lots/lots-told.queries.js';

/**
 * Last year's consultation begins the next one: its object, duration, lots, their delivery sites and items, then what
 * rooms downstream say of them; nobody's participation or needs.
 */
@Injectable()
export class CopyConsultationService {
  constructor(
    private readonly consultations: ConsultationsService,
    private readonly followers: CopyFollowersService,
    private readonly journal: Journal,
  ) {}

  /**
   * Copies a consultation into the same group, whatever its state; the right was asserted by the caller. Lots keep their
   * numbers, items their codes: by these, what rooms downstream say of them can be found again.
   *
   * @returns the id of the copy
   * @throws {Refused} NOT_FOUND, ALREADY_EXISTS for its title
   */
  async copy(
    tx: EntityManager,
    trace: Trace,
    at: Date,
    sourceId: string,
    given: { readonly title: string; readonly plannedLaunchOn: PlainDate | null },
  ): Promise<string> {
    const { id, groupId } = await this.consultations.copy(tx, trace, at, sourceId, given);
    const lots = await this.newIds(tx, 'lot', sourceId);
    await tx.query(
      `insert into lot (id, consultation_id, ${COPIED_LOT_COLUMNS.join(', ')})
       select given.new_id, $2, ${columnsOf('lot', COPIED_LOT_COLUMNS)}
       from unnest($3::uuid[], $4::uuid[]) as given (old_id, new_id)
       join lot on lot.id = given.old_id and lot.consultation_id = $1`,
      [sourceId, id, lots.old, lots.new],
    );
    // One that its owner gave up since is left behind; none can be while it is being copied.
    await tx.query(
      `with site as (select s.id from delivery_site s
                     where s.retired_at is null
                       and s.id in (select delivery_site_id from lot_delivery_site where consultation_id = $1)
                     order by s.id for share)
       insert into lot_delivery_site (lot_id, consultation_id, delivery_site_id)
       select given.new_id, $2, former.delivery_site_id
       from unnest($3::uuid[], $4::uuid[]) as given (old_id, new_id)
       join lot_delivery_site former on former.lot_id = given.old_id
       join site on site.id = former.delivery_site_id`,
      [sourceId, id, lots.old, lots.new],
    );
    const items = await this.newIds(tx, 'item', sourceId);
    await tx.query(
      `insert into item (id, consultation_id, lot_id, ${COPIED_ITEM_COLUMNS.join(', ')})
       select given.new_id, $2, lots.new_id, ${columnsOf('item', COPIED_ITEM_COLUMNS)}
       from unnest($3::uuid[], $4::uuid[]) as given (old_id, new_id)
       join item on item.id = given.old_id and item.consultation_id = $1
       join unnest($5::uuid[], $6::uuid[]) as lots (old_id, new_id) on lots.old_id = item.lot_id`,
      [sourceId, id, items.old, items.new, lots.old, lots.new],
    );
    const of = { groupId, key: 'lots.copy' };
    await this.journal.write(tx, trace, at, [
      ...entriesBetween({ ...of, subject: 'lot' }, [], await toldLots(tx, id)),
      ...entriesBetween({ ...of, subject: 'item' }, [], await toldItems(tx, id)),
    ]);
    await this.followers.follow(tx, trace, at, { sourceId, id, groupId });
    return id;
  }

  private async newIds(
    tx: EntityManager,
    table: 'lot' | 'item',
    consultationId: string,
  ): Promise<{ readonly old: readonly string[]; readonly new: readonly string[] }> {
    const rows = await tx.query<{ id: string }[]>(
      `select id from ${table} where consultation_id = $1 order by ${table === 'lot' ? 'number' : 'position'}`,
      [consultationId],
    );
    return { old: rows.map(({ id }) => id), new: rows.map(() => newId()) };
  }
}

const columnsOf = (table: string, columns: readonly string[]): string =>
  columns.map((column) => `${table}.${column}`).join(', ');
