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
import { FrozenNeedsService } from './frozen-needs.service.js';
import { KeptGroupQueries } from './kept-group.queries.js';
import { PublicationQueries } from './publication.queries.js';

/** Whether what was published is still what is kept. */
export interface Verification {
  readonly sha256: string;
  /** The kept text still gives its hash. */
  readonly hashHolds: boolean;
  /** What the consultation buys, read again, is still what that text says. */
  readonly contentHolds: boolean;
  /** SHA-256 of the needs that it froze, lines and totals; null: it was published before they had one. */
  readonly needsSha256: string | null;
  /** The needs, added up again, give that hash; without one, they are judged with the content. */
  readonly needsHold: boolean;
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
    private readonly needs: FrozenNeedsService,
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
    const needs = await this.needs.read(tx, consultationId);
    const needsSha256 = hashOf(canonicalJson(needs));
    const snapshot = canonicalJson({
      ...(await this.queries.group(tx, consultationId)),
      content: await this.content(tx, consultationId, false),
      needs,
      needsSha256,
      publishedAt: at.toISOString(),
      law: toldLaw(law),
    });
    const sha256 = hashOf(snapshot);
    const by = trace.actorKind === 'person' ? trace.actorId : null;
    await this.queries.keep(tx, { consultationId, at, by, lawOn: law.on, snapshot, sha256 });
    const of = { groupId, buyerId: null, subject: 'publication', subjectId: consultationId };
    await this.journal.write(tx, trace, at, [
      { ...of, key: 'gate.publish', before: null, after: { sha256, needsSha256, lawOn: law.on, leftOut } },
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
    const told = JSON.parse(kept.snapshot) as Partial<
      ToldGroup & { readonly content: Json; readonly needs: Json; readonly needsSha256: string }
    >;
    const group = await this.groups.read(tx, consultationId, told.agreement?.number ?? null);
    return {
      sha256: kept.sha256,
      hashHolds: hashOf(kept.snapshot) === kept.sha256,
      contentHolds:
        canonicalJson(told.content ?? null) ===
        canonicalJson(await this.content(tx, consultationId, told.needs === undefined)),
      needsSha256: told.needsSha256 ?? null,
      needsHold: await this.needsHold(tx, consultationId, told),
      groupHolds: groupHolds(told, group),
    };
  }

  /** What the text says of them gives its hash, and so does what is kept. */
  private async needsHold(
    tx: EntityManager,
    consultationId: string,
    { needs, needsSha256 }: { readonly needs?: Json; readonly needsSha256?: string },
  ): Promise<boolean> {
    if (needs === undefined) return needsSha256 === undefined;
    const now = await this.needs.read(tx, consultationId);
    return [needs, now].every((one) => hashOf(canonicalJson(one)) === needsSha256);
  }

  private async content(
    tx: EntityManager,
    consultationId: string,
    withNeeds: boolean,
  ): Promise<{ readonly [key: string]: Json }> {
    return {
      ...(await this.queries.content(tx, consultationId, withNeeds)),
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
