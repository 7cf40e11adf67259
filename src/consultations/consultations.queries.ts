import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { PlainDate } from '../calendar/plain-date.js';
import { type NoSplitGround, type ConsultationState, stateOf } from './consultation.rules.js';

export interface ConsultationRow {
  readonly groupId: string;
  readonly title: string;
  readonly firmYears: number;
  readonly renewals: number;
  readonly coordinatorSiret: string;
  readonly coordinatorSiren: string;
  readonly coordinatorInseeCode: string | null;
  readonly coordinatorName: string;
}

/** A consultation as its people read it. */
export interface ConsultationDetail {
  readonly id: string;
  readonly groupId: string;
  readonly title: string;
  readonly object: string | null;
  readonly families: string[];
  readonly firmYears: number;
  readonly renewals: number;
  readonly durationMotive: string | null;
  readonly plannedLaunchOn: PlainDate | null;
  readonly noSplitGround: NoSplitGround | null;
  readonly noSplitMotive: string | null;
  readonly state: ConsultationState;
  readonly launchedAt: Date | null;
  readonly cancelledAt: Date | null;
  readonly cancellationReason: string | null;
  readonly copiedFromId: string | null;
  readonly createdAt: Date;
  readonly version: number;
}

const DETAIL = `id, group_id as "groupId", title, object, families, firm_years as "firmYears", renewals,
  duration_motive as "durationMotive", planned_launch_on::text as "plannedLaunchOn",
  no_split_ground as "noSplitGround", no_split_motive as "noSplitMotive", launched_at as "launchedAt",
  cancelled_at as "cancelledAt", cancellation_reason as "cancellationReason", copied_from_id as "copiedFromId",
  created_at as "createdAt", version`;

@Injectable()
export class ConsultationsQueries {
  /** The group that runs a consultation, whose journal tells of it. */
  async groupOf(tx: EntityManager, consultationId: string): Promise<string> {
    const groupId = await this.findGroupOf(tx, consultationId);
    if (groupId === null) throw new Error(`no consultation ${consultationId}`);
    return groupId;
  }

  /**
   * The consultation of a group that has that title, as names are compared; the very same title before another.
   *
   * @param exceptId one that is not looked at
   */
  async titled(
    tx: EntityManager,
    groupId: string,
    title: string,
    exceptId: string | null = null,
  ): Promise<string | null> {
    const [row] = await tx.query<{ id: string }[]>(
      `select id from consultation
       where group_id = $1 and search_key(title) = search_key($2) and id is distinct from $3::uuid
       order by (title collate "C") = $2 desc, id limit 1`,
      [groupId, title, exceptId],
    );
    return row?.id ?? null;
  }

  /** The same; null when there is no such consultation. */
  async findGroupOf(tx: EntityManager, consultationId: string): Promise<string | null> {
    const [row] = await tx.query<{ id: string }[]>(`select group_id as id from consultation where id = $1`, [
      consultationId,
    ]);
    return row?.id ?? null;
  }

  async terms(tx: EntityManager, consultationId: string): Promise<ConsultationRow> {
    const [row] = await tx.query<ConsultationRow[]>(
      `select c.group_id as "groupId", c.title, c.firm_years as "firmYears", c.renewals,
              b.siret as "coordinatorSiret", b.siren as "coordinatorSiren", b.insee_code as "coordinatorInseeCode", b.name as "coordinatorName"
       from consultation c
       join purchasing_group g on g.id = c.group_id
       join buyer b on b.id = g.coordinator_id
       where c.id = $1`,
      [consultationId],
    );
    if (!row) throw new Error(`no consultation ${consultationId}`);
    return row;
  }

  async detail(tx: EntityManager, consultationId: string): Promise<ConsultationDetail | null> {
    const rows = await tx.query<Omit<ConsultationDetail, 'state'>[]>(
      `select ${DETAIL} from consultation where id = $1`,
      [consultationId],
    );
    return rows.map(withState)[0] ?? null;
  }

  /** Those of a group, the newest first, after the given id: UUIDv7 sorts by instant. */
  async ofGroup(
    tx: EntityManager,
    groupId: string,
    after: string | null,
    limit: number,
  ): Promise<ConsultationDetail[]> {
    const rows = await tx.query<Omit<ConsultationDetail, 'state'>[]>(
      `select ${DETAIL} from consultation
       where group_id = $1 and ($2::uuid is null or id < $2) order by id desc limit $3`,
      [groupId, after, limit],
    );
    return rows.map(withState);
  }
}

const withState = (row: Omit<ConsultationDetail, 'state'>): ConsultationDetail => ({
  ...row,
  state: stateOf(row),
});
