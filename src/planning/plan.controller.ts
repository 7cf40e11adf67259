import { Controller, Get, Param, Query, StreamableFile } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import { DataSource } from 'typeorm';
import { icsFile } from '../calendar/ics.js';
import { parisDate } from '../calendar/plain-date.js';
import { planEvents } from '../calendar/plan-events.js';
import { ConsultationScopeService } from '../consultations/consultation-scope.service.js';
import { type Call, CurrentCall } from '../platform/access/call.js';
import type { Caller } from '../platform/access/caller.js';
import { Requires } from '../platform/access/requires.js';
import { Clock } from '../platform/clock/clock.js';
import { Refused } from '../platform/refusals/refused.js';
import { planAnswer } from './plan.answer.js';
import { PlanAnswer, PlanQuery } from './plan.dto.js';
import { readWish } from './plan-query.rules.js';
import { type ConsultationPlan, PlanService } from './plan.service.js';

/** The reverse planning of a consultation, to be read and to be put in a calendar. */
@ApiTags('rétroplanning')
@Controller('consultations/:consultationId')
export class PlanController {
  constructor(
    private readonly dataSource: DataSource,
    private readonly clock: Clock,
    private readonly scopes: ConsultationScopeService,
    private readonly plans: PlanService,
  ) {}

  @Get('plan')
  @Requires('consultation.read')
  @ApiOperation({
    summary: 'Le rétroplanning d’une consultation',
    description:
      'Du début souhaité du marché, la date au plus tard de chaque étape, la dernière séance utile de chaque conseil, et le début possible au plus tôt. Les délais de la loi sont ceux du jour de l’avis\u00a0; les autres sont des usages, dits tels. Délibérations et signatures enregistrées sont tenues pour faites\u00a0; une fois la consultation lancée, le plan commence à l’avis.',
    operationId: 'getConsultationPlan',
  })
  @ApiOkResponse({ type: PlanAnswer })
  async read(
    @CurrentCall() { caller }: Call,
    @Param('consultationId') consultationId: string,
    @Query() query: PlanQuery,
  ): Promise<PlanAnswer> {
    return planAnswer(await this.plan(caller, consultationId, query, this.clock.now()));
  }

  @Get('plan.ics')
  @Requires('consultation.read')
  @ApiOperation({
    summary: 'Le rétroplanning, pour un agenda',
    description:
      'Une journée par étape qui reste à faire. Repris après un changement, le fichier déplace les journées sans les doubler.',
    operationId: 'exportConsultationPlanCalendar',
  })
  @ApiProduces('text/calendar')
  @ApiOkResponse({ schema: { type: 'string', example: 'BEGIN:VCALENDAR…' } })
  async calendar(
    @CurrentCall() { caller }: Call,
    @Param('consultationId') consultationId: string,
    @Query() query: PlanQuery,
  ): Promise<StreamableFile> {
    const stampedAt = this.clock.now();
    const { title, wishedStart, plan } = await this.plan(caller, consultationId, query, stampedAt);
    const file = icsFile({
      name: `Rétroplanning\u00a0: ${title}`,
      events: planEvents(plan, consultationId.toLowerCase()),
      stampedAt,
    });
    return new StreamableFile(Buffer.from(file, 'utf8'), {
      type: 'text/calendar; charset=utf-8',
      disposition: `attachment; filename="retroplanning-${wishedStart}.ics"`,
    });
  }

  /** Rights come first: who may not read the consultation is told nothing of what was wrong. */
  private plan(
    caller: Caller,
    consultationId: string,
    query: PlanQuery,
    at: Date,
  ): Promise<ConsultationPlan> {
    return this.dataSource.transaction('REPEATABLE READ', async (tx) => {
      caller.require('consultation.read', await this.scopes.of(tx, consultationId));
      const read = readWish(query, parisDate(at));
      if ('faults' in read)
        throw new Refused('VALIDATION', read.faults.length).withFaults(
          read.faults.map(({ field, code, detail }) => ({
            ...{ in: 'query', pointer: `#/${field}` },
            ...{ code, detail },
          })),
        );
      return this.plans.ofConsultation(tx, consultationId, at, read.wish);
    });
  }
}
