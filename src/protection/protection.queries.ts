import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { PlainDate } from '../calendar/plain-date.js';
import type { LeverRecord } from './lever.rules.js';
import type { ContractForm, LotFamily } from '../lots/lots.rules.js';

/** Where a lot is. */
export interface LotPlace {
  readonly id: string;
  readonly number: number;
  readonly consultationId: string;
  readonly groupId: string;
}

export interface ConsultationFactsRow {
  readonly firmYears: number;
  readonly renewals: number;
  readonly plannedLaunchOn: PlainDate | null;
  readonly launchedAt: Date | null;
}

export interface LotFactsRow {
  readonly id: string;
  readonly number: number;
  readonly title: string;
  readonly cpvCode: string;
  readonly family: LotFamily;
  readonly contractForm: ContractForm;
  readonly itemCodes: readonly string[];
  /** Codes of the levers chosen. */
  readonly chosen: readonly string[];
}

export interface LeverRow {
  readonly lotId: string;
  readonly lever: string;
  readonly record: LeverRecord;
}

export interface FlagToCopy {
  readonly lotId: string;
  readonly formerLotId: string;
  readonly number: number;
  readonly justification: string;
}

@Injectable()
export class ProtectionQueries {
  async place(tx: EntityManager, lotId: string): Promise<LotPlace | null> {
    const [row] = await tx.query<LotPlace[]>(
      `select lot.id, lot.number, c.id as "consultationId", c.group_id as "groupId"
       from lot join consultation c on c.id = lot.consultation_id where lot.id = $1`,
      [lotId],
    );
    return row ?? null;
  }

  async consultation(tx: EntityManager, consultationId: string): Promise<ConsultationFactsRow | null> {
    const [row] = await tx.query<ConsultationFactsRow[]>(
      `select firm_years as "firmYears", renewals, c.planned_launch_on::text as "plannedLaunchOn",
              c.launched_at as "launchedAt"
       from consultation c where id = $1`,
      [consultationId],
    );
    return row ?? null;
  }

  /** By number. */
  lots(tx: EntityManager, consultationId: string): Promise<LotFactsRow[]> {
    return tx.query<LotFactsRow[]>(
      `select lot.id, number, title, cpv_code as "cpvCode", family, contract_form as "contractForm",
              array(select code from item where item.lot_id = lot.id order by position) as "itemCodes",
              array(select lever from lot_lever l where l.lot_id = lot.id order by lever) as chosen
       from lot where consultation_id = $1 order by number`,
      [consultationId],
    );
  }

  /** The flags of a consultation whose lots were copied into another, by number. */
  flagsToCopy(tx: EntityManager, sourceId: string, copyId: string): Promise<FlagToCopy[]> {
    return tx.query<FlagToCopy[]>(
      `select lot.id as "lotId", was.id as "formerLotId", lot.number, p.justification
       from lot join lot was on was.number = lot.number and was.consultation_id = $1
       join lot_protection p on p.lot_id = was.id
       where lot.consultation_id = $2 order by lot.number`,
      [sourceId, copyId],
    );
  }

  /** The levers chosen on some lots, with their records. */
  levers(tx: EntityManager, lotIds: readonly string[]): Promise<LeverRow[]> {
    return tx.query<LeverRow[]>(
      `select lot_id as "lotId", lever, record from lot_lever where lot_id = any($1::uuid[]) order by lot_id, lever`,
      [lotIds],
    );
  }

  /** The levers chosen on a lot become those given. */
  async replaceLevers(
    tx: EntityManager,
    lotId: string,
    personId: string | null,
    at: Date,
    levers: readonly { readonly lever: string; readonly record: LeverRecord }[],
  ): Promise<void> {
    await tx.query(`delete from lot_lever where lot_id = $1 and lever <> all($2::text[])`, [
      lotId,
      levers.map(({ lever }) => lever),
    ]);
    await tx.query(
      `insert into lot_lever (lot_id, lever, record, chosen_by, chosen_at)
       select $1, lever, record, $2, $3 from unnest($4::text[], $5::jsonb[]) as given (lever, record)
       on conflict (lot_id, lever) do update set
         record = excluded.record, chosen_by = excluded.chosen_by, chosen_at = excluded.chosen_at
       where lot_lever.record is distinct from excluded.record`,
      [
        lotId,
        personId,
        at,
        levers.map(({ lever }) => lever),
        levers.map(({ record }) => JSON.stringify(record)),
      ],
    );
  }
}
