import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { newId } from '../platform/database/id.js';
import { Journal } from '../platform/journal/journal.js';
import type { Trace } from '../platform/journal/trace.js';
import { type Fault, Refused } from '../platform/refusals/refused.js';
import { Buyer } from './buyer.entity.js';
import {
  type CheckedIdentity,
  checkEstablishments,
  checkIdentity,
  checkPopulations,
  type Establishment,
  type Population,
  type TypedIdentity,
} from './buyer.rules.js';
import { ESTABLISHMENT_SENTENCES, identitySentence, POPULATION_SENTENCES } from './buyers.messages.js';
import { type BuyerRow, BuyersQueries } from './buyers.queries.js';
import { lockSirets } from './buyers.service.js';
import { telling } from './buyers-told.queries.js';
import { DeliverySitesService, type GivenSite } from './delivery-sites.service.js';
import { nationalReference } from './national-reference.js';

export interface NewBuyer extends TypedIdentity {
  readonly name: string;
}

/** What someone changes of a buyer; what is absent stays. */
export type BuyerChanges = Partial<Omit<NewBuyer, 'siren'>>;

/** Buyers as people type them in. Rights are asserted by whoever calls. */
@Injectable()
export class BuyerEditingService {
  constructor(
    private readonly journal: Journal,
    private readonly queries: BuyersQueries,
    private readonly sites: DeliverySitesService,
  ) {}

  /** @throws {Refused} VALIDATION with every fault, SIRET_TAKEN, BUYER_KNOWN_BY_SIREN, INSEE_CODE_TAKEN */
  async create(tx: EntityManager, trace: Trace, at: Date, given: NewBuyer): Promise<BuyerRow> {
    const identity = checked(given);
    await lockSirets(tx);
    const { siret, siren, inseeCode, kind, appliesCode } = identity;
    await this.requireFree(tx, siret, null);
    const known = await tx.findOneBy(Buyer, { siren });
    if (known) throw new Refused('BUYER_KNOWN_BY_SIREN', known.name);
    await this.requireFreeCode(tx, identity, null);
    const id = newId();
    await telling(this.journal, tx, trace, at, { subject: 'buyer', key: 'buyers.register', ids: [id] }, () =>
      tx.query(
        `insert into buyer (id, siret, siren_alone, insee_code, name, kind, applies_code)
         values ($1, $2, $3, $4, $5, $6, $7)`,
        [id, siret, siret === null ? siren : null, inseeCode, given.name, kind, appliesCode],
      ),
    );
    return (await this.queries.buyer(tx, id))!;
  }

  /**
   * @param version the one that was read
   * @throws {Refused} NOT_FOUND, STALE_VERSION with the current state, VALIDATION with every fault, SIRET_TAKEN,
   * SIRET_STAYS, SIREN_DIFFERS, INSEE_CODE_TAKEN
   */
  async edit(
    tx: EntityManager,
    trace: Trace,
    at: Date,
    buyerId: string,
    version: number,
    changes: BuyerChanges,
  ): Promise<BuyerRow> {
    await lockSirets(tx);
    const before = await this.lock(tx, buyerId, version);
    const { name = before.name, ...identity } = told(changes);
    // A name is corrected without reopening what was recorded of the numbers, before they were checked as they are now.
    const { siret, inseeCode, kind, appliesCode } =
      Object.keys(identity).length === 0 ? before : await this.changedIdentity(tx, before, identity);
    return this.change(tx, trace, at, buyerId, 'buyers.edit', () =>
      tx.query(
        `update buyer set name = $2, siret = $3, siren_alone = case when $3::text is null then siren_alone end,
                insee_code = $4, kind = $5, applies_code = $6 where id = $1`,
        [buyerId, name, siret, inseeCode, kind, appliesCode],
      ),
    );
  }

  /** Replaces the SIRET of its budgets. @throws {Refused} as `edit` */
  async putEstablishments(
    tx: EntityManager,
    trace: Trace,
    at: Date,
    buyerId: string,
    version: number,
    given: readonly Establishment[],
  ): Promise<BuyerRow> {
    await lockSirets(tx);
    const { siren } = await this.lock(tx, buyerId, version);
    const { establishments, faults } = checkEstablishments(siren, given);
    refuse(
      faults.map(({ line, code }) =>
        fault(`establishments/${line}/siret`, code, ESTABLISHMENT_SENTENCES[code]),
      ),
    );
    const sirets = establishments.map((one) => one.siret);
    const held = await this.queries.holderOfSiret(tx, sirets, buyerId);
    if (held) throw new Refused('SIRET_TAKEN', held.siret, held.name);
    return this.change(tx, trace, at, buyerId, 'buyers.establishments', async () => {
      await tx.query(`delete from buyer_establishment where buyer_id = $1`, [buyerId]);
      await tx.query(
        `insert into buyer_establishment (buyer_id, siret, label, chorus_service_code, engagement_required)
         select $1, * from unnest($2::text[], $3::text[], $4::text[], $5::boolean[])`,
        [
          buyerId,
          sirets,
          establishments.map((one) => one.label),
          establishments.map((one) => one.chorusServiceCode),
          establishments.map((one) => one.engagementRequired),
        ],
      );
    });
  }

  /** Replaces its figures of population. @throws {Refused} NOT_FOUND, STALE_VERSION, VALIDATION */
  async putPopulations(
    tx: EntityManager,
    trace: Trace,
    at: Date,
    buyerId: string,
    version: number,
    given: readonly Population[],
  ): Promise<BuyerRow> {
    await this.lock(tx, buyerId, version);
    refuse(
      checkPopulations(given).map(({ line, code }) =>
        fault(`populations/${line}`, code, POPULATION_SENTENCES[code]),
      ),
    );
    return this.change(tx, trace, at, buyerId, 'buyers.populations', async () => {
      await tx.query(`delete from buyer_population where buyer_id = $1`, [buyerId]);
      await tx.query(
        `insert into buyer_population (buyer_id, kind, value, vintage, in_force_on, source)
         select $1, * from unnest($2::text[], $3::int[], $4::int[], $5::date[], $6::text[])`,
        [
          buyerId,
          given.map((one) => one.kind),
          given.map((one) => one.value),
          given.map((one) => one.vintage),
          given.map((one) => one.inForceOn),
          given.map((one) => one.source),
        ],
      );
    });
  }

  /** Replaces where it is delivered. @throws {Refused} NOT_FOUND, STALE_VERSION, DELIVERY_SITE_UNKNOWN, DELIVERY_SITE_IN_USE */
  async putDeliverySites(
    tx: EntityManager,
    trace: Trace,
    at: Date,
    buyerId: string,
    version: number,
    given: readonly GivenSite[],
  ): Promise<BuyerRow> {
    await this.lock(tx, buyerId, version);
    return this.change(tx, trace, at, buyerId, 'buyers.delivery-sites', () =>
      this.sites.replace(tx, at, { buyerId }, given),
    );
  }

  /** The buyer, its row locked. @throws {Refused} NOT_FOUND, STALE_VERSION */
  private async lock(tx: EntityManager, buyerId: string, version: number): Promise<BuyerRow> {
    const [row] = await tx.query<unknown[]>(`select id from buyer where id = $1 for update`, [buyerId]);
    if (!row) throw new Refused('NOT_FOUND');
    const buyer = (await this.queries.buyer(tx, buyerId))!;
    if (buyer.version !== version) throw new Refused('STALE_VERSION').withCurrent(buyer);
    return buyer;
  }

  private async change(
    tx: EntityManager,
    trace: Trace,
    at: Date,
    buyerId: string,
    key: string,
    work: () => Promise<unknown>,
  ): Promise<BuyerRow> {
    await telling(this.journal, tx, trace, at, { subject: 'buyer', key, ids: [buyerId] }, work);
    await tx.query(`update buyer set version = version + 1 where id = $1`, [buyerId]);
    return (await this.queries.buyer(tx, buyerId))!;
  }

  private async changedIdentity(
    tx: EntityManager,
    before: BuyerRow,
    changes: Omit<BuyerChanges, 'name'>,
  ): Promise<CheckedIdentity> {
    const { siren, siret, inseeCode, kind, appliesCode } = before;
    if (changes.siret === null && siret !== null) throw new Refused('SIRET_STAYS');
    const typed = { siret, inseeCode, kind, appliesCode, ...changes };
    const identity = checked({ ...typed, siren: typed.siret === null ? siren : null });
    if (identity.siren !== siren) throw new Refused('SIREN_DIFFERS', siren);
    await this.requireFree(tx, identity.siret, before.id);
    await this.requireFreeCode(tx, identity, before.id);
    return identity;
  }

  /** A commune is one buyer: no other has its INSEE code. */
  private async requireFreeCode(
    tx: EntityManager,
    { kind, inseeCode }: CheckedIdentity,
    exceptId: string | null,
  ): Promise<void> {
    if (kind !== 'commune' || inseeCode === null) return;
    const held = await this.queries.holderOfInseeCode(tx, inseeCode, exceptId);
    if (held) throw new Refused('INSEE_CODE_TAKEN', inseeCode, held.name);
  }

  private async requireFree(tx: EntityManager, siret: string | null, exceptId: string | null): Promise<void> {
    const held = siret === null ? null : await this.queries.holderOfSiret(tx, [siret], exceptId);
    if (held) throw new Refused('SIRET_TAKEN', held.siret, held.name);
  }
}

/** Without what is absent: a request's class may hold it as undefined. */
const told = (changes: BuyerChanges): BuyerChanges =>
  Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined));

/** @throws {Refused} VALIDATION with every fault */
function checked(given: TypedIdentity): CheckedIdentity {
  const result = checkIdentity(given, nationalReference);
  if ('identity' in result) return result.identity;
  refuse(
    result.faults.map(({ field, code, instead }) => fault(field, code, identitySentence(code, instead))),
  );
  throw new Error('an identity is refused without a fault');
}

const fault = (path: string, code: string, detail: string): Fault => ({
  in: 'body',
  pointer: `#/${path}`,
  code,
  detail,
});

function refuse(faults: readonly Fault[]): void {
  if (faults.length > 0) throw new Refused('VALIDATION', faults.length).withFaults(faults);
}
