import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { latestPopulation } from '../buyers/buyers.queries.js';
import type { VersionKind } from '../declarations/declaration.rules.js';

/** A member of a census: it joined a lot, or was put out of one for its silence. */
export interface DeskMemberRow {
  readonly buyerId: string;
  readonly buyerName: string;
  /** Inhabitants, municipal population; null: not known. */
  readonly population: number | null;
  readonly startedAt: Date | null;
  readonly revision: number;
  /** Of the last version that it transmitted; null: none. */
  readonly kind: VersionKind | null;
  readonly versionRevision: number;
  readonly transmittedAt: Date | null;
  readonly validatedAt: Date | null;
  readonly accepted: boolean | null;
  readonly contestedAt: Date | null;
  /** The last thing that was typed, transmitted or said of it. */
  readonly lastActivityAt: Date | null;
}

export interface DeskLotRow {
  readonly lotId: string;
  readonly number: number;
  readonly title: string;
  /** Ids of those that joined it, with a comma between them: an array of thousands is slow to read. */
  readonly joined: string;
}

export interface ExclusionRow {
  readonly buyerId: string;
  readonly lotId: string;
  readonly excludedAt: Date;
}

/** € HT a year of one member in one lot, decimal string of two decimals: lines rounded, then summed. */
export interface MemberLotAmount {
  readonly buyerId: string;
  readonly lotId: string;
  readonly net: string;
}

/** SQL: exclusions of the consultation $1 that still hold: a member that joined the lot again is in it. */
const EXCLUSION = `
  select x.buyer_id, x.lot_id, max(x.excluded_at) as excluded_at from need_exclusion x
  where x.consultation_id = $1 and not exists (
    select from lot_participation p where p.lot_id = x.lot_id and p.buyer_id = x.buyer_id)
  group by x.buyer_id, x.lot_id`;

@Injectable()
export class DeskQueries {
  /** By name. What is typed is read of those alone who typed since they transmitted. */
  members(tx: EntityManager, consultationId: string): Promise<DeskMemberRow[]> {
    return tx.query<DeskMemberRow[]>(
      `with here as (
         select buyer_id from lot_participation where consultation_id = $1
         union select buyer_id from (${EXCLUSION}) as excluded)
       select b.id as "buyerId", b.name as "buyerName",
              coalesce(m.municipal_population, ${latestPopulation('municipale')}) as population,
              d.started_at as "startedAt", coalesce(d.revision, 0) as revision, v.kind,
              coalesce(v.revision, 0) as "versionRevision", v.transmitted_at as "transmittedAt",
              v.validated_at as "validatedAt", v.accepted, v.contested_at as "contestedAt",
              greatest(d.started_at, v.transmitted_at, v.validated_at, v.decided_at, v.contested_at, typed.at)
                as "lastActivityAt"
       from here join buyer b on b.id = here.buyer_id
       join consultation c on c.id = $1
       left join membership m on m.group_id = c.group_id and m.buyer_id = b.id
       left join need_declaration d on d.consultation_id = $1 and d.buyer_id = b.id
       left join lateral (
         select * from need_version where consultation_id = $1 and buyer_id = b.id order by number desc limit 1) as v on true
       left join lateral (
         select max(updated_at) as at from need_entry
         where d.revision is distinct from v.revision and consultation_id = $1 and buyer_id = d.buyer_id) as typed on true
       order by search_key(b.name) collate "C", b.id`,
      [consultationId],
    );
  }

  /** By number. */
  lots(tx: EntityManager, consultationId: string): Promise<DeskLotRow[]> {
    return tx.query<DeskLotRow[]>(
      `select l.id as "lotId", l.number, l.title, coalesce(string_agg(p.buyer_id::text, ','), '') as joined
       from lot l left join lot_participation p on p.lot_id = l.id
       where l.consultation_id = $1 group by l.id order by l.number`,
      [consultationId],
    );
  }

  exclusions(tx: EntityManager, consultationId: string): Promise<ExclusionRow[]> {
    return tx.query<ExclusionRow[]>(
      `select buyer_id as "buyerId", lot_id as "lotId", excluded_at as "excludedAt" from (${EXCLUSION}) as excluded`,
      [consultationId],
    );
  }

  /**
   * Memory of this transaction alone, for its aggregates: one group by member and lot is 40 000 groups at the size of a
   * department, which would otherwise be written to disk and read again.
   */
  async widen(tx: EntityManager): Promise<void> {
    await tx.query(`select set_config('work_mem', '32MB', true)`);
  }

  /** What counts. A member that needs nothing in a lot has its zero; one that said nothing has no row. */
  amounts(tx: EntityManager, consultationId: string): Promise<MemberLotAmount[]> {
    return tx.query<MemberLotAmount[]>(
      `select n.buyer_id as "buyerId", n.lot_id as "lotId", sum(line_amount(n.estimate, i.unit_price))::text as net
       from need_line n join item i on i.id = n.item_id
       where n.consultation_id = $1 and n.standing = 'valid' group by n.buyer_id, n.lot_id`,
      [consultationId],
    );
  }

  /** Last year's quantities at this year's estimated prices, of each member whose past is known. */
  lastYear(tx: EntityManager, consultationId: string): Promise<MemberLotAmount[]> {
    return tx.query<MemberLotAmount[]>(
      `select h.buyer_id as "buyerId", i.lot_id as "lotId", sum(line_amount(h.quantity, i.unit_price))::text as net
       from need_history h join item i on i.id = h.item_id
       where h.consultation_id = $1 group by h.buyer_id, i.lot_id`,
      [consultationId],
    );
  }
}
