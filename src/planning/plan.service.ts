import { Injectable } from '@nestjs/common';
import type { LawMoment } from '../law/law-on.js';
import { LawbookService } from '../lawbook/lawbook.service.js';
import type { EntityManager } from 'typeorm';
import { CouncilSessionsService } from '../buyers/council-sessions.service.js';
import { latestOf } from '../calendar/day-arithmetic.js';
import { groupSteps } from '../calendar/group-steps.js';
import type { HolidayTerritory } from '../calendar/holidays.js';
import { parisDate, type PlainDate } from '../calendar/plain-date.js';
import { planBackwards } from '../calendar/planning.js';
import type { Plan } from '../calendar/plan.js';
import { type ConsultationDetail, ConsultationsQueries } from '../consultations/consultations.queries.js';
import { lawMoment } from '../consultations/consultation.rules.js';
import { MembersQueries } from '../members/members.queries.js';
import { Refused } from '../platform/refusals/refused.js';
import { readProcedure } from '../procedure/procedure.rules.js';
import { ProcedureService } from '../procedure/procedure.service.js';
import { pendingCouncils, type PlanFacts, territoryOf, withFacts } from './plan-facts.rules.js';
import type { PlanWish } from './plan-query.rules.js';
import { plannedProcedure, type PlannedProcedure, procedureLengths } from './planned-procedure.rules.js';

export interface ConsultationPlan {
  readonly consultationId: string;
  readonly title: string;
  readonly today: PlainDate;
  readonly wishedStart: PlainDate;
  readonly territory: HolidayTerritory;
  /** The day that the law was asked for: that of the notice. */
  readonly lawOn: PlainDate;
  readonly procedure: PlannedProcedure;
  readonly plan: Plan;
}

/** Every member of a group, whatever its size. */
const ALL_MEMBERS = 100_000;

/** The reverse planning of a consultation, from what every room knows of it. It reads and changes nothing. */
@Injectable()
export class PlanService {
  constructor(
    private readonly lawbook: LawbookService,
    private readonly consultations: ConsultationsQueries,
    private readonly members: MembersQueries,
    private readonly sessions: CouncilSessionsService,
    private readonly procedures: ProcedureService,
  ) {}

  /** @throws {Refused} NOT_FOUND; CONSULTATION_CANCELLED: nothing of it is to be done any more */
  async ofConsultation(
    tx: EntityManager,
    consultationId: string,
    at: Date,
    { wishedStart, procedure: asked, territory: place }: PlanWish,
  ): Promise<ConsultationPlan> {
    const consultation = await this.consultations.detail(tx, consultationId);
    if (!consultation) throw new Refused('NOT_FOUND');
    if (consultation.state === 'cancelled') throw new Refused('CONSULTATION_CANCELLED');
    const today = parisDate(at);
    const facts = await this.facts(tx, consultation, today);
    const known = await this.sessions.ofBuyers(
      tx,
      facts.members.map(({ buyerId }) => buyerId),
    );
    const councils = pendingCouncils(facts.members, known);
    const purchase = await this.procedures.facts(tx, consultation);
    const territory = place ?? territoryOf(facts.members);
    const planned = async (moment: LawMoment) => {
      const law = await this.lawbook.at(tx, moment);
      const { choice } = purchase;
      const procedure = plannedProcedure(asked, choice.procedure, readProcedure(purchase, law), law);
      const lengths = procedureLengths(procedure, choice, law);
      const steps = withFacts(groupSteps({ procedure: lengths, councils }), facts);
      return { lawOn: law.on, procedure, plan: planBackwards({ steps, wishedStart, today, territory }) };
    };
    const first = await planned(lawMoment(consultation, today));
    const { launchedAt, plannedLaunchOn, title } = consultation;
    const told = { consultationId, title, today, wishedStart, territory };
    if (launchedAt !== null || plannedLaunchOn !== null) return { ...told, ...first };
    // Nobody said when the notice leaves: the plan does, and the law is that of this day.
    const notice = first.plan.steps.find(({ step }) => step.code === 'notice-sent')!;
    return { ...told, ...(await planned({ on: latestOf([today, notice.latestOn]), knownAt: null })) };
  }

  private async facts(
    tx: EntityManager,
    { groupId, launchedAt }: ConsultationDetail,
    today: PlainDate,
  ): Promise<PlanFacts> {
    const everyone = { state: null, clusterId: null };
    const rows = await this.members.members(tx, groupId, everyone, null, ALL_MEMBERS);
    const agreement = (await this.members.agreement(tx, groupId)).at(-1);
    return {
      today,
      launchedOn: launchedAt === null ? null : parisDate(launchedAt),
      // Who is invited may still join, and its council must then have resolved.
      members: rows.filter(({ state }) => state !== 'declined' && state !== 'withdrawn'),
      signatures: agreement
        ? {
            signedOn: agreement.signatures.map(({ signedOn }) => signedOn),
            missing: agreement.missing.length,
          }
        : null,
    };
  }
}
