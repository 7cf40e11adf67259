import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Caller } from '../platform/access/caller.js';
import { escapedKey } from '../platform/http/body-shape.js';
import { changedKeys, type JournalEntry } from '../platform/journal/changes.js';
import { Journal } from '../platform/journal/journal.js';
import { Refused } from '../platform/refusals/refused.js';
import { SupplierNamesService } from '../sourcing/supplier-names.service.js';
import { type AskedProtection, decideProtection, textsOf } from './decision.rules.js';
import { LotProtection } from './lot-protection.entity.js';
import { lockOpenConsultation } from '../consultations/open-consultation.queries.js';
import { ProtectionReadingService, type ProtectionState } from './protection-reading.service.js';
import { entryOf, toldProtection } from './protection-told.js';
import { type LotPlace, ProtectionQueries } from './protection.queries.js';

/** The flag « Mesures d’accès des TPE-PME » of a lot, set and taken away before the launch. */
@Injectable()
export class ProtectionService {
  constructor(
    private readonly journal: Journal,
    private readonly queries: ProtectionQueries,
    private readonly reading: ProtectionReadingService,
    private readonly suppliers: SupplierNamesService,
  ) {}

  /**
   * Sets the flag of a lot, or changes its justification and levers. What is asked again as it is changes nothing.
   *
   * @param version the one that was read; null when none was given, which a lot without flag (version 0) allows
   * @throws {Refused} NOT_FOUND, FORBIDDEN; CONSULTATION_LAUNCHED, CONSULTATION_CANCELLED; VERSION_REQUIRED, STALE_VERSION with the current state;
   * PROTECTION_UNSOUND with everything to correct
   */
  async decide(
    tx: EntityManager,
    caller: Caller,
    at: Date,
    lotId: string,
    version: number | null,
    asked: AskedProtection,
  ): Promise<ProtectionState> {
    const place = await this.reading.place(tx, lotId);
    const trace = caller.require('lot.protection.decide', place.scope);
    const flag = await this.lock(tx, place);
    const facts = await this.reading.factsOf(tx, place, at);
    if (flag && version === null) throw new Refused('VERSION_REQUIRED');
    if (version !== null && version !== (flag?.version ?? 0))
      throw new Refused('STALE_VERSION').withCurrent(await this.reading.read(tx, place, at));

    const known = await this.suppliers.namedIn(tx, textsOf(asked));
    const { justification, levers, faults } = decideProtection(facts, asked, known);
    if (faults.length > 0)
      throw new Refused('PROTECTION_UNSOUND', faults.length).withFaults(
        faults.map(({ path, code, detail }) => ({
          in: 'body',
          pointer: ['#', ...path.map(escapedKey)].join('/'),
          code,
          detail,
        })),
      );

    const was = flag && toldProtection(place, flag.justification, await this.queries.levers(tx, [lotId]));
    const decided = { justification, decidedBy: caller.personId, decidedAt: at };
    if (!flag) await tx.insert(LotProtection, { lotId, ...decided, version: 1 });
    await this.queries.replaceLevers(tx, lotId, caller.personId, at, levers);
    const entry = entryOf(place, 'protection.decide', was, toldProtection(place, justification, levers));
    if (flag && differs(entry))
      await tx.update(LotProtection, { lotId }, { ...decided, version: flag.version + 1 });
    await this.journal.write(tx, trace, at, [entry]);
    return this.reading.read(tx, place, at);
  }

  /**
   * Takes the flag of a lot away, with its levers: the journal keeps what they were.
   *
   * @throws {Refused} NOT_FOUND (a lot without flag included), FORBIDDEN; CONSULTATION_LAUNCHED, CONSULTATION_CANCELLED; STALE_VERSION
   */
  async withdraw(tx: EntityManager, caller: Caller, at: Date, lotId: string, version: number): Promise<void> {
    const place = await this.reading.place(tx, lotId);
    const trace = caller.require('lot.protection.decide', place.scope);
    const flag = await this.lock(tx, place);
    if (!flag) throw new Refused('NOT_FOUND');
    if (flag.version !== version)
      throw new Refused('STALE_VERSION').withCurrent(await this.reading.read(tx, place, at));
    const was = toldProtection(place, flag.justification, await this.queries.levers(tx, [lotId]));
    await tx.delete(LotProtection, { lotId });
    await this.journal.write(tx, trace, at, [entryOf(place, 'protection.withdraw', was, null)]);
  }

  /** Consultation, then lot, as everywhere: two people on one lot follow each other. */
  private async lock(tx: EntityManager, { id, consultationId }: LotPlace): Promise<LotProtection | null> {
    await lockOpenConsultation(tx, consultationId);
    const [lot] = await tx.query<unknown[]>(`select from lot where id = $1 for update`, [id]);
    if (!lot) throw new Refused('NOT_FOUND');
    return tx.findOne(LotProtection, { where: { lotId: id } });
  }
}

const differs = ({ before, after, personal }: JournalEntry): boolean =>
  changedKeys(before, after, personal) !== null;
