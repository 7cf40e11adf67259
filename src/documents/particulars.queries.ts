import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';

/** One thing written for the documents of a consultation; of a lot, of a member, or of neither. */
export interface ParticularRow {
  readonly code: string;
  readonly lotId: string | null;
  readonly buyerId: string | null;
  readonly value: string;
}

@Injectable()
export class ParticularsQueries {
  ofConsultation(tx: EntityManager, consultationId: string): Promise<ParticularRow[]> {
    return tx.query<ParticularRow[]>(
      `select code, lot_id as "lotId", buyer_id as "buyerId", value from document_particular
       where consultation_id = $1 order by lot_id nulls first, buyer_id nulls first, code`,
      [consultationId],
    );
  }

  /** 0 when nobody wrote them. */
  async version(tx: EntityManager, consultationId: string): Promise<number> {
    const [row] = await tx.query<{ version: number }[]>(
      `select version from document_particulars where consultation_id = $1`,
      [consultationId],
    );
    return row?.version ?? 0;
  }

  /** Replaces all of them. @returns the new version */
  async replace(tx: EntityManager, consultationId: string, rows: readonly ParticularRow[]): Promise<number> {
    const [{ version } = { version: 0 }] = await tx.query<{ version: number }[]>(
      `insert into document_particulars (consultation_id, version) values ($1, 1)
       on conflict (consultation_id) do update set version = document_particulars.version + 1 returning version`,
      [consultationId],
    );
    await tx.query(`delete from document_particular where consultation_id = $1`, [consultationId]);
    await tx.query(
      `insert into document_particular (consultation_id, code, lot_id, buyer_id, value)
       select $1, * from unnest($2::text[], $3::uuid[], $4::uuid[], $5::text[])`,
      [
        consultationId,
        rows.map(({ code }) => code),
        rows.map(({ lotId }) => lotId),
        rows.map(({ buyerId }) => buyerId),
        rows.map(({ value }) => value),
      ],
    );
    return version;
  }
}
