import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { DeliverySiteUsesService } from '../buyers/delivery-site-uses.service.js';
import { lockOpenConsultation } from '../consultations/open-consultation.queries.js';
import { entriesBetween } from '../platform/journal/changes.js';
import { Journal } from '../platform/journal/journal.js';
import type { Trace } from '../platform/journal/trace.js';
import { type Fault, Refused } from '../platform/refusals/refused.js';
import { type LotDeliverySiteRow, LotDeliverySitesQueries } from './lot-delivery-sites.queries.js';
import { toldLots } from './lots-told.queries.js';
import { LotsQueries } from './lots.queries.js';

/** Where what a lot buys is brought. The version is the lot's. */
export interface LotDeliverySites {
  readonly lotId: string;
  readonly deliverySites: readonly LotDeliverySiteRow[];
  readonly version: number;
}

/** Where what a lot buys is brought: sites of the members that joined it, and those that clusters share. */
@Injectable()
export class LotDeliverySitesService implements OnModuleInit {
  constructor(
    private readonly lots: LotsQueries,
    private readonly queries: LotDeliverySitesQueries,
    private readonly uses: DeliverySiteUsesService,
    private readonly journal: Journal,
  ) {}

  /** The room of buyers learns here which sites are in use, for it may not ask. */
  onModuleInit(): void {
    this.uses.register((tx, siteIds) => this.queries.uses(tx, siteIds));
  }

  /** @throws {Refused} NOT_FOUND when there is no such lot */
  async read(tx: EntityManager, lotId: string): Promise<LotDeliverySites> {
    const lot = await this.lots.lot(tx, lotId);
    if (!lot) throw new Refused('NOT_FOUND');
    return { lotId: lot.id, deliverySites: await this.queries.sites(tx, lotId), version: lot.version };
  }

  /**
   * Replaces the delivery sites of a lot; the right was asserted by the caller. One that is there already may stay, even
   * if its owner left the lot since: a copied consultation has them before anyone joined it.
   *
   * @param version the lot's that was read
   * @throws {Refused} NOT_FOUND, STALE_VERSION, CONSULTATION_LAUNCHED, CONSULTATION_CANCELLED; VALIDATION with each site
   * that does not exist or is not of a member of the lot nor of a cluster of the group
   */
  async replace(
    tx: EntityManager,
    trace: Trace,
    at: Date,
    lotId: string,
    version: number,
    given: readonly string[],
  ): Promise<LotDeliverySites> {
    const found = await this.lots.lot(tx, lotId);
    if (!found) throw new Refused('NOT_FOUND');
    const { consultationId, groupId } = found;
    await lockOpenConsultation(tx, consultationId);
    await tx.query(`select from lot where id = $1 for update`, [lotId]);
    const current = await this.read(tx, lotId);
    if (current.version !== version) throw new Refused('STALE_VERSION').withCurrent(current);
    const siteIds = given.map((id) => id.toLowerCase());
    await this.requireAdmitted(tx, current, groupId, siteIds);
    const before = await toldLots(tx, consultationId);
    await tx.query(
      `delete from lot_delivery_site where lot_id = $1 and delivery_site_id <> all($2::uuid[])`,
      [lotId, siteIds],
    );
    await tx.query(
      `insert into lot_delivery_site (lot_id, consultation_id, delivery_site_id)
       select $1, $2, unnest($3::uuid[]) on conflict do nothing`,
      [lotId, consultationId, siteIds],
    );
    await tx.query(`update lot set version = version + 1 where id = $1`, [lotId]);
    const of = { groupId, subject: 'lot', key: 'lots.delivery-sites' };
    await this.journal.write(tx, trace, at, entriesBetween(of, before, await toldLots(tx, consultationId)));
    return this.read(tx, lotId);
  }

  private async requireAdmitted(
    tx: EntityManager,
    { lotId, deliverySites }: LotDeliverySites,
    groupId: string,
    siteIds: readonly string[],
  ): Promise<void> {
    const known = await this.queries.lockAsked(tx, { lotId, groupId }, siteIds);
    const faults = siteIds.flatMap((id, i): Fault[] => {
      const site = known.find((one) => one.id === id);
      if (!site) return [fault(i, 'DELIVERY_SITE_UNKNOWN', UNKNOWN)];
      const stays = deliverySites.some((one) => one.id === id);
      return site.admitted || stays ? [] : [fault(i, 'DELIVERY_SITE_FOREIGN', FOREIGN)];
    });
    if (faults.length > 0) throw new Refused('VALIDATION', faults.length).withFaults(faults);
  }
}

const UNKNOWN =
  'Ce lieu de livraison n’existe pas, ou n’existe plus\u00a0: l’enregistrer d’abord sur la fiche de l’acheteur ou du pôle.';
const FOREIGN =
  'Ce lieu de livraison n’est ni celui d’un membre qui a rejoint le lot, ni celui d’un pôle dont un membre est invité dans le groupement.';

const fault = (place: number, code: string, detail: string): Fault => ({
  in: 'body',
  pointer: `#/deliverySiteIds/${place}`,
  code,
  detail,
});
