import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { VersionFacts, VersionKind } from './declaration.rules.js';

/** A quantity in two versions; null: not said. */
export interface LineDifference {
  readonly itemId: string;
  readonly code: string;
  /** Null: the item left the catalogue since. */
  readonly designation: string | null;
  readonly unit: string | null;
  readonly before: string | null;
  readonly after: string | null;
}

@Injectable()
export class VersionsQueries {
  /** Keeps what is typed of the lots that the member joined, as a new version, under a receipt of its own. */
  async keep(
    tx: EntityManager,
    version: {
      readonly id: string;
      readonly consultationId: string;
      readonly buyerId: string;
      readonly kind: VersionKind;
      readonly now: Date;
      readonly reason: string | null;
      readonly transmittedBy: string | null;
      readonly channel: string;
    },
  ): Promise<void> {
    await tx.query(
      `with line as (
         select jsonb_agg(jsonb_build_object('itemId', e.item_id, 'code', i.code, 'estimate', trim_scale(e.estimate)::text,
                  'minimum', trim_scale(e.minimum)::text, 'maximum', trim_scale(e.maximum)::text,
                  'deliverySiteId', e.delivery_site_id, 'lastPrice', trim_scale(e.last_price)::text,
                  'keptOutside', trim_scale(e.kept_outside)::text, 'keptOutsideReason', e.kept_outside_reason,
                  'note', e.note) order by l.number, i.position, i.code) as said
         from lot_participation p join lot l on l.id = p.lot_id
         join need_entry e on e.consultation_id = $2 and e.buyer_id = $3 and e.lot_id = p.lot_id
         join item i on i.id = e.item_id
         where p.consultation_id = $2 and p.buyer_id = $3),
       lot_said as (
         select jsonb_agg(jsonb_build_object('lotId', l.id, 'number', l.number, 'noNeed', coalesce(a.no_need, false),
                  'contractEndsOn', a.contract_ends_on, 'noticeMonths', a.notice_months) order by l.number) as said
         from lot_participation p join lot l on l.id = p.lot_id
         left join need_lot_answer a on a.lot_id = p.lot_id and a.buyer_id = p.buyer_id
         where p.consultation_id = $2 and p.buyer_id = $3),
       said as (
         select jsonb_build_object('lines', coalesce(line.said, '[]'), 'lots', coalesce(lot_said.said, '[]'))::text as content
         from line, lot_said)
       insert into need_version (id, consultation_id, buyer_id, number, kind, revision, content, sha256, receipt,
                                 transmitted_at, transmitted_by, channel, mandate_id, reason)
       select $1, $2, $3,
              (select coalesce(max(number), 0) + 1 from need_version where consultation_id = $2 and buyer_id = $3),
              $4, d.revision, content, encode(sha256(convert_to(content, 'UTF8')), 'hex'),
              'AR-' || to_char($5::timestamptz at time zone 'Europe/Paris', 'YYYY') || '-'
                || lpad(nextval('need_receipt_number')::text, 6, '0'),
              $5, $6, $7,
              (select g.id from role_grant g
               where $7 = 'delegation' and g.person_id = $6 and g.buyer_id = $3 and g.role = 'delegate'
                 and g.revoked_at is null and g.contested_at is null
               order by g.granted_at desc limit 1), $8
       from said, need_declaration d where d.consultation_id = $2 and d.buyer_id = $3`,
      [
        ...[version.id, version.consultationId, version.buyerId, version.kind, version.now],
        ...[version.transmittedBy, version.channel, version.reason],
      ],
    );
  }

  async facts(
    tx: EntityManager,
    versionId: string,
  ): Promise<VersionFacts & { readonly consultationId: string; readonly buyerId: string }> {
    const [row] = await tx.query<(VersionFacts & { consultationId: string; buyerId: string })[]>(
      `select kind, revision, validated_at as "validatedAt", accepted, contested_at as "contestedAt",
              consultation_id as "consultationId", buyer_id as "buyerId"
       from need_version where id = $1`,
      [versionId],
    );
    return row!;
  }

  /** The content of a version: what was said, as it was; null: there is no such one. */
  async content(
    tx: EntityManager,
    consultationId: string,
    buyerId: string,
    number: number,
  ): Promise<string | null> {
    const [row] = await tx.query<{ content: string }[]>(
      `select content from need_version where consultation_id = $1 and buyer_id = $2 and number = $3`,
      [consultationId, buyerId, number],
    );
    return row?.content ?? null;
  }

  /**
   * The lines whose quantity differs between two versions, by code.
   *
   * @param since null: all lines of the version, as new
   */
  differences(
    tx: EntityManager,
    consultationId: string,
    buyerId: string,
    since: number | null,
    number: number,
  ): Promise<LineDifference[]> {
    return tx.query<LineDifference[]>(
      `with said as (
         select v.number, line.* from need_version v
         cross join lateral jsonb_to_recordset(v.content::jsonb -> 'lines')
           as line ("itemId" uuid, code text, estimate text, minimum text, maximum text)
         where v.consultation_id = $1 and v.buyer_id = $2 and v.number in ($3, $4)),
       words as (
         select number, "itemId", code, estimate || coalesce(' min ' || minimum, '') || coalesce(' max ' || maximum, '') as words
         from said)
       select coalesce(new."itemId", old."itemId") as "itemId", coalesce(new.code, old.code) as code, i.designation, i.unit,
              old.words as before, new.words as after
       from (select * from words where number = $3) as old
       full join (select * from words where number = $4) as new using ("itemId")
       left join item i on i.id = coalesce(new."itemId", old."itemId")
       where old.words is distinct from new.words
       order by coalesce(new.code, old.code) collate "C"`,
      [consultationId, buyerId, since, number],
    );
  }
}
