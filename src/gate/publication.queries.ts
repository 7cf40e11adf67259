import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { PlainDate } from '../calendar/plain-date.js';
import type { Participant } from './blocking.rules.js';
import type { Json } from './canonical.rules.js';
import type { BoughtLot } from './lots-bought.rules.js';

/** A publication as it is kept, without its text. */
export interface PublicationRow {
  readonly publishedAt: Date;
  readonly lawOn: PlainDate;
  readonly sha256: string;
  readonly members: number;
}

/** What a member would leave: lots, by number, and how many of its needs. */
export interface LeavingRow {
  readonly buyerId: string;
  readonly lots: { readonly id: string; readonly number: number; readonly title: string }[];
  readonly needs: number;
}

/** Who writes, when, and which version are no content; what a room keeps of a person is not published. */
const NO_CONTENT = ['version', 'created_at', 'joined_by', 'joined_at', 'place_motive_by', 'place_motive_at'];
const BESIDE = ['launched_at', 'cancelled_at', 'cancellation_reason', 'recorded_at'];

/** A row as JSON under the names of its columns, numbers as decimal texts: none is ever rounded. */
const texts = (row: string, ...without: string[]): string =>
  `(select coalesce(jsonb_object_agg(key, case jsonb_typeof(value) when 'number' then to_jsonb(value #>> '{}') else value end), '{}')
    from jsonb_each(to_jsonb(${row}) - array['${[...NO_CONTENT, ...BESIDE, ...without].join("', '")}']))`;
const list = (element: string, order: string, from: string): string =>
  `coalesce((select jsonb_agg(${element} order by ${order}) from ${from}), '[]')`;

const NEEDS = list(
  `jsonb_build_object('buyer', n.buyer_id, 'minimum', n.minimum::text, 'estimate', n.estimate::text, 'maximum', n.maximum::text)`,
  'n.buyer_id',
  `need_line n where n.consultation_id = $1 and n.item_id = i.id and n.standing = 'valid'`,
);
/** With the needs only by item: an index finds those of one. */
const items = (withNeeds: boolean): string =>
  list(
    `${texts('i', 'consultation_id', 'lot_id')}${withNeeds ? ` || jsonb_build_object('needs', ${NEEDS})` : ''}`,
    'i.position, i.code collate "C"',
    'item i where i.lot_id = l.id',
  );
const ofLot = (table: string, order: string, ...without: string[]): string =>
  list(texts('x', 'lot_id', 'consultation_id', ...without), order, `${table} x where x.lot_id = l.id`);

/** SQL: what the buyer signed of that version of the agreement of the group `g`; null: nothing. */
export const signatureOf = (buyer: string, version: string): string =>
  `(select jsonb_build_object('version', s.version_number, 'signedOn', s.signed_on,
      'signatory', s.signatory_name, 'capacity', s.signatory_capacity)
    from agreement_signature s
    where s.group_id = g.id and s.version_number = ${version} and s.buyer_id = ${buyer})`;
/** SQL: by what the buyer of the membership `m` joined. */
export const DECISION = `jsonb_build_object('kind', m.decision_kind, 'on', m.resolution_on,
  'number', m.resolution_number, 'sentToPrefectureOn', m.sent_to_prefecture_on, 'enforceableOn', m.enforceable_on)`;

@Injectable()
export class PublicationQueries {
  /** Who joined a lot, by name. */
  participants(tx: EntityManager, consultationId: string): Promise<Participant[]> {
    return tx.query<Participant[]>(
      `select b.id as "buyerId", b.name from buyer b
       where exists (select from lot_participation p where p.consultation_id = $1 and p.buyer_id = b.id)
       order by b.name_key collate "C", b.id`,
      [consultationId],
    );
  }

  /** What these members hold in the consultation; those that hold nothing are not in it. */
  held(tx: EntityManager, consultationId: string, buyerIds: readonly string[]): Promise<LeavingRow[]> {
    return tx.query<LeavingRow[]>(
      `select p.buyer_id as "buyerId",
              jsonb_agg(jsonb_build_object('id', l.id, 'number', l.number, 'title', l.title) order by l.number) as lots,
              (select count(*)::int from need_line n where n.consultation_id = $1 and n.buyer_id = p.buyer_id) as needs
       from lot_participation p join lot l on l.id = p.lot_id
       where p.consultation_id = $1 and p.buyer_id = any($2::uuid[]) group by p.buyer_id`,
      [consultationId, buyerIds],
    );
  }

  /** Numbers of the lots that only these members joined. */
  async emptied(tx: EntityManager, consultationId: string, buyerIds: readonly string[]): Promise<number[]> {
    const rows = await tx.query<{ number: number }[]>(
      `select l.number from lot l join lot_participation p on p.lot_id = l.id where l.consultation_id = $1
       group by l.id having bool_and(p.buyer_id = any($2::uuid[])) order by l.number`,
      [consultationId, buyerIds],
    );
    return rows.map(({ number }) => number);
  }

  /** Each lot in its order, as it would be bought if these buyers left. */
  lotsBought(
    tx: EntityManager,
    consultationId: string,
    withoutBuyerIds: readonly string[],
  ): Promise<BoughtLot[]> {
    return tx.query<BoughtLot[]>(
      `select l.number,
              (select count(*)::int from lot_participation p
               where p.lot_id = l.id and p.buyer_id <> all($2::uuid[])) as participants,
              exists (select from need_line n
                      where n.consultation_id = $1 and n.lot_id = l.id and n.standing = 'valid'
                        and n.buyer_id <> all($2::uuid[]) and greatest(n.estimate, n.maximum) > 0) as "hasNeed"
       from lot l where l.consultation_id = $1 order by l.number`,
      [consultationId, withoutBuyerIds],
    );
  }

  /** What the publication froze; null when there is none. */
  async published(tx: EntityManager, consultationId: string): Promise<PublicationRow | null> {
    const [row] = await tx.query<PublicationRow[]>(
      `select p.published_at as "publishedAt", p.law_on::text as "lawOn", p.sha256,
              (select count(*)::int from group_launch_member m where m.consultation_id = $1) as members
       from publication p where p.consultation_id = $1`,
      [consultationId],
    );
    return row ?? null;
  }

  async kept(
    tx: EntityManager,
    consultationId: string,
  ): Promise<{ readonly snapshot: string; readonly sha256: string } | null> {
    const [row] = await tx.query<{ snapshot: string; sha256: string }[]>(
      `select snapshot, sha256 from publication where consultation_id = $1`,
      [consultationId],
    );
    return row ?? null;
  }

  async keep(
    tx: EntityManager,
    publication: {
      readonly consultationId: string;
      readonly at: Date;
      readonly by: string | null;
      readonly lawOn: PlainDate;
      readonly snapshot: string;
      readonly sha256: string;
    },
  ): Promise<void> {
    const { consultationId, at, by, lawOn, snapshot, sha256 } = publication;
    await tx.query(
      `insert into publication (consultation_id, published_at, published_by, law_on, snapshot, sha256)
       values ($1, $2, $3, $4, $5, $6)`,
      [consultationId, at, by, lawOn, snapshot, sha256],
    );
  }

  /**
   * What the consultation buys, and how: consultation, terms, lots with their items, criteria, limits, bulletins
   * and delivery sites. With the valid needs, what the database refuses to change from the launch on.
   *
   * @param withNeeds each need with its item, as what was published before their totals were frozen says it
   */
  async content(
    tx: EntityManager,
    consultationId: string,
    withNeeds: boolean,
  ): Promise<{ readonly [key: string]: Json }> {
    const [row] = await tx.query<{ content: { readonly [key: string]: Json } }[]>(
      `select jsonb_build_object(
         'consultation', ${texts('c')},
         'terms', (select ${texts('t', 'consultation_id')} from consultation_terms t where t.consultation_id = c.id),
         'procedure', (select ${texts('t', 'consultation_id')} from procedure_choice t where t.consultation_id = c.id),
         'lots', ${list(
           `jsonb_build_object(
             'lot', ${texts('l', 'consultation_id')},
             'terms', (select ${texts('t', 'lot_id', 'consultation_id')} from lot_terms t where t.lot_id = l.id),
             'smallLot', (select t.treatment from procedure_small_lot t where t.lot_id = l.id),
             'limits', ${ofLot('lot_member_limit', 'x.buyer_id')},
             'criteria', ${ofLot('lot_criterion', 'x.position')},
             'newTyres', (select ${texts('t', 'lot_id')} from lot_new_tyres t where t.lot_id = l.id),
             'participation', ${ofLot('lot_participation', 'x.buyer_id')},
             'deliverySites', ${list('x.delivery_site_id', 'x.delivery_site_id', 'lot_delivery_site x where x.lot_id = l.id')},
             'items', ${items(withNeeds)})`,
           'l.number',
           'lot l where l.consultation_id = c.id',
         )}) as content
       from consultation c where c.id = $1`,
      [consultationId],
    );
    return row!.content;
  }

  /** With whom, by which agreement: told as it stands on the day of the launch. */
  async group(tx: EntityManager, consultationId: string): Promise<{ readonly [key: string]: Json }> {
    const [row] = await tx.query<{ told: { readonly [key: string]: Json } }[]>(
      `select jsonb_build_object(
         'group', jsonb_build_object('id', g.id, 'title', g.title, 'kind', g.kind, 'coordinator', jsonb_build_object(
           'buyer', c.id, 'name', c.name, 'siret', c.siret, 'signature', ${signatureOf('c.id', 'v.number')})),
         'agreement', jsonb_build_object('number', v.number, 'label', v.label, 'adoptedOn', v.adopted_on),
         'members', ${list(
           `jsonb_build_object('buyer', b.id, 'name', b.name, 'siret', b.siret,
             'signature', ${signatureOf('b.id', 'v.number')}, 'decision', ${DECISION})`,
           'b.name_key collate "C", b.id',
           `group_launch_member x join buyer b on b.id = x.buyer_id
            join membership m on m.buyer_id = b.id and m.group_id = g.id where x.consultation_id = n.id`,
         )}) as told
       from consultation n join purchasing_group g on g.id = n.group_id join buyer c on c.id = g.coordinator_id
       left join lateral (select number, label, adopted_on from agreement_version a
                          where a.group_id = g.id order by number desc limit 1) as v on true
       where n.id = $1`,
      [consultationId],
    );
    return row!.told;
  }
}
