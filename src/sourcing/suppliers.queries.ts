import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { PlainDate } from '../calendar/plain-date.js';
import type { Told } from '../platform/journal/changes.js';
import { coveringPrefixes, departmentOf } from './suppliers.rules.js';
import type { ProvenStatus, SupplierStatus } from './suppliers.rules.js';

/** A supplier in a list: the communes one by one are in its own page. */
export interface SupplierRow {
  readonly id: string;
  readonly siret: string;
  readonly name: string;
  readonly activities: string[];
  readonly nationwide: boolean;
  readonly departments: string[];
  readonly communeCount: number;
  readonly statuses: ProvenStatus[];
  readonly version: number;
}
export type WholeSupplier = SupplierRow & { readonly communes: string[] };

export interface SupplierSearch {
  /** Words of the name, each as `searchKey` gives them. */
  readonly words: readonly string[];
  /** First digits of a SIRET; null when what is searched is not digits. */
  readonly siret: string | null;
  readonly cpvPrefix: string | null;
  readonly inseeCode: string | null;
  readonly status: SupplierStatus | null;
  /** The day on which the proof of the status must hold. */
  readonly on: PlainDate;
  readonly after: readonly [key: string, id: string] | null;
  readonly limit: number;
}

const COLUMNS = `s.id, s.siret, s.name, s.nationwide, s.version,
  array(select cpv_prefix from supplier_activity where supplier_id = s.id order by 1) as activities,
  array(select department_code from supplier_department where supplier_id = s.id order by 1) as departments,
  (select count(*)::int from supplier_commune where supplier_id = s.id) as "communeCount",
  (select coalesce(jsonb_agg(jsonb_build_object('status', status, 'source', source, 'provenOn', proven_on,
                                                'expiresOn', expires_on) order by status), '[]')
   from supplier_status where supplier_id = s.id) as statuses`;

/** The directory as it is read. */
@Injectable()
export class SuppliersQueries {
  /** By name. At most `limit` rows, each with its place in the list. */
  search(tx: EntityManager, asked: SupplierSearch): Promise<(SupplierRow & { searchKey: string })[]> {
    const { words, siret, cpvPrefix: prefix, inseeCode, status, on, after, limit } = asked;
    return tx.query<(SupplierRow & { searchKey: string })[]>(
      `select ${COLUMNS}, s.search_key as "searchKey" from supplier s
       where s.erased_at is null
         and (s.search_key like all($1::text[]) or starts_with(s.siret, $2))
         and ($3::text is null or s.id in (
           select supplier_id from supplier_activity
           where cpv_prefix = any($4::text[]) or cpv_prefix > $3 collate "C" and cpv_prefix < ($3 || ':') collate "C"))
         and ($5::text is null or s.nationwide
           or s.id in (select supplier_id from supplier_commune where insee_code = $5)
           or s.id in (select supplier_id from supplier_department where department_code = $6))
         and ($7::text is null or s.id in (
           select supplier_id from supplier_status where status = $7 and (expires_on is null or expires_on >= $8::date)))
         and ($9::text is null or (s.search_key, s.id) > ($9 collate "C", $10::uuid))
       order by s.search_key, s.id limit $11`,
      [
        words.map((word) => `%${word}%`),
        siret,
        prefix,
        prefix === null ? [] : coveringPrefixes(prefix),
        inseeCode,
        inseeCode === null ? null : departmentOf(inseeCode),
        status,
        on,
        after?.[0] ?? null,
        after?.[1] ?? null,
        limit,
      ],
    );
  }

  /** Null for one that is not there, or was erased. */
  async supplier(tx: EntityManager, id: string): Promise<WholeSupplier | null> {
    const [row] = await tx.query<WholeSupplier[]>(
      `select ${COLUMNS}, array(select insee_code from supplier_commune where supplier_id = s.id order by 1) as communes
       from supplier s where s.id = $1 and s.erased_at is null`,
      [id],
    );
    return row ?? null;
  }

  /** The ids of suppliers, by SIRET. */
  async idsBySiret(tx: EntityManager, sirets: readonly string[]): Promise<Map<string, string>> {
    const rows = await tx.query<{ id: string; siret: string }[]>(
      `select id, siret from supplier where siret = any($1::text[])`,
      [sirets],
    );
    return new Map(rows.map(({ id, siret }) => [siret, id]));
  }

  /** Those of the prefixes of CPV codes that the nomenclature holds. */
  async knownCpvPrefixes(tx: EntityManager, prefixes: readonly string[]): Promise<Set<string>> {
    const rows = await tx.query<{ prefix: string }[]>(
      `select prefix from unnest($1::text[]) as given (prefix) join cpv_code on code = rpad(prefix, 8, '0')`,
      [prefixes],
    );
    return new Set(rows.map(({ prefix }) => prefix));
  }

  /** As the journal tells them. */
  told(tx: EntityManager, ids: readonly string[]): Promise<Told[]> {
    return tx.query<Told[]>(
      `select s.id as "subjectId", null as "buyerId", jsonb_build_object('siret', s.siret, 'name', s.name,
         'nationwide', s.nationwide,
         'activities', array(select cpv_prefix from supplier_activity where supplier_id = s.id order by 1),
         'departments', array(select department_code from supplier_department where supplier_id = s.id order by 1),
         'communes', array(select insee_code from supplier_commune where supplier_id = s.id order by 1),
         'statuses', array(select concat_ws(', ', status, source, proven_on, expires_on)
                           from supplier_status where supplier_id = s.id order by 1)) as state
       from supplier s where s.id = any($1::uuid[]) order by s.id`,
      [ids],
    );
  }

  async wasMet(tx: EntityManager, id: string): Promise<boolean> {
    const [row] = await tx.query<{ met: boolean }[]>(
      `select exists (select from sourcing_contact where supplier_id = $1) as met`,
      [id],
    );
    return row!.met;
  }
}
