import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { PlainDate } from '../calendar/plain-date.js';
import {
  type Answerable,
  answerableByLot,
  type AnswerableForLot,
  answerableOf,
  type LotTallyRow,
  TALLIED,
  type TallyRow,
} from './answerable.rules.js';
import { lineState, type LineState } from './sourcing-log.rules.js';
import { coveringPrefixes, cpvPrefix, departmentOf } from './suppliers.rules.js';

export interface AnswerableQuestion {
  /** Any of these codes, or heads of codes; what is no code counts nobody. */
  readonly cpvCodes: readonly string[];
  /** None: wherever they are. */
  readonly inseeCodes: readonly string[];
  /** The day on which proofs of status must hold. */
  readonly on: PlainDate;
}

/** Who could answer for a lot: by its CPV code, in these communes; none: wherever they are. */
export interface LotQuestion {
  readonly lotId: string;
  readonly cpvCode: string;
  readonly inseeCodes: readonly string[];
}

export interface ConsultationOfLog {
  readonly groupId: string;
  /** The day, in Paris, on which it was launched; null before. */
  readonly launchedOn: PlainDate | null;
}

export interface ContactRow {
  readonly id: string;
  readonly lotNumber: number | null;
  readonly supplierId: string;
  readonly supplierName: string;
  readonly supplierSiret: string | null;
  readonly metOn: PlainDate;
  readonly subject: string;
  readonly informationGiven: string[];
  readonly documentsGiven: string[];
  readonly informationReceived: string;
  readonly recordedAt: Date;
  readonly recordedBy: string | null;
  readonly correctsId: string | null;
  readonly reason: string | null;
  readonly state: LineState;
}

type StoredContact = Omit<ContactRow, 'state'> & {
  readonly struckOut: boolean;
  readonly replacement: 'correction' | 'strike out' | null;
};

const CONTACT = `c.id, c.lot_number as "lotNumber", c.supplier_id as "supplierId", s.name as "supplierName",
  s.siret as "supplierSiret", c.met_on::text as "metOn", c.subject, c.information_given as "informationGiven",
  c.documents_given as "documentsGiven", c.information_received as "informationReceived",
  c.recorded_at as "recordedAt", c.recorded_by as "recordedBy", c.corrects_id as "correctsId", c.reason,
  c.struck_out as "struckOut",
  (select case when later.struck_out then 'strike out' else 'correction' end
   from sourcing_contact later where later.corrects_id = c.id) as replacement`;

const read = ({ struckOut, replacement, ...line }: StoredContact): ContactRow => ({
  ...line,
  state: lineState({ struckOut, replacement }),
});

const counted = (list: readonly string[]): string =>
  `count(*) filter (where kinds && array[${list.map((status) => `'${status}'`).join(', ')}])::int`;

/** SQL: the figures of a `Tally`. */
const COUNTS = `count(*)::int as total, ${Object.entries(TALLIED)
  .map(([name, statuses]) => `${counted(statuses)} as "${name}"`)
  .join(', ')}`;

/** What sourcing tells: how many could answer, and who was met. */
@Injectable()
export class SourcingQueries {
  /**
   * How many suppliers of the directory could answer for any of these codes, in these communes. An activity covers a code
   * when it is that code or one that contains it.
   */
  async answerable(tx: EntityManager, { cpvCodes, inseeCodes, on }: AnswerableQuestion): Promise<Answerable> {
    const prefixes = [...new Set(cpvCodes.map(cpvPrefix).filter((prefix) => prefix !== null))];
    const communes = [...new Set(inseeCodes)];
    const rows = await tx.query<TallyRow[]>(
      `with able as materialized (
         select supplier_id, bool_or(covers) as covers
         from (select supplier_id, true as covers from supplier_activity where cpv_prefix = any($1::text[])
               union all
               select supplier_id, false from unnest($2::text[]) as asked (prefix)
               join supplier_activity a on a.cpv_prefix > asked.prefix collate "C"
                 and a.cpv_prefix < (asked.prefix || ':') collate "C") as related
         group by supplier_id),
       given as materialized (select * from unnest($3::text[], $4::text[]) as given (insee_code, department_code)),
       served as materialized (
         select able.supplier_id, given.insee_code
         from able join supplier s on s.id = able.supplier_id and s.nationwide cross join given
         union
         select supplier_id, insee_code from supplier_commune join able using (supplier_id)
         where insee_code = any($3::text[])
         union
         select supplier_id, given.insee_code
         from supplier_department join able using (supplier_id) join given using (department_code)),
       reach as (
         select supplier_id, covers, coalesce(communes, 0) as communes
         from able left join (select supplier_id, count(*)::int as communes from served group by supplier_id) as n
           using (supplier_id)
         where communes is not null or cardinality($3::text[]) = 0),
       tallied as (
         select 'somewhere' as scope, null as insee_code, supplier_id from reach where covers
         union all
         select 'everywhere', null, supplier_id from reach where covers and communes = cardinality($3::text[])
         union all
         select 'partly', null, supplier_id from reach where not covers
         union all
         select 'commune', insee_code, supplier_id from served join able using (supplier_id) where covers),
       proven as (
         select supplier_id, array_agg(status) as kinds from supplier_status join able using (supplier_id)
         where expires_on is null or expires_on >= $5::date group by supplier_id)
       select scope, insee_code as "inseeCode", ${COUNTS}
       from tallied left join proven using (supplier_id)
       group by scope, insee_code`,
      [[...new Set(prefixes.flatMap(coveringPrefixes))], prefixes, communes, communes.map(departmentOf), on],
    );
    return answerableOf(rows, communes);
  }

  /**
   * The same for several lots at once, by lot id, without the detail of communes: one statement however many they are.
   *
   * @param on the day on which proofs of status must hold
   */
  async answerableByLot(
    tx: EntityManager,
    lots: readonly LotQuestion[],
    on: PlainDate,
  ): Promise<ReadonlyMap<string, AnswerableForLot>> {
    const coded = lots.flatMap(({ lotId, cpvCode }) => {
      const prefix = cpvPrefix(cpvCode);
      return prefix === null ? [] : [{ lotId, prefix }];
    });
    const covering = coded.flatMap(({ lotId, prefix }) =>
      coveringPrefixes(prefix).map((above) => ({ lotId, prefix: above })),
    );
    const places = lots.flatMap(({ lotId, inseeCodes }) =>
      [...new Set(inseeCodes)].map((inseeCode) => ({ lotId, inseeCode })),
    );
    const rows = await tx.query<LotTallyRow[]>(
      `with asked as materialized (select * from unnest($1::uuid[], $2::text[]) as asked (lot_id, prefix)),
       covering as materialized (select * from unnest($3::uuid[], $4::text[]) as covering (lot_id, prefix)),
       place as materialized (
         select * from unnest($5::uuid[], $6::text[], $7::text[]) as place (lot_id, insee_code, department_code)),
       wanted as (
         select asked.lot_id, count(insee_code) as communes from asked left join place using (lot_id)
         group by asked.lot_id),
       able as materialized (
         select lot_id, supplier_id, bool_or(covers) as covers
         from (select lot_id, supplier_id, true as covers
               from covering join supplier_activity a on a.cpv_prefix = covering.prefix collate "C"
               union all
               select lot_id, supplier_id, false
               from asked join supplier_activity a on a.cpv_prefix > asked.prefix collate "C"
                 and a.cpv_prefix < (asked.prefix || ':') collate "C") as related
         group by lot_id, supplier_id),
       served as (
         select lot_id, supplier_id, insee_code
         from able join supplier s on s.id = supplier_id and s.nationwide join place using (lot_id)
         union
         select lot_id, supplier_id, insee_code
         from able join place using (lot_id) join supplier_commune using (supplier_id, insee_code)
         union
         select lot_id, supplier_id, insee_code
         from able join place using (lot_id) join supplier_department using (supplier_id, department_code)),
       reach as (
         select lot_id, supplier_id, covers, coalesce(reached.communes, 0) = wanted.communes as whole
         from able join wanted using (lot_id)
         left join (select lot_id, supplier_id, count(*) as communes from served group by lot_id, supplier_id) as reached
           using (lot_id, supplier_id)
         where reached.communes is not null or wanted.communes = 0),
       tallied as (
         select 'somewhere' as scope, lot_id, supplier_id from reach where covers
         union all
         select 'everywhere', lot_id, supplier_id from reach where covers and whole
         union all
         select 'partly', lot_id, supplier_id from reach where not covers),
       proven as (
         select supplier_id, array_agg(status) as kinds from supplier_status
         where (expires_on is null or expires_on >= $8::date) and supplier_id in (select supplier_id from able)
         group by supplier_id)
       select lot_id as "lotId", scope, ${COUNTS}
       from tallied left join proven using (supplier_id)
       group by lot_id, scope`,
      [
        coded.map(({ lotId }) => lotId),
        coded.map(({ prefix }) => prefix),
        covering.map(({ lotId }) => lotId),
        covering.map(({ prefix }) => prefix),
        places.map(({ lotId }) => lotId),
        places.map(({ inseeCode }) => inseeCode),
        places.map(({ inseeCode }) => departmentOf(inseeCode)),
        on,
      ],
    );
    return answerableByLot(
      rows,
      lots.map(({ lotId }) => lotId),
    );
  }

  /** Null when there is no such consultation. */
  async consultation(tx: EntityManager, consultationId: string): Promise<ConsultationOfLog | null> {
    const [row] = await tx.query<ConsultationOfLog[]>(
      // By the row's JSON, so that it also reads a schema in which consultations do not know yet when they were launched.
      `select group_id as "groupId",
              (c.launched_at at time zone 'Europe/Paris')::date::text as "launchedOn"
       from consultation c where id = $1`,
      [consultationId],
    );
    return row ?? null;
  }

  /** The log, oldest line first, from after a line on. */
  async contacts(
    tx: EntityManager,
    consultationId: string,
    after: string | null,
    limit: number,
  ): Promise<ContactRow[]> {
    const rows = await tx.query<StoredContact[]>(
      `select ${CONTACT} from sourcing_contact c join supplier s on s.id = c.supplier_id
       where c.consultation_id = $1 and ($2::uuid is null or c.id > $2) order by c.id limit $3`,
      [consultationId, after, limit],
    );
    return rows.map(read);
  }

  async contact(tx: EntityManager, consultationId: string, contactId: string): Promise<ContactRow | null> {
    const rows = await tx.query<StoredContact[]>(
      `select ${CONTACT} from sourcing_contact c join supplier s on s.id = c.supplier_id
       where c.consultation_id = $1 and c.id = $2`,
      [consultationId, contactId],
    );
    return rows.map(read)[0] ?? null;
  }

  /** The lines that stand: neither corrected nor struck out. */
  async standing(tx: EntityManager, consultationId: string): Promise<ContactRow[]> {
    const rows = await tx.query<StoredContact[]>(
      `select ${CONTACT} from sourcing_contact c join supplier s on s.id = c.supplier_id
       where c.consultation_id = $1 order by c.id`,
      [consultationId],
    );
    return rows.map(read).filter(({ state }) => state === 'standing');
  }
}
