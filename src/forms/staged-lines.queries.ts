import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { ConsolidatedRow } from './consolidated.import.js';
import type { StagedProblem } from './staged-lines.rules.js';

/** How a file of several members stands against what is kept: in quantities of lines. */
export interface StagedMember {
  readonly buyerId: string;
  readonly buyerName: string;
  readonly changed: number;
  readonly unchanged: number;
  /** Among those changed, quantities of which nothing is said any more. */
  readonly emptied: number;
  readonly rejected: number;
}

export interface StagedChange {
  readonly line: number;
  readonly buyerId: string;
  readonly buyerName: string;
  readonly code: string;
  readonly unit: string;
  readonly before: StagedQuantities;
  readonly after: StagedQuantities;
}

interface StagedQuantities {
  readonly estimate: string | null;
  readonly minimum: string | null;
  readonly maximum: string | null;
}

export interface StagedRejection {
  readonly line: number;
  readonly buyer: string;
  readonly code: string;
  readonly value: string;
  readonly problem: StagedProblem;
  readonly lot: number | null;
}

/** What the lines are held against: what members typed, or what they bought the year before. */
export type StagedTarget = 'entry' | 'history';

/** Looked up by its key: a plan made without statistics must not read the whole table for each line. */
const PRESENT: Readonly<Record<StagedTarget, string>> = {
  entry: `select item_id, estimate, minimum, maximum from need_entry`,
  history: `select item_id, quantity as estimate, null::numeric as minimum, null::numeric as maximum from need_history`,
};

/** Whether the lines of one item of one member say different things; no quantity is negative. */
const differs = (column: string): string =>
  `min(coalesce(${column}, -1)) over whole_item <> max(coalesce(${column}, -1)) over whole_item`;

const quantities = (prefix: string): string =>
  `json_build_object('estimate', trim_scale(${prefix}estimate)::text, 'minimum', trim_scale(${prefix}minimum)::text,
     'maximum', trim_scale(${prefix}maximum)::text)`;

/**
 * The lines of a file of several members, in tables of the transaction: they are staged as they come, then resolved and
 * judged by one statement, so that no file is ever held in memory.
 */
@Injectable()
export class StagedLinesQueries {
  async open(tx: EntityManager): Promise<void> {
    await tx.query(
      `create temporary table form_line (
         line integer not null, buyer text not null, code text not null, estimate numeric, minimum numeric, maximum numeric
       ) on commit drop`,
    );
  }

  async stage(tx: EntityManager, rows: readonly ConsolidatedRow[]): Promise<void> {
    if (rows.length === 0) return;
    await tx.query(
      `insert into form_line select * from unnest($1::integer[], $2::text[], $3::text[], $4::numeric[], $5::numeric[], $6::numeric[])`,
      [
        rows.map(({ line }) => line),
        rows.map(({ buyer }) => buyer),
        rows.map(({ code }) => code),
        rows.map(({ estimate }) => estimate),
        rows.map(({ minimum }) => minimum),
        rows.map(({ maximum }) => maximum),
      ],
    );
  }

  /**
   * Finds the member and the item of each line, what is kept of them, and what is wrong. A bound that the file does not
   * tell stays, unless the quantity goes.
   */
  async resolve(
    tx: EntityManager,
    consultationId: string,
    target: StagedTarget,
    has: { readonly minimum: boolean; readonly maximum: boolean },
  ): Promise<void> {
    await tx.query('analyze form_line');
    await tx.query(
      `create temporary table form_need on commit drop as
       with member as (
         select b.id, b.siret, b.name, case when count(*) over (partition by b.insee_code) = 1 then b.insee_code end as insee_code,
                b.insee_code as shared_code
         from buyer b where exists (select from lot_participation p where p.consultation_id = $1 and p.buyer_id = b.id)),
       key as (
         select siret as key, id from member where siret is not null
         union all select insee_code, id from member where insee_code is not null),
       found as (
         select f.line, f.buyer, f.code, m.id as buyer_id, i.id as item_id, i.lot_id, l.number as lot_number,
                p.buyer_id is not null as joined, f.estimate,
                case when $2::boolean then f.minimum when f.estimate is not null then e.minimum end as minimum,
                case when $3::boolean then f.maximum when f.estimate is not null then e.maximum end as maximum,
                e.item_id is not null as kept, e.estimate as was_estimate, e.minimum as was_minimum, e.maximum as was_maximum
         from form_line f
         left join key m on m.key = f.buyer
         left join item i on i.consultation_id = $1 and item_code_key(i.code) = item_code_key(f.code)
         left join lot l on l.id = i.lot_id
         left join lot_participation p on p.lot_id = i.lot_id and p.buyer_id = m.id
         left join lateral (
           ${PRESENT[target]} where consultation_id = $1 and buyer_id = m.id and item_id = i.id offset 0) as e on true),
       judged as (
         select found.*, row_number() over same_item as rank,
           case
             when buyer_id is null then
               case when exists (select from member where shared_code = found.buyer) then 'buyerAmbiguous' else 'buyerUnknown' end
             when item_id is null then 'itemUnknown'
             when not joined and $4::boolean then 'lotNotJoined'
             when count(*) over whole_item > 1 and (${['estimate', 'minimum', 'maximum'].map(differs).join(' or ')})
               then 'givenTwice'
             when estimate is null and (minimum is not null or maximum is not null) then 'estimateMissing'
             when estimate is null and not $4::boolean then 'quantityMissing'
             when minimum > estimate then 'minimumAboveEstimate'
             when estimate > maximum then 'estimateAboveMaximum'
           end as problem
         from found
         window same_item as (partition by buyer_id, item_id order by line), whole_item as (partition by buyer_id, item_id))
       select judged.*,
              problem is null and rank = 1 and (estimate is distinct from was_estimate
                or minimum is distinct from was_minimum or maximum is distinct from was_maximum) as change
       from judged`,
      [consultationId, has.minimum, has.maximum, target === 'entry'],
    );
    await tx.query('analyze form_need');
  }

  /** The members of a consultation, and how many times what each types has changed; in a fixed order. */
  revisions(
    tx: EntityManager,
    consultationId: string,
  ): Promise<{ readonly key: string; readonly version: number }[]> {
    return tx.query<{ key: string; version: number }[]>(
      `select p.buyer_id as key, coalesce(max(d.revision), 0) as version
       from lot_participation p
       left join need_declaration d on d.consultation_id = p.consultation_id and d.buyer_id = p.buyer_id
       where p.consultation_id = $1 group by p.buyer_id order by p.buyer_id`,
      [consultationId],
    );
  }

  /** By name. */
  members(tx: EntityManager): Promise<StagedMember[]> {
    return tx.query<StagedMember[]>(
      `select n.buyer_id as "buyerId", b.name as "buyerName", (count(*) filter (where change))::int as changed,
              (count(*) filter (where problem is null and not change))::int as unchanged,
              (count(*) filter (where change and estimate is null))::int as emptied,
              (count(problem))::int as rejected
       from form_need n join buyer b on b.id = n.buyer_id
       group by n.buyer_id, b.name, b.id order by search_key(b.name) collate "C", b.id`,
    );
  }

  /** In the order of the file. @param buyerIds null: of all members */
  changes(
    tx: EntityManager,
    most: number,
    buyerIds: readonly string[] | null = null,
  ): Promise<StagedChange[]> {
    return tx.query<StagedChange[]>(
      `select n.line, n.buyer_id as "buyerId", b.name as "buyerName", i.code, i.unit,
              ${quantities('n.was_')} as before, ${quantities('n.')} as after
       from form_need n join buyer b on b.id = n.buyer_id join item i on i.id = n.item_id
       where n.change and ($2::uuid[] is null or n.buyer_id = any($2)) order by n.line limit $1`,
      [most, buyerIds],
    );
  }

  /** In the order of the file, and how many there are of them. */
  async rejections(
    tx: EntityManager,
    most: number,
  ): Promise<{ readonly count: number; readonly rows: readonly StagedRejection[] }> {
    const rows = await tx.query<StagedRejection[]>(
      `select line, buyer, code, coalesce(trim_scale(estimate)::text, '') as value, problem, lot_number as lot
       from form_need where problem is not null order by line limit $1`,
      [most],
    );
    const [{ count } = { count: 0 }] = await tx.query<{ count: number }[]>(
      `select count(*)::int as count from form_need where problem is not null`,
    );
    return { count, rows };
  }
}
