import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { ContractForm, LotFamily } from '../lots/lots.rules.js';

/** Where something of a catalogue stands: what its right is judged on, and what a command locks. */
export interface CataloguePlace {
  readonly groupId: string;
  readonly consultationId: string;
}

export interface LotPlace extends CataloguePlace {
  readonly lotId: string;
  readonly lotNumber: number;
  readonly lotFamily: LotFamily;
  /** What its items are of, where they do not say; null when nobody told. */
  readonly lotPurchaseFamily: string | null;
}

/** An item as it is stored; decimals are canonical texts, without trailing zeros. */
export interface ItemDetailRow extends LotPlace {
  readonly id: string;
  /** Its place in its lot, from 1. */
  readonly position: number;
  readonly code: string;
  readonly designation: string;
  readonly unit: string;
  readonly unitCode: string | null;
  readonly packaging: string;
  readonly unitPrice: string;
  readonly vatRate: string;
  readonly cpvCode: string | null;
  readonly purchaseFamily: string | null;
  readonly m57Nature: string;
  readonly reuseShare: string | null;
  readonly version: number;
}

/** A row of the catalogue as a file has it: an item with its lot's facts. */
export interface CatalogueRow extends ItemDetailRow {
  readonly lotTitle: string;
  readonly lotCpvCode: string;
  readonly contractForm: ContractForm;
}

/** Why a lot may hold tyres that are not retreaded. */
export interface NewTyresRow {
  readonly ground: 'unsuccessful_consultation' | 'emergency_vehicles';
  readonly reference: string;
}

const LOT_PLACE = `lot.id as "lotId", lot.number as "lotNumber", lot.family as "lotFamily",
  lot.purchase_family as "lotPurchaseFamily",
  c.id as "consultationId", c.group_id as "groupId"`;
const ITEM = `item.id, ${LOT_PLACE},
  row_number() over (partition by item.lot_id order by item.position, item.code)::int as position,
  item.code, item.designation, item.unit, item.unit_code as "unitCode", item.packaging,
  trim_scale(item.unit_price)::text as "unitPrice", trim_scale(item.vat_rate)::text as "vatRate",
  item.cpv_code as "cpvCode", item.purchase_family as "purchaseFamily", item.m57_nature as "m57Nature",
  trim_scale(item.reuse_share)::text as "reuseShare", item.version`;
const FROM = `from item join lot on lot.id = item.lot_id join consultation c on c.id = lot.consultation_id`;

@Injectable()
export class ItemsQueries {
  async placeOfConsultation(tx: EntityManager, consultationId: string): Promise<CataloguePlace | null> {
    const [row] = await tx.query<CataloguePlace[]>(
      `select id as "consultationId", group_id as "groupId" from consultation where id = $1`,
      [consultationId],
    );
    return row ?? null;
  }

  async placeOfLot(tx: EntityManager, lotId: string): Promise<LotPlace | null> {
    const [row] = await tx.query<LotPlace[]>(
      `select ${LOT_PLACE} from lot join consultation c on c.id = lot.consultation_id where lot.id = $1`,
      [lotId],
    );
    return row ?? null;
  }

  /** In the order of the catalogue. */
  itemsOfLot(tx: EntityManager, lotId: string): Promise<ItemDetailRow[]> {
    return tx.query<ItemDetailRow[]>(`select ${ITEM} ${FROM} where item.lot_id = $1 order by position`, [
      lotId,
    ]);
  }

  async item(tx: EntityManager, itemId: string): Promise<ItemDetailRow | null> {
    const [row] = await tx.query<ItemDetailRow[]>(
      `select * from (select ${ITEM} ${FROM} where item.lot_id = (select lot_id from item where id = $1)) as of_lot
       where id = $1`,
      [itemId],
    );
    return row ?? null;
  }

  /** The lot of the item that bears a code; null when none does. */
  async lotOfCode(tx: EntityManager, consultationId: string, code: string): Promise<number | null> {
    const [row] = await tx.query<{ number: number }[]>(
      `select lot.number from item join lot on lot.id = item.lot_id where item.consultation_id = $1 and code = $2`,
      [consultationId, code],
    );
    return row?.number ?? null;
  }

  /** The whole catalogue of a consultation, lot by lot. */
  catalogue(tx: EntityManager, consultationId: string): Promise<CatalogueRow[]> {
    return tx.query<CatalogueRow[]>(
      `select ${ITEM}, lot.title as "lotTitle", lot.cpv_code as "lotCpvCode", lot.contract_form as "contractForm"
       ${FROM} where item.consultation_id = $1 order by lot.number, position`,
      [consultationId],
    );
  }

  /** Grows with each change of what its files tell, lots and items; 0 while it never held any. */
  async catalogueVersion(tx: EntityManager, consultationId: string): Promise<number> {
    const [row] = await tx.query<{ version: number }[]>(
      `select version from catalogue_version where consultation_id = $1`,
      [consultationId],
    );
    return row?.version ?? 0;
  }

  async titleOf(tx: EntityManager, consultationId: string): Promise<string> {
    const [row] = await tx.query<{ title: string }[]>(`select title from consultation where id = $1`, [
      consultationId,
    ]);
    return row!.title;
  }

  async newTyres(tx: EntityManager, lotId: string): Promise<NewTyresRow | null> {
    const [row] = await tx.query<NewTyresRow[]>(
      `select ground, reference from lot_new_tyres where lot_id = $1`,
      [lotId],
    );
    return row ?? null;
  }

  /** By lot, those of a consultation. */
  async newTyresOf(tx: EntityManager, consultationId: string): Promise<Map<string, NewTyresRow>> {
    const rows = await tx.query<(NewTyresRow & { readonly lotId: string })[]>(
      `select lot_id as "lotId", ground, reference from lot_new_tyres join lot on lot.id = lot_id
       where consultation_id = $1`,
      [consultationId],
    );
    return new Map(rows.map(({ lotId, ...record }) => [lotId, record]));
  }

  async isCpvCode(tx: EntityManager, code: string): Promise<boolean> {
    const rows = await tx.query<unknown[]>(`select from cpv_code where code = $1`, [code]);
    return rows.length > 0;
  }
}
