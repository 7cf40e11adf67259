import { Controller, Get, Param } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { DataSource } from 'typeorm';
import { DeclarationAccess } from '../declarations/declaration-access.service.js';
import { type Call, CurrentCall } from '../platform/access/call.js';
import { Requires } from '../platform/access/requires.js';
import { Clock } from '../platform/clock/clock.js';
import { DashboardService } from './dashboard.service.js';
import { describeDashboard } from './desk-answers.js';
import { DashboardAnswer } from './desk.dto.js';

/** What crosses rooms, for those who conduct. */
@ApiTags('besoins')
@Controller('consultations/:consultationId')
export class DeskController {
  constructor(
    private readonly dataSource: DataSource,
    private readonly clock: Clock,
    private readonly access: DeclarationAccess,
    private readonly dashboards: DashboardService,
  ) {}

  @Get('needs-dashboard')
  @Requires('needs.conduct')
  @ApiOperation({
    summary: 'Le tableau de bord du recensement',
    description:
      'Où en sont les membres\u00a0; ce qui compte, lot par lot, sans ceux qui manquent, nommés\u00a0; une projection à part\u00a0; la valeur estimée et ce qui la sépare des seuils\u00a0; l’évolution sur un an.',
    operationId: 'getNeedsDashboard',
  })
  @ApiOkResponse({ type: DashboardAnswer })
  read(
    @CurrentCall() { caller }: Call,
    @Param('consultationId') consultationId: string,
  ): Promise<DashboardAnswer> {
    // One state: what counts, who is missing and what the law says of it are of the same instant.
    return this.dataSource.transaction('REPEATABLE READ', async (tx) => {
      await this.access.ofCampaign(tx, caller, 'needs.conduct', consultationId);
      return describeDashboard(await this.dashboards.read(tx, consultationId, this.clock.now()));
    });
  }
}
