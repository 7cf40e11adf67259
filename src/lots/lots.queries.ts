import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { PlainDate } from '../calendar/plain-date.js';
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

export interface ParticipationRow {
  readonly buyerId: string;
  readonly lots: readonly number[];
  readonly formSignedOn: PlainDate | null;
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

  /** One row per buyer that joined at least one lot. */
  participations(tx: EntityManager, consultationId: string): Promise<ParticipationRow[]> {
    return tx.query<ParticipationRow[]>(
      `select buyer_id as "buyerId", array_agg(lot.number order by lot.number) as lots,
              max(form_signed_on)::text as "formSignedOn"
       from lot_participation p join lot on lot.id = p.lot_id
       where p.consultation_id = $1 group by buyer_id`,
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
