import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { lockOpenConsultation } from '../consultations/open-consultation.queries.js';
import { newId } from '../platform/database/id.js';
import type { JournalEntry, JournalState, Told } from '../platform/journal/changes.js';
import { Journal } from '../platform/journal/journal.js';
import type { Trace } from '../platform/journal/trace.js';
import { Refused } from '../platform/refusals/refused.js';
import { type CataloguePlace, type ItemDetailRow, ItemsQueries, type LotPlace } from './items.queries.js';
import { CATALOGUE_LIMIT, describeItem, itemCodeKey } from './items.rules.js';
import { toldItem } from '../lots/lots-told.queries.js';
import { suggestNature } from './m57.rules.js';
import { unitCodeOf } from './units.rules.js';

/** What people write of an item; amounts are canonical decimal texts. */
export interface ItemFields {
  readonly code: string;
  readonly designation: string;
  /** A unit that `readUnit` understands, as people write it. */
  readonly unit: string;
  readonly packaging: string;
  readonly unitPrice: string;
  readonly vatRate: string;
  readonly cpvCode: string | null;
  readonly purchaseFamily: string | null;
  /** Empty when it is not known. */
  readonly m57Nature: string;
  readonly reuseShare: string | null;
}

/** A new item; without nature, that of its purchase family, else of its lot's, is proposed. */
export type NewItem = Omit<ItemFields, 'm57Nature'> & {
  readonly m57Nature?: string | undefined;
  /** Place in the lot, from 1; undefined: the last. */
  readonly position?: number | undefined;
};

export type ItemChanges = { readonly [K in keyof ItemFields]?: ItemFields[K] | undefined } & {
  readonly position?: number | undefined;
};

/** Items one by one. The caller has asserted the right on the place that it gives. */
@Injectable()
export class ItemsService {
  constructor(
    private readonly queries: ItemsQueries,
    private readonly journal: Journal,
  ) {}

  /**
   * Adds an item to a lot.
   *
   * @throws {Refused} CATALOGUE_FULL, ITEM_CODE_TAKEN, ITEM_CPV_UNKNOWN, and what {@link lockOpenConsultation} refuses
   */
  async create(
    tx: EntityManager,
    trace: Trace,
    at: Date,
    place: LotPlace,
    item: NewItem,
  ): Promise<ItemDetailRow> {
    await lockOpenConsultation(tx, place.consultationId);
    if ((await this.queries.count(tx, place.consultationId)) >= CATALOGUE_LIMIT)
      throw new Refused('CATALOGUE_FULL', CATALOGUE_LIMIT);
    await this.requireFreeCode(tx, place, item.code);
    await this.requireCpv(tx, item.cpvCode);
    const id = newId();
    const family = item.purchaseFamily ?? place.lotPurchaseFamily;
    const nature = item.m57Nature ?? suggestNature(family, place.lotFamily) ?? '';
    await tx.query(
      `insert into item (id, consultation_id, lot_id, position, code, designation, unit, unit_code, packaging,
                         unit_price, vat_rate, cpv_code, purchase_family, m57_nature, reuse_share)
       select $1, $2, $3, coalesce(max(position), 0) + 1, $4, $5, $6, $7, $8, $9::numeric, $10::numeric, $11, $12, $13,
              $14::numeric
       from item where lot_id = $3`,
      [id, place.consultationId, place.lotId, ...columnsOf({ ...item, m57Nature: nature })],
    );
    if (item.position !== undefined) await moveTo(tx, place.lotId, id, item.position);
    const told = await toldItem(tx, id);
    await this.write(tx, trace, at, place, 'items.create', id, null, told);
    return (await this.queries.item(tx, id))!;
  }

  /**
   * Changes what is told of an item; what is undefined stays.
   *
   * @param version the one that was read
   * @throws {Refused} NOT_FOUND, STALE_VERSION with the current state, ITEM_CODE_TAKEN, ITEM_CPV_UNKNOWN, and what
   * {@link lockOpenConsultation} refuses
   */
  async change(
    tx: EntityManager,
    trace: Trace,
    at: Date,
    { consultationId, groupId, id }: CataloguePlace & { readonly id: string },
    version: number,
    { position, ...changes }: ItemChanges,
  ): Promise<ItemDetailRow> {
    await lockOpenConsultation(tx, consultationId);
    const before = await this.current(tx, id, version);
    const told = await toldItem(tx, id);
    const given = Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined));
    const item: ItemFields = { ...before, ...(given as Partial<ItemFields>) };
    if (itemCodeKey(item.code) !== itemCodeKey(before.code))
      await this.requireFreeCode(tx, before, item.code);
    if (item.cpvCode !== before.cpvCode) await this.requireCpv(tx, item.cpvCode);
    await tx.query(
      `update item set code = $2, designation = $3, unit = $4, unit_code = $5, packaging = $6, unit_price = $7::numeric,
              vat_rate = $8::numeric, cpv_code = $9, purchase_family = $10, m57_nature = $11,
              reuse_share = $12::numeric, version = version + 1
       where id = $1`,
      [id, ...columnsOf(item)],
    );
    if (position !== undefined) await moveTo(tx, before.lotId, id, position);
    const after = (await this.queries.item(tx, id))!;
    await this.write(
      tx,
      trace,
      at,
      { consultationId, groupId },
      'items.change',
      id,
      placed(told, before.position),
      placed(await toldItem(tx, id), after.position),
    );
    return after;
  }

  /**
   * Removes an item. Needs declared for it stop it, by their foreign key.
   *
   * @param version the one that was read
   * @throws {Refused} NOT_FOUND, STALE_VERSION with the current state, and what {@link lockOpenConsultation} refuses
   */
  async remove(
    tx: EntityManager,
    trace: Trace,
    at: Date,
    { consultationId, groupId, id }: CataloguePlace & { readonly id: string },
    version: number,
  ): Promise<void> {
    await lockOpenConsultation(tx, consultationId);
    await this.current(tx, id, version);
    const told = await toldItem(tx, id);
    await tx.query(`delete from item where id = $1`, [id]);
    await this.write(tx, trace, at, { consultationId, groupId }, 'items.remove', id, told, null);
  }

  private async current(tx: EntityManager, id: string, version: number): Promise<ItemDetailRow> {
    const item = await this.queries.item(tx, id);
    if (!item) throw new Refused('NOT_FOUND');
    if (item.version !== version) throw new Refused('STALE_VERSION').withCurrent(describeItem(item));
    return item;
  }

  private async requireFreeCode(tx: EntityManager, place: CataloguePlace, code: string): Promise<void> {
    const bearer = await this.queries.bearerOf(tx, place.consultationId, code);
    if (bearer) throw new Refused('ITEM_CODE_TAKEN', bearer.code, bearer.lot);
  }

  private async requireCpv(tx: EntityManager, code: string | null): Promise<void> {
    if (code !== null && !(await this.queries.isCpvCode(tx, code)))
      throw new Refused('ITEM_CPV_UNKNOWN', code);
  }

  private async write(
    tx: EntityManager,
    trace: Trace,
    at: Date,
    { groupId }: CataloguePlace,
    key: string,
    subjectId: string,
    before: Told | null,
    after: Told | null,
  ): Promise<void> {
    const entry: JournalEntry = {
      groupId,
      buyerId: null,
      subject: 'item',
      subjectId,
      key,
      before: before && before.state,
      after: after && after.state,
    };
    await this.journal.write(tx, trace, at, [entry]);
  }
}

const placed = (told: Told | null, position: number): Told | null =>
  told && { ...told, state: { ...told.state, position: String(position) } satisfies JournalState };

const columnsOf = (item: ItemFields): (string | null)[] => [
  item.code,
  item.designation,
  item.unit,
  unitCodeOf(item.unit),
  item.packaging,
  item.unitPrice,
  item.vatRate,
  item.cpvCode,
  item.purchaseFamily,
  item.m57Nature,
  item.reuseShare,
];

/** Puts an item at a place of its lot, from 1; the others keep their order. */
async function moveTo(tx: EntityManager, lotId: string, itemId: string, place: number): Promise<void> {
  await tx.query(
    `with other as (
       select id, row_number() over (order by position, code) as rank from item where lot_id = $1 and id <> $2),
     wanted as (
       select id, rank + (rank >= least($3, (select count(*) + 1 from other)))::int as rank from other
       union all select $2, least($3, (select count(*) + 1 from other)))
     update item set position = wanted.rank from wanted where item.id = wanted.id and position <> wanted.rank`,
    [lotId, itemId, place],
  );
}
