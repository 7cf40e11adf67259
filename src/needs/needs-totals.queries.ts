import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { OUTSIDE, TOTAL } from './cluster-needs.queries.js';

/** What counts in a consultation, of one buyer or of all. */
export interface TotalsScope {
  readonly consultationId: string;
  readonly buyerId: string | null;
}

/** Where a page begins, and how many rows it may hold; null: without end. */
export interface After<Place> {
  readonly after: Place | null;
  readonly limit: number | null;
}
export const ALL = { after: null, limit: null } as const;

/** Quantities a year, decimal strings of three decimals; an empty minimum counts 0, an empty maximum the estimate. */
export interface ItemTotals {
  readonly id: string;
  readonly lotNumber: number;
  readonly position: number;
  readonly code: string;
  readonly designation: string;
  readonly unit: string;
  readonly packaging: string;
  readonly unitPrice: string;
  readonly vatRate: string;
  /** Members that ask for some of it. */
  readonly members: number;
  readonly minimum: string;
  readonly estimate: string;
  readonly maximum: string;
  /** € HT a year, two decimals: lines rounded, then summed. */
  readonly net: string;
  /** € TTC a year: the VAT of each rate computed once, on its total. */
  readonly gross: string;
}

export interface ClusterItemTotals {
  readonly clusterId: string;
  readonly clusterName: string;
  readonly itemId: string;
  readonly estimate: string;
}

/** Amounts a year of what is told apart by `key`; what counts nothing has no row. */
export interface AmountTotals {
  readonly key: string;
  readonly members: number;
  readonly net: string;
  readonly gross: string;
}

export interface NamedAmounts extends AmountTotals {
  readonly code: string;
  readonly name: string;
  /** As the list is ordered. */
  readonly nameKey: string;
}

/** SQL: what is counted, by lot, buyer and VAT rate ($1 consultation, $2 one buyer or null). */
const COUNTED = `counted as (
  select need.lot_id, need.buyer_id, item.vat_rate, sum(line_amount(need.estimate, item.unit_price)) as net,
         bool_or(need.estimate > 0) as asks
  from need_line need join item on item.id = need.item_id
  where need.consultation_id = $1 and need.standing = 'valid' and ($2::uuid is null or need.buyer_id = $2)
  group by need.lot_id, need.buyer_id, item.vat_rate)`;

/** SQL: the amounts of each key of `placed`; VAT once on the total of a rate (× 0.01 is exact, a division is not). */
const AMOUNTS = `rated as (select key, vat_rate, sum(net) as net from placed group by key, vat_rate),
  asking as (select key, count(distinct buyer_id) filter (where asks)::int as members from placed group by key),
  amounts as (
    select key, asking.members, sum(rated.net) as net,
           sum(rated.net + round(rated.net * rated.vat_rate * 0.01, 2)) as gross
    from rated join asking using (key) group by key, asking.members)`;

const placedBy = (key: string): string =>
  `with ${COUNTED}, placed as (select ${key} as key, counted.* from counted), ${AMOUNTS}`;

@Injectable()
export class NeedsTotalsQueries {
  /** Each item of the catalogue in its order, asked for or not. */
  items(
    tx: EntityManager,
    { consultationId, buyerId }: TotalsScope,
    { after, limit }: After<readonly [lotNumber: number, position: number, code: string]>,
  ): Promise<ItemTotals[]> {
    const [lotNumber, position, code] = after ?? [null, null, null];
    // The planner does not know how many items there are: all the lines are not looked up item by item, and both sides, the
    // totals being of items of the page, are joined whole rather than in a loop.
    const within = limit === null ? '' : 'and need.item_id in (select id from page)';
    return tx.query<ItemTotals[]>(
      `with page as materialized (
         select i.id, l.number, i.position, i.code, i.designation, i.unit, i.packaging, i.unit_price, i.vat_rate
         from item i join lot l on l.id = i.lot_id
         where i.consultation_id = $1
           and ($3::integer is null or (l.number, i.position, i.code collate "C") > ($3, $4::integer, $5::text))
         order by l.number, i.position, i.code collate "C" limit $6),
       total as (
         select need.item_id, count(*) filter (where need.estimate > 0)::int as members,
                coalesce(sum(need.minimum), 0.000) as minimum, sum(need.estimate) as estimate,
                sum(coalesce(need.maximum, need.estimate)) as maximum,
                sum(line_amount(need.estimate, item.unit_price)) as net
         from need_line need join item on item.id = need.item_id
         where need.consultation_id = $1 and need.standing = 'valid' and ($2::uuid is null or need.buyer_id = $2)
           ${within}
         group by need.item_id)
       select page.id, page.number as "lotNumber", page.position, page.code, page.designation, page.unit, page.packaging,
              page.unit_price as "unitPrice", page.vat_rate as "vatRate", coalesce(total.members, 0) as members,
              coalesce(total.minimum, 0.000) as minimum, coalesce(total.estimate, 0.000) as estimate,
              coalesce(total.maximum, 0.000) as maximum, coalesce(total.net, 0.00) as net,
              coalesce(total.net + round(total.net * page.vat_rate * 0.01, 2), 0.00) as gross
       from page full join total on total.item_id = page.id
       order by page.number, page.position, page.code collate "C"`,
      [consultationId, buyerId, lotNumber, position, code, limit],
    );
  }

  /** What each cluster asks for of these items, or of all; a buyer of several clusters counts in each. By name. */
  itemsByCluster(
    tx: EntityManager,
    consultationId: string,
    itemIds: readonly string[] | null,
  ): Promise<ClusterItemTotals[]> {
    return tx.query<ClusterItemTotals[]>(
      `select c.id as "clusterId", c.name as "clusterName", need.item_id as "itemId", sum(need.estimate) as estimate
       from need_line need join cluster_member k on k.buyer_id = need.buyer_id join cluster c on c.id = k.cluster_id
       where need.consultation_id = $1 and need.standing = 'valid' and need.estimate > 0
         and ($2::uuid[] is null or need.item_id = any($2))
       group by c.id, need.item_id order by search_key(c.name) collate "C", c.id, need.item_id`,
      [consultationId, itemIds],
    );
  }

  /** Each lot by its number, with or without needs. */
  lots(tx: EntityManager, { consultationId, buyerId }: TotalsScope): Promise<NamedAmounts[]> {
    return tx.query<NamedAmounts[]>(
      `${placedBy('lot_id')}
       select l.id as key, l.number::text as code, l.title as name, '' as "nameKey",
              coalesce(amounts.members, 0) as members, coalesce(net, 0.00) as net, coalesce(gross, 0.00) as gross
       from lot l left join amounts on amounts.key = l.id where l.consultation_id = $1 order by l.number`,
      [consultationId, buyerId],
    );
  }

  /** The members of which something counts, zeros included, by name. Silence is no row. */
  members(
    tx: EntityManager,
    { consultationId, buyerId }: TotalsScope,
    { after, limit }: After<readonly [nameKey: string, id: string]>,
  ): Promise<NamedAmounts[]> {
    const [nameKey, id] = after ?? [null, null];
    return tx.query<NamedAmounts[]>(
      `${placedBy('buyer_id')}
       select b.id as key, b.siret as code, b.name, b.name_key as "nameKey", amounts.members, net, gross
       from amounts join buyer b on b.id = amounts.key
       where $3::text is null or (b.name_key collate "C", b.id) > ($3, $4::uuid)
       order by b.name_key collate "C", b.id limit $5`,
      [consultationId, buyerId, nameKey, id, limit],
    );
  }

  /** The amounts of each member in each lot, those that count only: by number, then id. */
  membersByLot(
    tx: EntityManager,
    consultationId: string,
  ): Promise<{ lotNumber: number; buyerId: string; net: string; gross: string }[]> {
    return tx.query(
      `with ${COUNTED}
       select l.number as "lotNumber", buyer_id as "buyerId", sum(net) as net,
              sum(net + round(net * vat_rate * 0.01, 2)) as gross
       from counted join lot l on l.id = counted.lot_id group by l.number, buyer_id order by l.number, buyer_id`,
      [consultationId, null],
    );
  }

  /** Each cluster of which a member counts, by name, then those of none. A buyer of several clusters counts in each. */
  clusters(tx: EntityManager, consultationId: string): Promise<NamedAmounts[]> {
    return tx.query<NamedAmounts[]>(
      `with ${COUNTED},
       placed as (
         select k.cluster_id::text as key, counted.* from counted join cluster_member k using (buyer_id)
         union all
         select '${OUTSIDE}', counted.* from counted
         where not exists (select from cluster_member k where k.buyer_id = counted.buyer_id)),
       ${AMOUNTS}
       select amounts.key, '' as code, coalesce(c.name, '') as name, '' as "nameKey", amounts.members, net, gross
       from amounts left join cluster c on c.id::text = amounts.key
       order by c.id is null, search_key(c.name) collate "C", amounts.key`,
      [consultationId, null],
    );
  }

  /** All together, each buyer once. */
  async whole(tx: EntityManager, { consultationId, buyerId }: TotalsScope): Promise<AmountTotals> {
    const [row] = await tx.query<AmountTotals[]>(
      `${placedBy(`'${TOTAL}'`)}
       select key, members, net, gross from amounts`,
      [consultationId, buyerId],
    );
    return row ?? { key: TOTAL, members: 0, net: '0.00', gross: '0.00' };
  }

  /** How long the contract runs: years that are firm, then renewals of one year each. */
  async duration(
    tx: EntityManager,
    consultationId: string,
  ): Promise<{ readonly firmYears: number; readonly renewals: number }> {
    const [row] = await tx.query<{ firmYears: number; renewals: number }[]>(
      `select firm_years as "firmYears", renewals from consultation where id = $1`,
      [consultationId],
    );
    return row!;
  }

  /**
   * One text for the lines that count, whatever their number: SHA-256 of the SHA-256 of each item's lines. A line is
   * « buyer lot minimum estimate maximum » with three decimals, an empty quantity an empty word; lines by buyer, items
   * « item hash » by id, each ended by a line feed but the last. Nothing of it leaves the database.
   */
  async linesSha256(
    tx: EntityManager,
    consultationId: string,
  ): Promise<{ readonly count: string; readonly sha256: string }> {
    const [row] = await tx.query<{ count: string; sha256: string }[]>(
      `with hashed as (
         select item_id, count(*) as lines,
                encode(sha256(convert_to(string_agg(
                  concat_ws(' ', buyer_id, lot_id, coalesce(minimum::text, ''), estimate, coalesce(maximum::text, '')),
                  e'\\n' order by buyer_id), 'UTF8')), 'hex') as sha256
         from need_line where consultation_id = $1 and standing = 'valid' group by item_id)
       select coalesce(sum(lines), 0)::text as count,
              encode(sha256(convert_to(coalesce(string_agg(item_id || ' ' || sha256, e'\\n' order by item_id), ''),
                                       'UTF8')), 'hex') as sha256
       from hashed`,
      [consultationId],
    );
    return row!;
  }
}
