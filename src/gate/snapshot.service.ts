import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { parisDate } from '../calendar/plain-date.js';
import type { LawOn } from '../law/law-on.js';
import { valueText } from '../lawbook/figure-value.rules.js';
import { LawbookService } from '../lawbook/lawbook.service.js';
import { Journal } from '../platform/journal/journal.js';
import type { Trace } from '../platform/journal/trace.js';
import { Refused } from '../platform/refusals/refused.js';
import { ProtectionReadingService } from '../protection/protection-reading.service.js';
import { canonicalJson, type Json } from './canonical.rules.js';
import { groupHolds, type ToldGroup } from './kept-group.rules.js';
import { KeptGroupQueries } from './kept-group.queries.js';
import { PublicationQueries } from './publication.queries.js';

/** Whether what was published is still what is kept. */
export interface Verification {
  readonly sha256: string;
  /** The kept text still gives its hash. */
  readonly hashHolds: boolean;
  /** What the consultation buys, read again, is still what that text says. */
  readonly contentHolds: boolean;
  /** Its members, what they decided and signed, and who conducts them are still those that it says. */
  readonly groupHolds: boolean;
}

/** What a publication freezes: the text, its hash, and whether both still say what is kept. */
@Injectable()
export class SnapshotService {
  constructor(
    private readonly lawbook: LawbookService,
    private readonly queries: PublicationQueries,
    private readonly groups: KeptGroupQueries,
    private readonly protection: ProtectionReadingService,
    private readonly journal: Journal,
  ) {}

  /** Keeps what is launched as it stands, once its launch is recorded. @param leftOut how many it is launched without */
  async keep(
    tx: EntityManager,
    trace: Trace,
    at: Date,
    { consultationId, groupId, leftOut }: { consultationId: string; groupId: string; leftOut: number },
  ): Promise<void> {
    const law = await this.lawbook.on(tx, parisDate(at));
    const snapshot = canonicalJson({
      ...(await this.queries.group(tx, consultationId)),
      content: await this.content(tx, consultationId),
      publishedAt: at.toISOString(),
      law: toldLaw(law),
    });
    const sha256 = hashOf(snapshot);
    const by = trace.actorKind === 'person' ? trace.actorId : null;
    await this.queries.keep(tx, { consultationId, at, by, lawOn: law.on, snapshot, sha256 });
    const of = { groupId, buyerId: null, subject: 'publication', subjectId: consultationId };
    await this.journal.write(tx, trace, at, [
      { ...of, key: 'gate.publish', before: null, after: { sha256, lawOn: law.on, leftOut } },
    ]);
  }

  /**
   * Recomputes the hash of what was published, and reads the consultation and its group again.
   *
   * @throws {Refused} NOT_FOUND when it was not published
   */
  async verify(tx: EntityManager, consultationId: string): Promise<Verification> {
    const kept = await this.queries.kept(tx, consultationId);
    if (!kept) throw new Refused('NOT_FOUND');
    const told = JSON.parse(kept.snapshot) as Partial<ToldGroup & { readonly content: Json }>;
    const group = await this.groups.read(tx, consultationId, told.agreement?.number ?? null);
    return {
      sha256: kept.sha256,
      hashHolds: hashOf(kept.snapshot) === kept.sha256,
      contentHolds:
        canonicalJson(told.content ?? null) === canonicalJson(await this.content(tx, consultationId)),
      groupHolds: groupHolds(told, group),
    };
  }

  private async content(
    tx: EntityManager,
    consultationId: string,
  ): Promise<{ readonly [key: string]: Json }> {
    return {
      ...(await this.queries.content(tx, consultationId)),
      levers: (await this.protection.chosen(tx, consultationId)).map(({ lotId, levers }) => ({
        ...{ lotId, levers },
      })),
    };
  }
}

const hashOf = (text: string): string => createHash('sha256').update(text, 'utf8').digest('hex');

/** Values as texts in their unit, as `GET /law` tells them. */
const toldLaw = ({ on, figures }: LawOn): Json => ({
  on,
  figures: [...figures.values()].map(({ code, value, unit, article, validFrom, validTo }) => ({
    ...{ code, value: valueText(unit, value), unit, article, validFrom, validTo },
  })),
});
