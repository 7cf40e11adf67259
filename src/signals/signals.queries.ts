import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { latestPopulation } from '../buyers/buyers.queries.js';
import { SIGNAL_LIMITS, type SignalFigures, WHOLE_UNITS } from './signals.rules.js';

export interface SignalRow extends SignalFigures {
  /** Stable: the kind, and the item or lot that it is about. */
  readonly id: string;
  readonly buyerId: string;
  readonly buyerName: string;
  /** Null: of the whole declaration. */
  readonly lotId: string | null;
  readonly lotNumber: number | null;
  /** Null: of a whole lot, or of the whole declaration. */
  readonly itemId: string | null;
  readonly code: string | null;
  readonly designation: string | null;
  /** The member's own figures: a confirmation is of them. */
  readonly fingerprint: string;
  /** Null: nobody confirmed these figures. */
  readonly reason: string | null;
  readonly confirmedAt: Date | null;
  readonly confirmedBy: string | null;
}

export interface SignalCounts {
  readonly toConfirm: number;
  readonly confirmed: number;
}

/** An item that a member needs most, by its estimated amount. */
export interface MainItemRow {
  readonly itemId: string;
  readonly lotId: string;
  readonly lotNumber: number;
  readonly code: string;
  readonly designation: string;
  readonly unit: string;
  readonly estimate: string;
  readonly unitPrice: string;
  /** € HT a year. */
  readonly net: string;
  readonly lastPrice: string | null;
}

const { perInhabitant, medianMembers, lastYear, packPieces, packNearest } = SIGNAL_LIMITS;
const { roundLines, roundMultiple, roundPart } = SIGNAL_LIMITS;
const near = (value: string, target: string): string =>
  `${value} between ${packNearest[0]} * ${target} and ${packNearest[1]} * ${target}`;

/**
 * SQL: the signals of a census ($1), of one member ($2; null: of all), units that are whole ($3), each with its
 * confirmation. What is typed is judged, in the lots that the member joined: the member sees it before it transmits.
 *
 * - The median per inhabitant is that of the members whose population is known and that need the item. It is made exact:
 *   the mean of the two middle ones where they are even; what it gives a member is rounded to a thousandth, as quantities
 *   are, and it is that figure, which is told, that the limit multiplies.
 * - A line whose unit is in doubt is told so once, not as a change beside it.
 */
const SIGNALS = `
  with years as (
    select c.group_id, c.firm_years + c.renewals as years from consultation c where c.id = $1),
  member as (
    select b.id as buyer_id, b.name, search_key(b.name) as sorting,
           coalesce(m.municipal_population, ${latestPopulation('municipale')}) as population
    from years join lateral (select distinct buyer_id from lot_participation where consultation_id = $1) p on true
    join buyer b on b.id = p.buyer_id
    left join membership m on m.group_id = years.group_id and m.buyer_id = b.id),
  priced as (
    select i.id as item_id, i.lot_id, l.number, i.position, i.code, i.designation, i.unit, i.unit_price,
           coalesce(i.unit_code, i.unit) = any($3::text[]) as whole,
           case when i.packaging ~ '^[0-9]{1,9}(,[0-9]{1,3})?$' then replace(i.packaging, ',', '.')::numeric end as pack
    from item i join lot l on l.id = i.lot_id where i.consultation_id = $1),
  given as materialized (
    select e.buyer_id, e.item_id, e.lot_id, e.estimate, member.population
    from need_entry e
    join lot_participation p on p.lot_id = e.lot_id and p.buyer_id = e.buyer_id
    join member on member.buyer_id = e.buyer_id
    where e.consultation_id = $1 and e.estimate is not null
      and ($2::uuid is null or e.lot_id in (select lot_id from lot_participation where consultation_id = $1 and buyer_id = $2))),
  median as (
    select item_id, (percentile_disc(0.5) within group (order by estimate / population)
                     + percentile_disc(0.5) within group (order by estimate / population desc)) / 2 as per_head
    from given where estimate > 0 and population > 0
    group by item_id having count(*) >= ${medianMembers}),
  own as (select * from given where $2::uuid is null or buyer_id = $2),
  doubted as (
    select own.*, priced.number, priced.position, priced.code, priced.designation, priced.unit, priced.whole, priced.pack,
           h.quantity as last_year, usual,
           case when priced.pack >= ${packPieces} and own.estimate > 0 then case
             when reference > 0 and ${near('own.estimate * priced.pack', 'reference')} then 'packs'
             when reference > 0 and ${near('own.estimate', '(reference * priced.pack)')} then 'pieces'
             when reference is null and own.estimate < priced.pack then 'part' end end as doubt
    from own join priced on priced.item_id = own.item_id
    left join need_history h on h.consultation_id = $1 and h.buyer_id = own.buyer_id and h.item_id = own.item_id
    left join median on median.item_id = own.item_id
    cross join lateral (select round(median.per_head * own.population, 3) as usual) as told
    cross join lateral (select coalesce(nullif(h.quantity, 0), nullif(usual, 0)) as reference) as compared),
  line as (
    select doubted.*, array_remove(array[
      case when doubt is not null then 'unit' end,
      case when doubt is null and usual > 0 and estimate > ${perInhabitant} * usual then 'per_inhabitant' end,
      case when doubt is null and estimate > 0 and last_year > 0
        and (estimate >= ${lastYear} * last_year or ${lastYear} * estimate <= last_year) then 'last_year' end,
      case when whole and estimate <> trunc(estimate) then 'whole' end], null) as kinds
    from doubted),
  of_line as (
    select buyer_id, kind, item_id, lot_id, number, position, code, designation, unit,
           trim_scale(estimate)::text as estimate, trim_scale(last_year)::text as last_year,
           trim_scale(usual)::text as usual, trim_scale(pack)::text as pack, doubt,
           null::text as amount, null::text as maximum, null::int as lines, null::int as positive,
           trim_scale(estimate)::text || case kind when 'last_year' then ' / ' || trim_scale(last_year)::text
             when 'unit' then ' / ' || trim_scale(pack)::text else '' end as fingerprint
    from line cross join lateral unnest(kinds) as kind
    where kinds <> '{}'),
  of_lot as (
    select own.buyer_id, own.lot_id, priced.number, m.maximum,
           sum(line_amount(own.estimate, priced.unit_price)) * (select years from years) as amount
    from own join priced on priced.item_id = own.item_id
    join lot_member_limit m on m.lot_id = own.lot_id and m.buyer_id = own.buyer_id and m.maximum is not null
    group by own.buyer_id, own.lot_id, priced.number, m.maximum),
  figure as (
    select same.*, positive
    from (select buyer_id, estimate, count(*)::int as lines from own
          where estimate > 0 and estimate % ${roundMultiple} = 0
          group by buyer_id, estimate having count(*) >= ${roundLines}) as same
    join (select buyer_id, count(*)::int as positive from own where estimate > 0 group by buyer_id) as said
      on said.buyer_id = same.buyer_id
    where ${roundPart} * lines >= positive),
  signal as (
    select * from of_line
    union all
    select buyer_id, 'maximum', null, lot_id, number, null, null, null, null, null, null, null, null, null, amount::text,
           maximum::text, null, null, amount::text || ' / ' || maximum::text
    from of_lot where amount > maximum
    union all
    select buyer_id, 'round', null, null, null, null, null, null, null, trim_scale(estimate)::text, null, null, null, null,
           null, null, lines, positive, trim_scale(estimate)::text || ' x ' || lines
    from figure),
  told as (
    select signal.*, member.name, member.sorting, c.reason, c.confirmed_at, c.confirmed_by
    from signal join member on member.buyer_id = signal.buyer_id
    left join need_signal_confirmation c on c.consultation_id = $1 and c.buyer_id = signal.buyer_id
      and c.kind = signal.kind and c.fingerprint = signal.fingerprint
      and coalesce(c.item_id, c.lot_id) is not distinct from coalesce(signal.item_id, signal.lot_id))`;

@Injectable()
export class SignalsQueries {
  /**
   * What is to confirm first; by member, lot, item.
   *
   * @param buyerId null: of all members
   */
  signals(
    tx: EntityManager,
    consultationId: string,
    buyerId: string | null,
    limit: number | null = null,
  ): Promise<SignalRow[]> {
    return tx.query<SignalRow[]>(
      `${SIGNALS}
       select kind || coalesce(':' || coalesce(item_id, lot_id), '') as id, kind, buyer_id as "buyerId", name as "buyerName",
              lot_id as "lotId", number as "lotNumber", item_id as "itemId", code, designation, unit, estimate,
              last_year as "lastYear", usual, pack, doubt, amount, maximum, (select years from years) as years, lines,
              positive, fingerprint, reason, confirmed_at as "confirmedAt", confirmed_by as "confirmedBy"
       from told
       order by confirmed_at is not null, sorting collate "C", buyer_id, number nulls first, position nulls first, code, kind
       limit $4`,
      [consultationId, buyerId, WHOLE_UNITS, limit],
    );
  }

  async counts(tx: EntityManager, consultationId: string, buyerId: string | null): Promise<SignalCounts> {
    const [row] = await tx.query<SignalCounts[]>(
      `${SIGNALS}
       select (count(*) filter (where confirmed_at is null))::int as "toConfirm", count(confirmed_at)::int as confirmed
       from told`,
      [consultationId, buyerId, WHOLE_UNITS],
    );
    return row!;
  }

  /** Whether more than so many lines are typed: what is judged line by line then takes seconds. */
  async exceeds(tx: EntityManager, consultationId: string, lines: number): Promise<boolean> {
    const rows = await tx.query<unknown[]>(
      `select from need_entry where consultation_id = $1 offset $2 limit 1`,
      [consultationId, lines],
    );
    return rows.length > 0;
  }

  /** The items that a member needs most, by amount: those of the lots that it joined, with a quantity. */
  mainItems(
    tx: EntityManager,
    consultationId: string,
    buyerId: string,
    count: number,
  ): Promise<MainItemRow[]> {
    return tx.query<MainItemRow[]>(
      `select i.id as "itemId", l.id as "lotId", l.number as "lotNumber", i.code, i.designation, i.unit,
              trim_scale(e.estimate)::text as estimate,
              case when scale(trim_scale(i.unit_price)) < 2 then round(i.unit_price, 2)
                else trim_scale(i.unit_price) end::text as "unitPrice",
              line_amount(e.estimate, i.unit_price)::text as net,
              case when scale(trim_scale(e.last_price)) < 2 then round(e.last_price, 2)
                else trim_scale(e.last_price) end::text as "lastPrice"
       from need_entry e
       join lot_participation p on p.lot_id = e.lot_id and p.buyer_id = e.buyer_id
       join item i on i.id = e.item_id join lot l on l.id = i.lot_id
       where e.consultation_id = $1 and e.buyer_id = $2 and e.estimate > 0
       order by line_amount(e.estimate, i.unit_price) desc, i.code collate "C" limit $3`,
      [consultationId, buyerId, count],
    );
  }
}
