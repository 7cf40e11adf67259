import { Body, Controller, Param, Post } from '@nestjs/common';
import { ApiCreatedResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Created } from '../accounts/answers.dto.js';
import { ConsultationScopeService } from '../consultations/consultation-scope.service.js';
import { CopyRequest } from '../lots/lots.dto.js';
import { type Call, CurrentCall } from '../platform/access/call.js';
import { Requires } from '../platform/access/requires.js';
import { Commands } from '../platform/http/commands.js';
import { CopyConsultationService } from './copy-consultation.service.js';

@ApiTags('consultations')
@Controller('consultations/:consultationId')
export class CopyConsultationController {
  constructor(
    private readonly commands: Commands,
    private readonly scopes: ConsultationScopeService,
    private readonly copies: CopyConsultationService,
  ) {}

  @Post('copy')
  @Requires('consultation.write')
  @ApiOperation({
    summary: 'Copier une consultation',
    description:
      'Son objet, sa durée, ses lots, leurs articles et leurs lieux de livraison, dans le même groupement\u00a0; les conditions du contrat, les critères et les clauses, les limites de lots par candidat, les mesures d’accès avec leur justification. Ni adhésions, ni besoins, ni limites des membres. Ce qui ne valait que l’an dernier est à refaire\u00a0: calcul des petits lots, sourçage, dépenses de l’acheteur, motif d’un critère qui parle d’un lieu, auteur et date des décisions.',
    operationId: 'copyConsultation',
  })
  @ApiCreatedResponse({ type: Created })
  copy(
    @CurrentCall() call: Call,
    @Param('consultationId') consultationId: string,
    @Body() { title, plannedLaunchOn }: CopyRequest,
  ): Promise<Created> {
    return this.commands.run(call, async (tx, at) => {
      const trace = call.caller.require('consultation.write', await this.scopes.of(tx, consultationId));
      const given = { title, plannedLaunchOn: plannedLaunchOn ?? null };
      return { id: await this.copies.copy(tx, trace, at, consultationId, given) };
    });
  }
}
