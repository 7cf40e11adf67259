import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { lockOpenConsultation } from '../consultations/open-consultation.queries.js';
import { newId } from '../platform/database/id.js';
import { isStillReferenced, referencingTable } from '../platform/database/still-referenced.js';
import { entriesBetween, type Told } from '../platform/journal/changes.js';
import { Journal } from '../platform/journal/journal.js';
import type { Trace } from '../platform/journal/trace.js';
import { Refused } from '../platform/refusals/refused.js';
import { namedLots } from './lot-words.rules.js';
import { Lot } from './lot.entity.js';
import { PARTICIPATION_PERSONAL, toldItems, toldLots, toldParticipations } from './lots-told.queries.js';
import { describeLot, type LotDetail, LotsQueries } from './lots.queries.js';
import type { ContractForm, LotFamily } from './lots.rules.js';
import { ReservedLotsQueries } from './reserved-lots.queries.js';

export interface LotFields {
  /** From 1 to 999. */
  readonly number: number;
  readonly title: string;
  /** 8 digits. */
  readonly cpvCode: string;
  readonly family: LotFamily;
  readonly contractForm: ContractForm;
  readonly purchaseFamily: string | null;
  readonly reservedClusterId: string | null;
}

/** A lot as whoever orders the lots read it. */
export interface ReadLot {
  readonly id: string;
  readonly version: number;
}

/** Lots one by one, as people write them. Every command locks the consultation: they follow each other. */
@Injectable()
export class EditLotsService {
  constructor(
    private readonly queries: LotsQueries,
    private readonly reserved: ReservedLotsQueries,
    private readonly journal: Journal,
  ) {}

  /**
   * Adds a lot; the right was asserted by the caller.
   *
   * @param fields without a number, it comes last
   * @throws {Refused} NOT_FOUND, CONSULTATION_LAUNCHED, CONSULTATION_CANCELLED, CPV_UNKNOWN, ALREADY_EXISTS for its number
   */
  async create(
    tx: EntityManager,
    trace: Trace,
    at: Date,
    consultationId: string,
    fields: Omit<LotFields, 'number'> & { readonly number: number | null },
  ): Promise<string> {
    const { groupId } = await lockOpenConsultation(tx, consultationId);
    await this.requireCpv(tx, fields.cpvCode);
    const number = fields.number ?? (await this.queries.lastNumber(tx, consultationId)) + 1;
    const id = newId();
    await this.told(tx, trace, at, 'lots.create', { groupId, consultationId }, async () => {
      await tx.insert(Lot, { id, consultationId, ...fields, number });
    });
    return id;
  }

  /**
   * Changes what is given of a lot.
   *
   * @param version the one that was read
   * @throws {Refused} NOT_FOUND, STALE_VERSION, CONSULTATION_LAUNCHED, CONSULTATION_CANCELLED, CPV_UNKNOWN,
   * ALREADY_EXISTS for its number; LOT_HAS_OUTSIDERS, naming those who take part in it and are not of the cluster to which
   * it would be reserved
   */
  async edit(
    tx: EntityManager,
    trace: Trace,
    at: Date,
    lotId: string,
    version: number,
    changes: Partial<LotFields>,
  ): Promise<LotDetail> {
    const lot = await this.lockLot(tx, lotId, version);
    const given = Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined));
    if (changes.cpvCode !== undefined) await this.requireCpv(tx, changes.cpvCode);
    const { reservedClusterId = lot.reservedClusterId } = changes;
    if (reservedClusterId !== null && reservedClusterId !== lot.reservedClusterId)
      await this.requireInside(tx, lot, reservedClusterId);
    await this.told(tx, trace, at, 'lots.edit', lot, async () => {
      await tx.update(Lot, { id: lotId }, { ...given, version: () => 'version + 1' });
    });
    return (await this.queries.lot(tx, lotId))!;
  }

  /**
   * Removes a lot, its items and the participations in it: those who had joined read so in their journal. The numbers of
   * the others stay.
   *
   * @throws {Refused} NOT_FOUND, STALE_VERSION, CONSULTATION_LAUNCHED, CONSULTATION_CANCELLED; LOT_HAS_NEEDS, LOT_IN_USE
   * when something recorded downstream holds it
   */
  async remove(tx: EntityManager, trace: Trace, at: Date, lotId: string, version: number): Promise<void> {
    const lot = await this.lockLot(tx, lotId, version);
    await this.told(tx, trace, at, 'lots.delete', lot, () =>
      tx
        .transaction(async (inner) => {
          await inner.query(`delete from item where lot_id = $1`, [lotId]);
          await inner.query(`delete from lot_participation where lot_id = $1`, [lotId]);
          await inner.delete(Lot, { id: lotId });
        })
        .catch((error: unknown) => {
          if (!isStillReferenced(error)) throw error;
          throw ['need_line', 'need_entry'].includes(referencingTable(error) ?? '')
            ? new Refused('LOT_HAS_NEEDS', namedLots([lot.number]))
            : new Refused('LOT_IN_USE', `lot\u00a0${lot.number}`);
        }),
    );
  }

  /**
   * Numbers the lots from 1, in the order given.
   *
   * @param order all of them, each in the version that was read
   * @throws {Refused} STALE_VERSION, with the lots as they are, when one was added, removed or changed since; NOT_FOUND,
   * CONSULTATION_LAUNCHED, CONSULTATION_CANCELLED
   */
  async order(
    tx: EntityManager,
    trace: Trace,
    at: Date,
    consultationId: string,
    order: readonly ReadLot[],
  ): Promise<LotDetail[]> {
    const { groupId } = await lockOpenConsultation(tx, consultationId);
    const lots = await this.queries.details(tx, consultationId);
    const read = new Map(order.map(({ id, version }) => [id, version]));
    const current =
      read.size === lots.length &&
      order.length === lots.length &&
      lots.every(({ id, version }) => read.get(id) === version);
    if (!current) throw new Refused('STALE_VERSION').withCurrent({ items: lots.map(describeLot) });
    await this.told(tx, trace, at, 'lots.order', { groupId, consultationId }, () =>
      tx.query(
        `update lot set number = given.number, version = lot.version + 1
         from unnest($2::uuid[]) with ordinality as given (id, number)
         where lot.consultation_id = $1 and lot.id = given.id and lot.number <> given.number`,
        [consultationId, order.map(({ id }) => id)],
      ),
    );
    return this.queries.details(tx, consultationId);
  }

  /** The lot in that version, its consultation being locked first. */
  private async lockLot(tx: EntityManager, lotId: string, version: number): Promise<LotDetail> {
    const found = await this.queries.lot(tx, lotId);
    if (!found) throw new Refused('NOT_FOUND');
    await lockOpenConsultation(tx, found.consultationId);
    await tx.query(`select from lot where id = $1 for update`, [lotId]);
    const lot = await this.queries.lot(tx, lotId);
    if (!lot) throw new Refused('NOT_FOUND');
    if (lot.version !== version) throw new Refused('STALE_VERSION').withCurrent(describeLot(lot));
    return lot;
  }

  /** A lot is reserved to a cluster when all who take part in it are of the cluster. */
  private async requireInside(
    tx: EntityManager,
    { id, number }: LotDetail,
    clusterId: string,
  ): Promise<void> {
    const { clusterName, outsiders } = await this.reserved.outsiders(tx, id, clusterId);
    // A cluster that does not exist is told by the foreign key.
    if (clusterName === null || outsiders.length === 0) return;
    throw new Refused('LOT_HAS_OUTSIDERS', `lot\u00a0${number}`, clusterName, outsiders.join(', '));
  }

  private async requireCpv(tx: EntityManager, code: string): Promise<void> {
    if ((await this.queries.unknownCpvCodes(tx, [code])).size > 0) throw new Refused('CPV_UNKNOWN', code);
  }

  /** Writes in the journal what the work changes of lots, items and participations. */
  private async told(
    tx: EntityManager,
    trace: Trace,
    at: Date,
    key: string,
    { groupId, consultationId }: { readonly groupId: string; readonly consultationId: string },
    work: () => Promise<unknown>,
  ): Promise<void> {
    // Numbers name lots in what is told of items and members: a new order is told of lots alone.
    const subjects = key === 'lots.delete' ? (['lot', 'item', 'participation'] as const) : (['lot'] as const);
    const read = async (): Promise<Told[][]> => {
      const readings: Told[][] = [];
      for (const subject of subjects) readings.push(await TOLD[subject](tx, consultationId));
      return readings;
    };
    const before = await read();
    await work();
    const after = await read();
    const entries = subjects.flatMap((subject, i) =>
      entriesBetween({ groupId, subject, key, personal: PARTICIPATION_PERSONAL }, before[i]!, after[i]!),
    );
    await this.journal.write(tx, trace, at, entries);
  }
}

const TOLD = { lot: toldLots, item: toldItems, participation: toldParticipations } as const;
