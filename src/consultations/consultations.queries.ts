import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';

export interface ConsultationRow {
  readonly groupId: string;
  readonly title: string;
  readonly firmYears: number;
  readonly renewals: number;
  readonly coordinatorSiret: string;
  readonly coordinatorInseeCode: string | null;
  readonly coordinatorName: string;
}

@Injectable()
export class ConsultationsQueries {
  /** The group that runs a consultation, whose journal tells of it. */
  async groupOf(tx: EntityManager, consultationId: string): Promise<string> {
    const [row] = await tx.query<{ id: string }[]>(`select group_id as id from consultation where id = $1`, [
      consultationId,
    ]);
    if (!row) throw new Error(`no consultation ${consultationId}`);
    return row.id;
  }

  async terms(tx: EntityManager, consultationId: string): Promise<ConsultationRow> {
    const [row] = await tx.query<ConsultationRow[]>(
      `select c.group_id as "groupId", c.title, c.firm_years as "firmYears", c.renewals,
              b.siret as "coordinatorSiret", b.insee_code as "coordinatorInseeCode", b.name as "coordinatorName"
       from consultation c
       join purchasing_group g on g.id = c.group_id
       join buyer b on b.id = g.coordinator_id
       where c.id = $1`,
      [consultationId],
    );
    if (!row) throw new Error(`no consultation ${consultationId}`);
    return row;
  }
}
