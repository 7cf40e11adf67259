/**
 * What changed in need lines, as the journal tells it: « 12,5 min 10 max 20 valide » by item code, one entry for a
 * member's needs in a lot. Lines come and go by millions: the database keeps each change aside while it writes, in a
 * table of the transaction, and the entries are made from it at the end without leaving it.
 */
import type { EntityManager } from 'typeorm';
import type { Journal } from '../platform/journal/journal.js';
import type { Trace } from '../platform/journal/trace.js';

const words = (line: string): string =>
  `replace(trim_scale(${line}.estimate)::text || coalesce(' min ' || trim_scale(${line}.minimum)::text, '')
     || coalesce(' max ' || trim_scale(${line}.maximum)::text, ''), '.', ',')
   || case ${line}.standing when 'valid' then ' valide' when 'late' then ' hors délai' else ' brouillon' end`;

/** Opens the table that {@link tellChanges} reads and closes. */
export async function openChanges(tx: EntityManager): Promise<void> {
  await tx.query(
    `create temporary table need_change (
       buyer_id uuid not null, item_id uuid not null, old_lot_id uuid, old_words text, lot_id uuid, words text
     ) on commit drop`,
  );
}

/**
 * SQL that keeps from the lines given ($1 consultation, $2 to $8 columns) those that change something, in a row source
 * named `changed`, has `write` write them, and notes what they were and are. The old line is looked up by its key: a
 * plan made without statistics must not read the whole table for each chunk.
 */
export const noteWritten = (write: string): string => `
  with given as (
    select * from unnest($2::uuid[], $3::uuid[], $4::uuid[], $5::text[], $6::numeric[], $7::numeric[], $8::numeric[])
      as given (item_id, buyer_id, lot_id, standing, minimum, estimate, maximum)
  ), changed as materialized (
    select given.*, old.lot_id as old_lot_id, ${words('old')} as old_words
    from given left join lateral (
      select lot_id, standing, minimum, estimate, maximum from need_line
      where consultation_id = $1 and item_id = given.item_id and buyer_id = given.buyer_id offset 0
    ) as old on true
    where (old.lot_id, old.standing, old.minimum, old.estimate, old.maximum)
      is distinct from (given.lot_id, given.standing, given.minimum, given.estimate, given.maximum)
  ), written as (${write})
  insert into need_change (buyer_id, item_id, old_lot_id, old_words, lot_id, words)
  select buyer_id, item_id, old_lot_id, old_words, lot_id, ${words('changed')} from changed`;

/** SQL that runs a `delete from need_line line …` and notes what the lines were. */
export const noteRemoved = (remove: string): string => `
  with removed as (${remove} returning line.*)
  insert into need_change (buyer_id, item_id, old_lot_id, old_words)
  select buyer_id, item_id, lot_id, ${words('removed')} from removed`;

/** Writes the entries of all that was noted. A line that changed lots is told in both. */
export async function tellChanges(
  journal: Journal,
  tx: EntityManager,
  trace: Trace,
  at: Date,
  key: 'needs.replace' | 'needs.withdraw' | 'needs.leave',
  consultationId: string,
): Promise<void> {
  await journal.writeSelected(
    tx,
    trace,
    at,
    `select c.group_id, change.buyer_id, 'needs' as subject, change.lot_id::text as subject_id, $2::text as key,
            jsonb_object_agg(item.code, old_words) filter (where old_words is not null) as before,
            jsonb_object_agg(item.code, words) filter (where words is not null) as after
     from (
       select buyer_id, item_id, coalesce(lot_id, old_lot_id) as lot_id, old_words, words
       from need_change where old_lot_id is null or lot_id is null or old_lot_id = lot_id
       union all
       select buyer_id, item_id, old_lot_id, old_words, null from need_change where old_lot_id <> lot_id
       union all
       select buyer_id, item_id, lot_id, null, words from need_change where old_lot_id <> lot_id
     ) as change
     join item on item.id = change.item_id
     join consultation c on c.id = $1
     group by c.group_id, change.buyer_id, change.lot_id
     order by change.buyer_id, change.lot_id`,
    [consultationId, key],
  );
  await tx.query('drop table need_change');
}
