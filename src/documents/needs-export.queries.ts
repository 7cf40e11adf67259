import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';

export const EXPORT_FORMATS = ['xlsx', 'csv'] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];
export const EXPORT_DIALECTS = ['french', 'rfc4180'] as const;
export type ExportDialect = (typeof EXPORT_DIALECTS)[number];

/** A file of the needs that count: asked for, then made or failed. */
export interface ExportRow {
  readonly id: string;
  readonly consultationId: string;
  readonly format: ExportFormat;
  readonly dialect: ExportDialect;
  readonly requestId: string;
  readonly requestedAt: Date;
  readonly madeAt: Date | null;
  /** Whole numbers as texts. */
  readonly lineCount: string | null;
  readonly byteCount: string | null;
  readonly sha256: string | null;
  readonly failure: string | null;
}

/** A need that counts, with the words of its item, lot and member; quantities of three decimals. */
export interface CountedLine {
  readonly lotNumber: number;
  readonly lotTitle: string;
  readonly code: string;
  readonly designation: string;
  readonly unit: string;
  readonly packaging: string;
  readonly siret: string;
  readonly member: string;
  readonly minimum: string | null;
  readonly estimate: string;
  readonly maximum: string | null;
  readonly unitPrice: string;
  readonly vatRate: string;
  /** € HT a year, rounded to the cent. */
  readonly net: string;
}

/** A member of which nothing counts in a lot, and why. */
export interface UncountedRow {
  readonly siret: string;
  readonly name: string;
  readonly lotNumber: number;
  /** When the census was closed without it; null: it is still in the lot. */
  readonly excludedAt: Date | null;
  readonly why: 'late' | 'draft' | 'silent';
}

export interface ExportFacts {
  readonly groupId: string;
  readonly title: string;
  readonly coordinator: string;
  readonly launchedAt: Date | null;
}

const COLUMNS = `id, consultation_id as "consultationId", format, dialect, request_id as "requestId",
  requested_at as "requestedAt", made_at as "madeAt", line_count as "lineCount", byte_count as "byteCount", sha256, failure`;

const LINES = `select l.number as "lotNumber", l.title as "lotTitle", i.code, i.designation, i.unit, i.packaging, b.siret,
    b.name as member, need.minimum, need.estimate, need.maximum, i.unit_price as "unitPrice", i.vat_rate as "vatRate",
    line_amount(need.estimate, i.unit_price) as net
  from need_line need join item i on i.id = need.item_id join lot l on l.id = need.lot_id
  join buyer b on b.id = need.buyer_id
  where need.consultation_id = $1 and need.standing = 'valid'
  order by l.number, i.position, i.code collate "C", b.name_key collate "C", b.id`;
/** Lines that the database sends at once. */
const LINES_A_FETCH = 2_000;

@Injectable()
export class NeedsExportQueries {
  async find(tx: EntityManager, consultationId: string, id: string): Promise<ExportRow | null> {
    const [row] = await tx.query<ExportRow[]>(
      `select ${COLUMNS} from needs_export where consultation_id = $1 and id = $2`,
      [consultationId, id],
    );
    return row ?? null;
  }

  /** Held until the end of the transaction: who makes it makes it alone. */
  async hold(tx: EntityManager, id: string): Promise<ExportRow | null> {
    const [row] = await tx.query<ExportRow[]>(
      `select ${COLUMNS} from needs_export where id = $1 for update`,
      [id],
    );
    return row ?? null;
  }

  /** The one that is on its way, asked for in the same way. The caller holds the consultation. */
  async pending(
    tx: EntityManager,
    consultationId: string,
    format: ExportFormat,
    dialect: ExportDialect,
  ): Promise<ExportRow | null> {
    // Two that ask at the same instant come one after the other, and share one file.
    await tx.query(`select from consultation where id = $1 for no key update`, [consultationId]);
    const [row] = await tx.query<ExportRow[]>(
      `select ${COLUMNS} from needs_export where consultation_id = $1 and format = $2 and dialect = $3
         and made_at is null and failed_at is null`,
      [consultationId, format, dialect],
    );
    return row ?? null;
  }

  async insert(
    tx: EntityManager,
    row: Pick<ExportRow, 'id' | 'consultationId' | 'format' | 'dialect' | 'requestId' | 'requestedAt'>,
  ): Promise<void> {
    await tx.query(
      `insert into needs_export (id, consultation_id, format, dialect, request_id, requested_at)
       values ($1, $2, $3, $4, $5, $6)`,
      [row.id, row.consultationId, row.format, row.dialect, row.requestId, row.requestedAt],
    );
  }

  async addPart(tx: EntityManager, exportId: string, number: number, content: Buffer): Promise<void> {
    await tx.query(`insert into needs_export_part (export_id, number, content) values ($1, $2, $3)`, [
      exportId,
      number,
      content,
    ]);
  }

  async part(tx: EntityManager, exportId: string, number: number): Promise<Buffer | null> {
    const [row] = await tx.query<{ content: Buffer }[]>(
      `select content from needs_export_part where export_id = $1 and number = $2`,
      [exportId, number],
    );
    return row?.content ?? null;
  }

  /** Records what was made; the files made before it in the same way go. */
  async made(
    tx: EntityManager,
    { id, consultationId, format, dialect }: ExportRow,
    at: Date,
    told: { readonly lineCount: number; readonly byteCount: number; readonly sha256: string },
  ): Promise<void> {
    await tx.query(
      `delete from needs_export where consultation_id = $1 and format = $2 and dialect = $3 and id <> $4
         and made_at is not null`,
      [consultationId, format, dialect, id],
    );
    await tx.query(
      `update needs_export set made_at = $2, line_count = $3, byte_count = $4, sha256 = $5 where id = $1`,
      [id, at, told.lineCount, told.byteCount, told.sha256],
    );
  }

  async failed(tx: EntityManager, id: string, at: Date, reason: string): Promise<void> {
    await tx.query(
      `update needs_export set failed_at = $2, failure = $3 where id = $1 and made_at is null and failed_at is null`,
      [id, at, reason],
    );
  }

  async facts(tx: EntityManager, consultationId: string): Promise<ExportFacts> {
    const [row] = await tx.query<ExportFacts[]>(
      `select g.id as "groupId", c.title, b.name as coordinator, c.launched_at as "launchedAt"
       from consultation c join purchasing_group g on g.id = c.group_id join buyer b on b.id = g.coordinator_id
       where c.id = $1`,
      [consultationId],
    );
    return row!;
  }

  async lineCount(tx: EntityManager, consultationId: string): Promise<number> {
    const [row] = await tx.query<{ count: number }[]>(
      `select count(*)::int as count from need_line where consultation_id = $1 and standing = 'valid'`,
      [consultationId],
    );
    return row!.count;
  }

  /** Each line that counts, by lot, item and member, from a cursor of the transaction: a few thousand are held at once. */
  async *lines(tx: EntityManager, consultationId: string): AsyncGenerator<CountedLine, void, undefined> {
    await tx.query(`declare needs_export_line no scroll cursor for ${LINES}`, [consultationId]);
    for (;;) {
      const lines = await tx.query<CountedLine[]>(`fetch ${LINES_A_FETCH} from needs_export_line`);
      yield* lines;
      if (lines.length < LINES_A_FETCH) break;
    }
    await tx.query(`close needs_export_line`);
  }

  /** Members that are in a lot, or were until the census was closed, of which nothing counts there: by name, then number. */
  uncounted(tx: EntityManager, consultationId: string): Promise<UncountedRow[]> {
    return tx.query<UncountedRow[]>(
      `with pair as (
         select lot_id, buyer_id from lot_participation where consultation_id = $1
         union select lot_id, buyer_id from need_exclusion where consultation_id = $1),
       said as (
         select lot_id, buyer_id, bool_or(standing = 'valid') as valid, bool_or(standing = 'late') as late,
                bool_or(standing = 'draft') as draft
         from need_line where consultation_id = $1 group by lot_id, buyer_id)
       select b.siret, b.name, l.number as "lotNumber",
              (select max(x.excluded_at) from need_exclusion x
               where x.lot_id = pair.lot_id and x.buyer_id = pair.buyer_id) as "excludedAt",
              case when said.late then 'late'
                   when said.draft or exists (select from need_declaration d
                     where d.consultation_id = $1 and d.buyer_id = pair.buyer_id) then 'draft'
                   else 'silent' end as why
       from pair join buyer b on b.id = pair.buyer_id join lot l on l.id = pair.lot_id
       left join said on said.lot_id = pair.lot_id and said.buyer_id = pair.buyer_id
       where said.valid is not true
       order by b.name_key collate "C", b.id, l.number`,
      [consultationId],
    );
  }
}
