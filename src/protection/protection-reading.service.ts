import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { PlainDate } from '../calendar/plain-date.js';
import { ConsultationScopeService } from '../consultations/consultation-scope.service.js';
import { type Check, gravest, type Verdict } from '../law/check.js';
import type { Scope } from '../platform/access/caller.js';
import { Refused } from '../platform/refusals/refused.js';
import type { ConsultationValue } from '../terms/clauses.rules.js';
import { LeverFactsReader } from './lever-facts.js';
import type { Lever, LeverFacts, LeverRecord } from './lever.rules.js';
import { judgeAlone, judgeChosen, LEVERS } from './levers.rules.js';
import { LotProtection } from './lot-protection.entity.js';
import { type LotPlace, ProtectionQueries } from './protection.queries.js';

/** The measures of a lot, as any reader of the file reads them. */
export interface ProtectionState {
  readonly lotId: string;
  readonly lotNumber: number;
  /** The day that the law was asked for. */
  readonly day: PlainDate;
  readonly decided: boolean;
  readonly justification: string | null;
  readonly decidedAt: Date | null;
  /** 0 as long as nothing is decided. */
  readonly version: number;
  readonly levers: readonly {
    readonly lever: string;
    readonly label: string;
    readonly articles: readonly string[];
    readonly record: LeverRecord;
    readonly verdict: Verdict;
    readonly checks: readonly Check[];
  }[];
  /** What the law asks of the lot by itself. */
  readonly duties: readonly Check[];
  readonly verdict: Verdict;
}

/** What the publication check needs to know of a lot: verdicts, never why. */
export interface LotVerdict {
  readonly lotId: string;
  readonly lotNumber: number;
  readonly checks: readonly Check[];
}

@Injectable()
export class ProtectionReadingService {
  constructor(
    private readonly scopes: ConsultationScopeService,
    private readonly queries: ProtectionQueries,
    private readonly facts: LeverFactsReader,
  ) {}

  /** @throws {Refused} NOT_FOUND when there is no such lot */
  async place(tx: EntityManager, lotId: string): Promise<LotPlace & { readonly scope: Scope }> {
    const place = await this.queries.place(tx, lotId);
    if (!place) throw new Refused('NOT_FOUND');
    return { ...place, scope: await this.scopes.ofGroup(tx, place.groupId) };
  }

  /** @throws {Refused} NOT_FOUND when the lot is gone */
  async factsOf(
    tx: EntityManager,
    { id, consultationId }: Pick<LotPlace, 'id' | 'consultationId'>,
    at: Date,
  ): Promise<LeverFacts> {
    const facts = (await this.facts.ofConsultation(tx, consultationId, at)).get(id);
    if (!facts) throw new Refused('NOT_FOUND');
    return facts;
  }

  /** The flag of a lot, its levers with their records and checks, and its duties, flag or not. */
  async read(tx: EntityManager, place: LotPlace, at: Date): Promise<ProtectionState> {
    const facts = await this.factsOf(tx, place, at);
    const flag = await tx.findOne(LotProtection, { where: { lotId: place.id } });
    const judged = judgeChosen(facts, await this.queries.levers(tx, [place.id]));
    const duties = judgeAlone(facts);
    return {
      lotId: place.id,
      lotNumber: place.number,
      day: facts.law.on,
      decided: flag !== null,
      justification: flag?.justification ?? null,
      decidedAt: flag?.decidedAt ?? null,
      version: flag?.version ?? 0,
      levers: judged.map(({ lever, record, verdict, checks }) => ({
        lever: lever.code,
        label: lever.label,
        articles: lever.articles,
        record,
        verdict,
        checks,
      })),
      duties,
      verdict: gravest([...judged.flatMap(({ checks }) => checks), ...duties]),
    };
  }

  /**
   * The checks of every lot of a consultation, by number, for the check before publication.
   *
   * @param estimate the estimated value, from the room that reckons it
   */
  async verdicts(
    tx: EntityManager,
    consultationId: string,
    at: Date,
    estimate: ConsultationValue | null,
  ): Promise<LotVerdict[]> {
    const facts = [...(await this.facts.ofConsultation(tx, consultationId, at)).values()].map((one) => ({
      ...one,
      estimate,
    }));
    const levers = await this.queries.levers(
      tx,
      facts.map(({ lot }) => lot.id),
    );
    return facts.map((one) => ({
      lotId: one.lot.id,
      lotNumber: one.lot.number,
      checks: [
        ...judgeChosen(
          one,
          levers.filter(({ lotId }) => lotId === one.lot.id),
        ).flatMap(({ checks }) => checks),
        ...judgeAlone(one),
      ],
    }));
  }

  /** Codes of the levers chosen on each lot of a consultation: what was chosen, never why. */
  async chosen(
    tx: EntityManager,
    consultationId: string,
  ): Promise<{ readonly lotId: string; readonly levers: readonly string[] }[]> {
    return (await this.queries.lots(tx, consultationId)).map(({ id, chosen }) => ({
      lotId: id,
      levers: chosen,
    }));
  }

  /** The catalogue; on a lot, which are usable there, and why not. */
  catalogue(facts: LeverFacts | null): { readonly lever: Lever; readonly whyNot: string | null }[] {
    return LEVERS.map((lever) => ({ lever, whyNot: facts && lever.whyNot(facts) }));
  }
}
