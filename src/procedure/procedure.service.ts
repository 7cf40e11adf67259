import type { LawMoment, LawOn } from '../law/law-on.js';
import { Injectable } from '@nestjs/common';
import { LawbookService } from '../lawbook/lawbook.service.js';
import type { EntityManager } from 'typeorm';
import { parisDate, type PlainDate } from '../calendar/plain-date.js';
import { lawMoment } from '../consultations/consultation.rules.js';
import { type ConsultationDetail, ConsultationsQueries } from '../consultations/consultations.queries.js';
import { LotsQueries } from '../lots/lots.queries.js';
import { type Cents, centsFromDecimal } from '../money/amounts.js';
import { type MemberAmountRow, NeedsQueries } from '../needs/needs.queries.js';
import { Refused } from '../platform/refusals/refused.js';
import { refuseProblems } from '../platform/refusals/editing.js';
import { TermsQueries } from '../terms/terms.queries.js';
import { choiceOf, ProcedureQueries } from './procedure.queries.js';
import {
  type MemberNeed,
  type ProcedureFacts,
  type ProcedureReading,
  readProcedure,
} from './procedure.rules.js';
import { type Hypothesis, hypothesisProblems, suppose } from './what-if.rules.js';

export const LAW_DAYS = ['launch', 'planned', 'today', 'supposed'] as const;
export type LawDayIs = (typeof LAW_DAYS)[number];

/** What was judged, on which day, and what the law of that day says of it. */
export interface ProcedureState {
  readonly on: PlainDate;
  readonly dayIs: LawDayIs;
  readonly facts: ProcedureFacts;
  readonly law: LawOn;
  readonly reading: ProcedureReading;
}

/** € HT a year of one member in one lot; it may come in several parts. */
export type LotNeed = Pick<MemberAmountRow, 'buyerId' | 'lotId' | 'net'>;

/** The value and procedure of a consultation, as it is or as it would be. It reads and changes nothing. */
@Injectable()
export class ProcedureService {
  constructor(
    private readonly lawbook: LawbookService,
    private readonly consultations: ConsultationsQueries,
    private readonly lots: LotsQueries,
    private readonly terms: TermsQueries,
    private readonly needs: NeedsQueries,
    private readonly queries: ProcedureQueries,
  ) {}

  /**
   * @param needs the amounts of its members, where the caller has read them already
   * @throws {Refused} NOT_FOUND
   */
  async read(
    tx: EntityManager,
    consultationId: string,
    at: Date,
    needs?: readonly LotNeed[],
  ): Promise<ProcedureState> {
    const consultation = await this.consultation(tx, consultationId);
    return this.judge(tx, await this.facts(tx, consultation, needs), dayOf(consultation, at));
  }

  /**
   * The same for what would be.
   *
   * @param launchOn the day on which it would be launched; undefined: the day of the law as it is
   * @throws {Refused} NOT_FOUND; WHAT_IF_UNSOUND with every problem
   */
  async whatIf(
    tx: EntityManager,
    consultationId: string,
    at: Date,
    hypothesis: Hypothesis,
    launchOn: PlainDate | undefined,
  ): Promise<ProcedureState> {
    const consultation = await this.consultation(tx, consultationId);
    const facts = await this.facts(tx, consultation);
    refuseProblems('WHAT_IF_UNSOUND', hypothesisProblems(facts, hypothesis));
    const day =
      launchOn === undefined
        ? dayOf(consultation, at)
        : ({ on: launchOn, knownAt: null, dayIs: 'supposed' } as const);
    return this.judge(tx, suppose(facts, hypothesis), day);
  }

  /** The same by a law that was read, for the list of what stands between a consultation and its launch. */
  async readBy(tx: EntityManager, consultation: ConsultationDetail, law: LawOn): Promise<ProcedureReading> {
    return readProcedure(await this.facts(tx, consultation), law);
  }

  private async judge(
    tx: EntityManager,
    facts: ProcedureFacts,
    { on, knownAt, dayIs }: AskedDay,
  ): Promise<ProcedureState> {
    const law = await this.lawbook.at(tx, { on, knownAt });
    return { on, dayIs, facts, law, reading: readProcedure(facts, law) };
  }

  private async consultation(tx: EntityManager, consultationId: string): Promise<ConsultationDetail> {
    const consultation = await this.consultations.detail(tx, consultationId);
    if (!consultation) throw new Refused('NOT_FOUND');
    return consultation;
  }

  /** What its value and procedure depend on, to be judged on any day with `readProcedure`. */
  async facts(
    tx: EntityManager,
    { id, firmYears, renewals }: ConsultationDetail,
    given?: readonly LotNeed[],
  ): Promise<ProcedureFacts> {
    const lots = await this.lots.lots(tx, id);
    const terms = new Map((await this.terms.ofLots(tx, id)).map((row) => [row.lotId, row]));
    const needs = needsByLot(given ?? (await this.needs.amountsByMember(tx, id)));
    const choice = await this.queries.choice(tx, id);
    const treatments = new Map(choice.smallLots.map(({ lotId, treatment }) => [lotId, treatment]));
    return {
      firmYears,
      renewals,
      choice: choiceOf(choice),
      lots: lots.map(({ id: lotId, number, title, family, contractForm: form }) => {
        const maximum = terms.get(lotId)?.maximum ?? null;
        return {
          ...{ lotId, number, title, family, form },
          maximum: maximum === null ? null : centsFromDecimal(maximum),
          needs: needs.get(lotId) ?? [],
          treatment: treatments.get(lotId) ?? null,
        };
      }),
    };
  }
}

interface AskedDay extends LawMoment {
  readonly dayIs: LawDayIs;
}

function dayOf(consultation: ConsultationDetail, at: Date): AskedDay {
  const { on, knownAt } = lawMoment(consultation, parisDate(at));
  const { launchedAt, plannedLaunchOn } = consultation;
  return {
    on,
    knownAt,
    dayIs: launchedAt !== null ? 'launch' : on === plannedLaunchOn ? 'planned' : 'today',
  };
}

/** Lot by lot, one need by member: its amounts come by VAT rate. */
function needsByLot(rows: readonly LotNeed[]): ReadonlyMap<string, readonly MemberNeed[]> {
  const lots = new Map<string, Map<string, Cents>>();
  for (const { lotId, buyerId, net } of rows) {
    const lot = lots.get(lotId) ?? new Map<string, Cents>();
    lots.set(lotId, lot.set(buyerId, (lot.get(buyerId) ?? 0n) + centsFromDecimal(net)));
  }
  return new Map(
    [...lots].map(([lotId, lot]) => [lotId, [...lot].map(([buyerId, yearly]) => ({ buyerId, yearly }))]),
  );
}
