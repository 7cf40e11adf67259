import { randomUUID } from 'node:crypto';
import type { DataSource } from 'typeorm';
import { type Census, joinLots } from './census.js';
import { joinGroup } from './publishable.js';

/** A commune more in the lots of a census, of so many inhabitants: its id. */
export async function moreMember(
  source: DataSource,
  groupId: string,
  of: Census,
  name: string,
  population: number | null,
): Promise<string> {
  const buyerId = randomUUID();
  await source.query(`insert into buyer (id, siret, name) values ($1, $2, $3)`, [
    ...[buyerId, String(Math.floor(Math.random() * 1e14)).padStart(14, '2'), name],
  ]);
  await joinGroup(source, groupId, buyerId);
  if (population !== null) await populate(source, buyerId, population);
  await joinLots(source, of, buyerId);
  return buyerId;
}

export const populate = (source: DataSource, buyerId: string, population: number) =>
  source.query(
    `insert into buyer_population (buyer_id, kind, value, vintage, source) values ($1, 'municipale', $2, 2023, 'INSEE')
     on conflict on constraint buyer_population_is_given_once do update set value = excluded.value`,
    [buyerId, population],
  );

/** What a member types of an item, whatever its lot. */
export async function typed(
  source: DataSource,
  of: Census,
  buyerId: string,
  itemId: string,
  estimate: string | null,
): Promise<void> {
  await source.query(
    `insert into need_declaration (consultation_id, buyer_id, started_at) values ($1, $2, now()) on conflict do nothing`,
    [of.consultationId, buyerId],
  );
  await source.query(
    `insert into need_entry (consultation_id, buyer_id, item_id, lot_id, estimate, updated_at, channel)
     select $1, $2, id, lot_id, $4, now(), 'api' from item where id = $3
     on conflict on constraint need_entry_pk do update set estimate = excluded.estimate`,
    [of.consultationId, buyerId, itemId, estimate],
  );
}

/** What it bought last year. */
export const boughtLastYear = (
  source: DataSource,
  of: Census,
  buyerId: string,
  itemId: string,
  quantity: string,
) =>
  source.query(
    `insert into need_history (consultation_id, buyer_id, item_id, quantity, source) values ($1, $2, $3, $4, 'import')`,
    [of.consultationId, buyerId, itemId, quantity],
  );

/** What counts of it. */
export const countedNeed = (
  source: DataSource,
  of: Census,
  buyerId: string,
  itemId: string,
  estimate: string,
  standing = 'valid',
) =>
  source.query(
    `insert into need_line (consultation_id, item_id, buyer_id, lot_id, standing, estimate)
     select $1, id, $2, lot_id, $5, $4 from item where id = $3`,
    [of.consultationId, buyerId, itemId, estimate, standing],
  );
