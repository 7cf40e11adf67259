import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { PlainDate } from '../calendar/plain-date.js';
import type { CampaignRow } from '../declarations/campaign.queries.js';
import type { VersionKind } from '../declarations/declaration.rules.js';
import type { Stage } from './reminder.rules.js';

/** A census as its mails tell it. */
export interface CensusRow extends CampaignRow {
  readonly title: string;
  readonly groupId: string;
  readonly coordinatorName: string;
}

/** One version, for whoever is written to about it. */
export interface ToldVersion {
  readonly id: string;
  readonly consultationId: string;
  readonly buyerId: string;
  readonly buyerName: string;
  readonly number: number;
  readonly kind: VersionKind;
  readonly receipt: string;
  readonly sha256: string;
  readonly transmittedAt: Date;
  readonly accepted: boolean | null;
  readonly decisionReason: string | null;
  readonly contestedAt: Date | null;
  readonly contestReason: string | null;
}

export interface ToldLine {
  readonly lotNumber: number;
  readonly lotTitle: string;
  readonly code: string;
  readonly designation: string;
  readonly unit: string;
  readonly minimum: string | null;
  readonly estimate: string | null;
  readonly maximum: string | null;
}

export interface ToldLot {
  readonly number: number;
  readonly title: string;
  readonly noNeed: boolean;
}

const CENSUS = `c.consultation_id as "consultationId", c.opened_at as "openedAt", c.deadline, c.closed_at as "closedAt",
  c.validation_required as "validationRequired", c.version, now() as now, o.title, o.group_id as "groupId",
  b.name as "coordinatorName"
  from need_campaign c join consultation o on o.id = c.consultation_id
  join purchasing_group g on g.id = o.group_id join buyer b on b.id = g.coordinator_id`;

const VERSION = `v.id, v.consultation_id as "consultationId", v.buyer_id as "buyerId", b.name as "buyerName", v.number, v.kind,
  v.receipt, v.sha256, v.transmitted_at as "transmittedAt", v.accepted, v.decision_reason as "decisionReason",
  v.contested_at as "contestedAt", v.contest_reason as "contestReason"
  from need_version v join buyer b on b.id = v.buyer_id`;

@Injectable()
export class CensusQueries {
  async census(tx: EntityManager, consultationId: string): Promise<CensusRow | null> {
    const [row] = await tx.query<CensusRow[]>(`select ${CENSUS} where c.consultation_id = $1`, [
      consultationId,
    ]);
    return row ?? null;
  }

  /** Those that wait for answers, or just did: neither closed, launched nor cancelled. By id. */
  running(tx: EntityManager): Promise<CensusRow[]> {
    return tx.query<CensusRow[]>(
      `select ${CENSUS} where c.closed_at is null and o.cancelled_at is null
         and not exists (select from group_launch l where l.consultation_id = o.id) order by c.consultation_id`,
    );
  }

  /** The reminders made for the deadline that a census has now. */
  async stagesMade(tx: EntityManager, consultationId: string, deadlineOn: PlainDate): Promise<Stage[]> {
    const rows = await tx.query<{ stage: Stage }[]>(
      `select stage from need_reminder where consultation_id = $1 and deadline_on = $2`,
      [consultationId, deadlineOn],
    );
    return rows.map(({ stage }) => stage);
  }

  async markStages(
    tx: EntityManager,
    consultationId: string,
    deadlineOn: PlainDate,
    stages: readonly Stage[],
    day: PlainDate,
  ): Promise<void> {
    await tx.query(
      `insert into need_reminder (consultation_id, deadline_on, stage, made_on)
       select $1, $2, stage, $4 from unnest($3::int[]) as given (stage)`,
      [consultationId, deadlineOn, stages, day],
    );
  }

  async version(
    tx: EntityManager,
    consultationId: string,
    buyerId: string,
    number: number,
  ): Promise<ToldVersion | null> {
    const [row] = await tx.query<ToldVersion[]>(
      `select ${VERSION} where v.consultation_id = $1 and v.buyer_id = $2 and v.number = $3`,
      [consultationId, buyerId, number],
    );
    return row ?? null;
  }

  async versionOfId(tx: EntityManager, id: string): Promise<ToldVersion | null> {
    const [row] = await tx.query<ToldVersion[]>(`select ${VERSION} where v.id = $1`, [id]);
    return row ?? null;
  }

  /** What a version says of items, as the catalogue names them now; by lot then place. */
  lines(tx: EntityManager, versionId: string): Promise<ToldLine[]> {
    return tx.query<ToldLine[]>(
      `select l.number as "lotNumber", l.title as "lotTitle", i.code, i.designation, i.unit, line.minimum, line.estimate,
              line.maximum
       from need_version v
       cross join lateral jsonb_to_recordset(v.content::jsonb -> 'lines')
         as line ("itemId" uuid, minimum text, estimate text, maximum text)
       join item i on i.id = line."itemId" join lot l on l.id = i.lot_id
       where v.id = $1 and line.estimate is not null order by l.number, i.position, i.code`,
      [versionId],
    );
  }

  /** What a version says of whole lots, by number. */
  lots(tx: EntityManager, versionId: string): Promise<ToldLot[]> {
    return tx.query<ToldLot[]>(
      `select l.number, l.title, said."noNeed"
       from need_version v
       cross join lateral jsonb_to_recordset(v.content::jsonb -> 'lots') as said ("lotId" uuid, "noNeed" boolean)
       join lot l on l.id = said."lotId" where v.id = $1 order by l.number`,
      [versionId],
    );
  }

  /** The lots that each member left at the closure, by name of the member then number. */
  exclusions(
    tx: EntityManager,
    consultationId: string,
  ): Promise<{ readonly buyerId: string; readonly number: number; readonly title: string }[]> {
    return tx.query(
      `select e.buyer_id as "buyerId", l.number, l.title from need_exclusion e join lot l on l.id = e.lot_id
       where e.consultation_id = $1 order by e.buyer_id, l.number`,
      [consultationId],
    );
  }
}
