import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { lockOpenConsultation } from '../consultations/open-consultation.queries.js';
import type { UnitPrice, VatRate } from '../money/amounts.js';
import { unitPriceToDecimal, vatRateToDecimal } from '../money/amounts.js';
import { newId } from '../platform/database/id.js';
import { entriesBetween } from '../platform/journal/changes.js';
import { Journal } from '../platform/journal/journal.js';
import type { Trace } from '../platform/journal/trace.js';
import {
  PARTICIPATION_PERSONAL,
  toldItems,
  toldLots,
  toldParticipations,
} from '../lots/lots-told.queries.js';
import type { ContractForm, LotFamily } from '../lots/lots.rules.js';
import { unitCodeOf } from '../items/units.rules.js';

export interface CatalogueLot {
  readonly number: number;
  readonly title: string;
  readonly cpvCode: string;
  readonly family: LotFamily;
  readonly contractForm: ContractForm;
  readonly items: readonly CatalogueItem[];
}

export interface CatalogueItem {
  readonly code: string;
  readonly designation: string;
  /** As people wrote it: « sac », XBG. */
  readonly unit: string;
  readonly packaging: string;
  readonly unitPrice: UnitPrice;
  readonly vatRate: VatRate;
  readonly m57Nature: string;
  /** What follows is left as it is when undefined. Of the item alone, where it differs from its lot's. */
  readonly cpvCode?: string | null;
  readonly purchaseFamily?: string | null;
  /** Expected share of reused or recycled goods, in hundredths of a percent. */
  readonly reuseShare?: bigint | null;
}

/** The catalogue of a consultation replaced as a whole, by a file or a campaign. */
@Injectable()
export class ReplaceCatalogueService {
  constructor(private readonly journal: Journal) {}

  /**
   * Makes the consultation's catalogue the one given: lots by number, items by code. What it no longer holds is
   * removed, with the participations in the lots removed; foreign keys towards it are checked when the caller's
   * transaction ends.
   *
   * @throws {Refused} NOT_FOUND, CONSULTATION_LAUNCHED, CONSULTATION_CANCELLED
   */
  async replace(
    tx: EntityManager,
    trace: Trace,
    at: Date,
    consultationId: string,
    lots: readonly CatalogueLot[],
  ): Promise<void> {
    const { groupId } = await lockOpenConsultation(tx, consultationId);
    const told = async () => ({
      lot: await toldLots(tx, consultationId),
      item: await toldItems(tx, consultationId),
      participation: await toldParticipations(tx, consultationId),
    });
    const before = await told();
    await tx.query(`set constraints all deferred`);
    await this.replaceLots(tx, consultationId, lots);
    await this.replaceItems(tx, consultationId, lots);
    const after = await told();
    const entries = (['lot', 'item', 'participation'] as const).flatMap((subject) =>
      entriesBetween(
        { groupId, subject, key: 'lots.catalogue', personal: PARTICIPATION_PERSONAL },
        before[subject],
        after[subject],
      ),
    );
    await this.journal.write(tx, trace, at, entries);
  }

  private async replaceLots(
    tx: EntityManager,
    consultationId: string,
    lots: readonly CatalogueLot[],
  ): Promise<void> {
    // While their number is still known: the buyers who had joined read that they no longer do.
    await tx.query(
      `delete from lot_participation p using lot
       where lot.id = p.lot_id and lot.consultation_id = $1 and lot.number <> all($2::integer[])`,
      [consultationId, lots.map((lot) => lot.number)],
    );
    await tx.query(`delete from lot where consultation_id = $1 and number <> all($2::integer[])`, [
      consultationId,
      lots.map((lot) => lot.number),
    ]);
    const given = [
      lots.map(() => newId()),
      lots.map((lot) => lot.number),
      lots.map((lot) => lot.title),
      lots.map((lot) => lot.cpvCode),
      lots.map((lot) => lot.family),
      lots.map((lot) => lot.contractForm),
    ];
    const from = `unnest($2::uuid[], $3::integer[], $4::text[], $5::text[], $6::text[], $7::text[])
                  as given (id, number, title, cpv_code, family, contract_form)`;
    // Two statements: a constraint that waits for the end of a statement arbitrates no conflict.
    await tx.query(
      `update lot set title = given.title, cpv_code = given.cpv_code, family = given.family,
              contract_form = given.contract_form, version = lot.version + 1
       from ${from}
       where lot.consultation_id = $1 and lot.number = given.number
         and (lot.title, lot.cpv_code, lot.family, lot.contract_form)
           is distinct from (given.title, given.cpv_code, given.family, given.contract_form)`,
      [consultationId, ...given],
    );
    await tx.query(
      `insert into lot (id, consultation_id, number, title, cpv_code, family, contract_form)
       select given.id, $1, given.number, given.title, given.cpv_code, given.family, given.contract_form
       from ${from}
       where not exists (select from lot where lot.consultation_id = $1 and lot.number = given.number)`,
      [consultationId, ...given],
    );
  }

  private async replaceItems(
    tx: EntityManager,
    consultationId: string,
    lots: readonly CatalogueLot[],
  ): Promise<void> {
    const items = lots.flatMap((lot) => lot.items.map((item) => ({ ...item, lotNumber: lot.number })));
    await tx.query(`delete from item where consultation_id = $1 and code <> all($2::text[])`, [
      consultationId,
      items.map((item) => item.code),
    ]);
    // A fact that the file does not tell is known by none of its items.
    const told = (fact: 'cpvCode' | 'purchaseFamily' | 'reuseShare'): boolean =>
      items.some((item) => item[fact] !== undefined);
    await tx.query(
      `insert into item (id, consultation_id, lot_id, position, code, designation, unit, unit_code, packaging,
                         unit_price, vat_rate, m57_nature, cpv_code, purchase_family, reuse_share)
       select given.id, $1, lot.id, given.position, given.code, given.designation, given.unit, given.unit_code,
              given.packaging, given.unit_price, given.vat_rate, given.nature,
              case when $16::boolean then given.cpv_code else old.cpv_code end,
              case when $17::boolean then given.purchase_family else old.purchase_family end,
              case when $18::boolean then given.reuse_share else old.reuse_share end
       from unnest($2::uuid[], $3::integer[], $4::integer[], $5::text[], $6::text[], $7::text[], $8::text[],
                   $9::text[], $10::numeric[], $11::numeric[], $12::text[], $13::text[], $14::text[], $15::numeric[])
         as given (id, lot_number, position, code, designation, unit, unit_code, packaging, unit_price, vat_rate,
                   nature, cpv_code, purchase_family, reuse_share)
       join lot on lot.consultation_id = $1 and lot.number = given.lot_number
       left join item old on old.consultation_id = $1 and old.code = given.code
       on conflict (consultation_id, code) do update set
         lot_id = excluded.lot_id, position = excluded.position, designation = excluded.designation,
         unit = excluded.unit, unit_code = excluded.unit_code, packaging = excluded.packaging,
         unit_price = excluded.unit_price, vat_rate = excluded.vat_rate, m57_nature = excluded.m57_nature,
         cpv_code = excluded.cpv_code, purchase_family = excluded.purchase_family,
         reuse_share = excluded.reuse_share, version = item.version + 1
       where (item.lot_id, item.position, item.designation, item.unit, item.unit_code, item.packaging,
              item.unit_price, item.vat_rate, item.m57_nature, item.cpv_code, item.purchase_family, item.reuse_share)
         is distinct from (excluded.lot_id, excluded.position, excluded.designation, excluded.unit,
              excluded.unit_code, excluded.packaging, excluded.unit_price, excluded.vat_rate, excluded.m57_nature,
              excluded.cpv_code, excluded.purchase_family, excluded.reuse_share)`,
      [
        consultationId,
        items.map(() => newId()),
        items.map((item) => item.lotNumber),
        items.map((_, position) => position),
        items.map((item) => item.code),
        items.map((item) => item.designation),
        items.map((item) => item.unit),
        items.map((item) => unitCodeOf(item.unit)),
        items.map((item) => item.packaging),
        items.map((item) => unitPriceToDecimal(item.unitPrice)),
        items.map((item) => vatRateToDecimal(item.vatRate)),
        items.map((item) => item.m57Nature),
        items.map((item) => item.cpvCode ?? null),
        items.map((item) => item.purchaseFamily ?? null),
        items.map((item) => (item.reuseShare == null ? null : vatRateToDecimal(item.reuseShare))),
        told('cpvCode'),
        told('purchaseFamily'),
        told('reuseShare'),
      ],
    );
  }
}
