import { Controller, Get, Param } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { DataSource } from 'typeorm';
import { parisDate } from '../calendar/plain-date.js';
import { lawDay } from '../consultations/consultation.rules.js';
import { ConsultationScopeService } from '../consultations/consultation-scope.service.js';
import { type Call, CurrentCall } from '../platform/access/call.js';
import { Requires } from '../platform/access/requires.js';
import { Clock } from '../platform/clock/clock.js';
import { AnswerableLots } from './answerable-suppliers.dto.js';
import { AnswerableSuppliersService } from './answerable-suppliers.service.js';
import { ProtectionQueries } from './protection.queries.js';

/** How many firms a consultation could interest, lot by lot. */
@ApiTags('mesures d’accès')
@Controller('consultations/:consultationId')
export class AnswerableSuppliersController {
  constructor(
    private readonly dataSource: DataSource,
    private readonly clock: Clock,
    private readonly scopes: ConsultationScopeService,
    private readonly queries: ProtectionQueries,
    private readonly suppliers: AnswerableSuppliersService,
  ) {}

  @Get('answerable-suppliers')
  @Requires('lot.protection.read')
  @ApiOperation({
    summary: 'Combien de fournisseurs de l’annuaire pourraient répondre à chaque lot',
    description:
      'Par le code CPV du lot et les communes qui y adhèrent, par statut prouvé. Des nombres, jamais de noms\u00a0: nul candidat n’en sait plus qu’un autre.',
    operationId: 'countAnswerableSuppliersByLot',
  })
  @ApiOkResponse({ type: AnswerableLots })
  async count(
    @CurrentCall() { caller }: Call,
    @Param('consultationId') consultationId: string,
  ): Promise<AnswerableLots> {
    const tx = this.dataSource.manager;
    caller.require('lot.protection.read', await this.scopes.of(tx, consultationId));
    const consultation = (await this.queries.consultation(tx, consultationId))!;
    const on = lawDay(consultation, parisDate(this.clock.now()));
    const lots = await this.queries.lots(tx, consultationId);
    const counts = await this.suppliers.ofLots(tx, consultationId, lots, on);
    return {
      on,
      items: lots.map(({ id, number, title, cpvCode }) => ({
        lotNumber: number,
        title,
        cpvCode,
        ...counts.get(id)!,
      })),
    };
  }
}
