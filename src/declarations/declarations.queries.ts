import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { PlainDate } from '../calendar/plain-date.js';
import type { LineValues } from './lines.rules.js';
import type { VersionKind } from './declaration.rules.js';

/** One item of a lot that the member joined, and what it typed of it. Quantities in the unit of the item. */
export interface LineRow extends LineValues {
  readonly itemId: string;
  readonly lotId: string;
  readonly code: string;
  readonly designation: string;
  readonly unit: string;
  readonly packaging: string;
  readonly unitPrice: string;
  readonly vatRate: string;
  /** Bought the year before; null: not known. */
  readonly lastYear: string | null;
  /** 0: nothing was ever typed. */
  readonly version: number;
}

export interface LotAnswerRow {
  readonly lotId: string;
  readonly number: number;
  readonly title: string;
  readonly noNeed: boolean;
  readonly contractEndsOn: PlainDate | null;
  readonly noticeMonths: number | null;
  readonly version: number;
  /** Items of the lot, those with a quantity, and those with one above zero. */
  readonly items: number;
  readonly answered: number;
  readonly positive: number;
}

export interface VersionRow {
  readonly id: string;
  readonly number: number;
  readonly kind: VersionKind;
  readonly revision: number;
  readonly receipt: string;
  readonly sha256: string;
  readonly transmittedAt: Date;
  readonly transmittedBy: string | null;
  readonly channel: string;
  readonly reason: string | null;
  readonly validatedAt: Date | null;
  readonly accepted: boolean | null;
  readonly decidedAt: Date | null;
  readonly decisionReason: string | null;
  readonly contestedAt: Date | null;
  readonly contestReason: string | null;
}

export interface DeclarationRow {
  readonly buyerId: string;
  readonly buyerName: string;
  readonly startedAt: Date | null;
  readonly rectificationOpenedAt: Date | null;
  readonly rectificationReason: string | null;
  readonly revision: number;
  /** Lots that it joined, and of those, lots with an answer typed. */
  readonly lots: number;
  readonly lotsAnswered: number;
  readonly latest: VersionRow | null;
  /** Whether something of it counts. */
  readonly counted: boolean;
}

const VERSION = (
  v: string,
): string => `jsonb_build_object('id', ${v}.id, 'number', ${v}.number, 'kind', ${v}.kind,
  'revision', ${v}.revision, 'receipt', ${v}.receipt, 'sha256', ${v}.sha256, 'transmittedAt', ${v}.transmitted_at,
  'transmittedBy', ${v}.transmitted_by, 'channel', ${v}.channel, 'reason', ${v}.reason, 'validatedAt', ${v}.validated_at,
  'accepted', ${v}.accepted, 'decidedAt', ${v}.decided_at, 'decisionReason', ${v}.decision_reason,
  'contestedAt', ${v}.contested_at, 'contestReason', ${v}.contest_reason)`;

const instant = (text: string | null): Date | null => (text === null ? null : new Date(text));

/** JSON tells instants as texts. */
const versionOf = (row: Record<keyof VersionRow, never> | null): VersionRow | null =>
  row && {
    ...(row as VersionRow),
    transmittedAt: new Date(row.transmittedAt),
    validatedAt: instant(row.validatedAt),
    decidedAt: instant(row.decidedAt),
    contestedAt: instant(row.contestedAt),
  };

@Injectable()
export class DeclarationsQueries {
  /** The declarations of those that joined a lot, or of one of them; by name. */
  async declarations(
    tx: EntityManager,
    consultationId: string,
    buyerId: string | null = null,
  ): Promise<DeclarationRow[]> {
    const rows = await tx.query<
      (Omit<DeclarationRow, 'latest'> & { latest: Record<keyof VersionRow, never> | null })[]
    >(
      `with joined as (
         select buyer_id, count(*)::int as lots from lot_participation
         where consultation_id = $1 and ($2::uuid is null or buyer_id = $2) group by buyer_id),
       present as (
         select buyer_id, lots from joined
         union all
         select d.buyer_id, 0 from need_declaration d
         where d.consultation_id = $1 and ($2::uuid is null or d.buyer_id = $2)
           and not exists (select from joined where joined.buyer_id = d.buyer_id))
       select p.buyer_id as "buyerId", b.name as "buyerName", d.started_at as "startedAt",
              d.rectification_opened_at as "rectificationOpenedAt", d.rectification_reason as "rectificationReason",
              coalesce(d.revision, 0) as revision, p.lots,
              (select count(distinct lot_id)::int from (
                 select lot_id from need_entry e
                 where e.consultation_id = $1 and e.buyer_id = p.buyer_id and e.estimate is not null
                 union all
                 select lot_id from need_lot_answer a
                 where a.consultation_id = $1 and a.buyer_id = p.buyer_id and a.no_need) as said) as "lotsAnswered",
              (select ${VERSION('v')} from need_version v
               where v.consultation_id = $1 and v.buyer_id = p.buyer_id order by v.number desc limit 1) as latest,
              exists (select from need_line n where n.consultation_id = $1 and n.buyer_id = p.buyer_id
                      and n.standing = 'valid') as counted
       from present p join buyer b on b.id = p.buyer_id
       left join need_declaration d on d.consultation_id = $1 and d.buyer_id = p.buyer_id
       order by search_key(b.name) collate "C", b.id`,
      [consultationId, buyerId],
    );
    return rows.map(({ latest, ...row }) => ({ ...row, latest: versionOf(latest) }));
  }

  /** What a member may type: the items of the lots that it joined, by lot then place; only some of them when given. */
  lines(
    tx: EntityManager,
    consultationId: string,
    buyerId: string,
    itemIds: readonly string[] | null = null,
  ): Promise<LineRow[]> {
    return tx.query<LineRow[]>(
      `select i.id as "itemId", i.lot_id as "lotId", i.code, i.designation, i.unit, i.packaging,
              i.unit_price as "unitPrice", i.vat_rate as "vatRate",
              trim_scale(e.estimate)::text as estimate, trim_scale(e.minimum)::text as minimum,
              trim_scale(e.maximum)::text as maximum, e.delivery_site_id as "deliverySiteId",
              case when scale(trim_scale(e.last_price)) < 2 then round(e.last_price, 2)
                else trim_scale(e.last_price) end::text as "lastPrice",
              trim_scale(e.kept_outside)::text as "keptOutside", e.kept_outside_reason as "keptOutsideReason", e.note,
              trim_scale(h.quantity)::text as "lastYear", coalesce(e.version, 0) as version
       from lot_participation p
       join lot l on l.id = p.lot_id
       join item i on i.lot_id = p.lot_id
       left join need_entry e on e.consultation_id = $1 and e.buyer_id = $2 and e.item_id = i.id
       left join need_history h on h.consultation_id = $1 and h.buyer_id = $2 and h.item_id = i.id
       where p.consultation_id = $1 and p.buyer_id = $2 and ($3::uuid[] is null or i.id = any($3))
       order by l.number, i.position, i.code`,
      [consultationId, buyerId, itemIds],
    );
  }

  /** Lot by lot, by number. */
  lots(tx: EntityManager, consultationId: string, buyerId: string): Promise<LotAnswerRow[]> {
    return tx.query<LotAnswerRow[]>(
      `select l.id as "lotId", l.number, l.title, coalesce(a.no_need, false) as "noNeed",
              a.contract_ends_on::text as "contractEndsOn", a.notice_months as "noticeMonths",
              coalesce(a.version, 0) as version, (select count(*)::int from item where lot_id = l.id) as items,
              count(e.estimate)::int as answered, (count(*) filter (where e.estimate > 0))::int as positive
       from lot_participation p
       join lot l on l.id = p.lot_id
       left join need_lot_answer a on a.lot_id = p.lot_id and a.buyer_id = p.buyer_id
       left join need_entry e on e.consultation_id = $1 and e.buyer_id = $2 and e.lot_id = l.id
       where p.consultation_id = $1 and p.buyer_id = $2
       group by l.id, a.no_need, a.contract_ends_on, a.notice_months, a.version
       order by l.number`,
      [consultationId, buyerId],
    );
  }

  /** The latest first. */
  async versions(tx: EntityManager, consultationId: string, buyerId: string): Promise<VersionRow[]> {
    const rows = await tx.query<{ version: Record<keyof VersionRow, never> }[]>(
      `select ${VERSION('v')} as version from need_version v
       where v.consultation_id = $1 and v.buyer_id = $2 order by v.number desc`,
      [consultationId, buyerId],
    );
    return rows.map(({ version }) => versionOf(version)!);
  }
}
