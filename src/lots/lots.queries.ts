import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { ContractForm, LotFamily } from './lots.rules.js';

export interface LotRow {
  readonly id: string;
  readonly number: number;
  readonly title: string;
  readonly cpvCode: string;
  readonly cpvLabel: string;
  readonly family: LotFamily;
  readonly contractForm: ContractForm;
}

/** A lot as its people read it, with what commands need to find their way. */
export interface LotDetail extends LotRow {
  readonly consultationId: string;
  readonly groupId: string;
  readonly purchaseFamily: string | null;
  readonly reservedClusterId: string | null;
  /** Members that joined it. */
  readonly participants: number;
  readonly version: number;
}

/** A lot as it is answered, and as a 412 joins it: the group is for commands. */
export const describeLot = ({ groupId: _, ...lot }: LotDetail): Omit<LotDetail, 'groupId'> => lot;

const DETAIL = `lot.id, lot.consultation_id as "consultationId", c.group_id as "groupId", number, lot.title,
  cpv_code as "cpvCode", cpv.label as "cpvLabel", family, contract_form as "contractForm",
  purchase_family as "purchaseFamily", reserved_cluster_id as "reservedClusterId",
  (select count(*)::int from lot_participation p where p.lot_id = lot.id) as participants, lot.version
  from lot join consultation c on c.id = lot.consultation_id join cpv_code cpv on cpv.code = lot.cpv_code`;

export interface ItemRow {
  readonly id: string;
  readonly lotId: string;
  readonly code: string;
  readonly designation: string;
  readonly unit: string;
  readonly packaging: string;
  /** Decimal string, four decimals. */
  readonly unitPrice: string;
  /** Decimal string, two decimals. */
  readonly vatRate: string;
  readonly m57Nature: string;
}

@Injectable()
export class LotsQueries {
  /** By number. */
  lots(tx: EntityManager, consultationId: string): Promise<LotRow[]> {
    return tx.query<LotRow[]>(
      `select lot.id, number, title, cpv_code as "cpvCode", cpv.label as "cpvLabel", family,
              contract_form as "contractForm"
       from lot join cpv_code cpv on cpv.code = lot.cpv_code
       where consultation_id = $1 order by number`,
      [consultationId],
    );
  }

  /** One lot; null when there is none. */
  async lot(tx: EntityManager, lotId: string): Promise<LotDetail | null> {
    const [row] = await tx.query<LotDetail[]>(`select ${DETAIL} where lot.id = $1`, [lotId]);
    return row ?? null;
  }

  /** Those of a consultation, by number. */
  details(tx: EntityManager, consultationId: string): Promise<LotDetail[]> {
    return tx.query<LotDetail[]>(`select ${DETAIL} where lot.consultation_id = $1 order by number`, [
      consultationId,
    ]);
  }

  /** The greatest number of a consultation's lots; 0 when it has none. */
  async lastNumber(tx: EntityManager, consultationId: string): Promise<number> {
    const [row] = await tx.query<{ number: number }[]>(
      `select coalesce(max(number), 0) as number from lot where consultation_id = $1`,
      [consultationId],
    );
    return row!.number;
  }

  /** In catalogue order. */
  items(tx: EntityManager, consultationId: string): Promise<ItemRow[]> {
    return tx.query<ItemRow[]>(
      `select item.id, lot_id as "lotId", code, designation, unit, packaging, unit_price as "unitPrice",
              vat_rate as "vatRate", m57_nature as "m57Nature"
       from item join lot on lot.id = item.lot_id
       where item.consultation_id = $1 order by lot.number, position, code`,
      [consultationId],
    );
  }

  /** Those of the codes given that the CPV nomenclature does not hold. */
  async unknownCpvCodes(tx: EntityManager, codes: readonly string[]): Promise<Set<string>> {
    const rows = await tx.query<{ code: string }[]>(
      `select code from unnest($1::text[]) as given (code)
       where not exists (select from cpv_code where cpv_code.code = given.code)`,
      [codes],
    );
    return new Set(rows.map((row) => row.code));
  }
}
