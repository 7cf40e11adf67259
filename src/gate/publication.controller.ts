import { Body, Controller, Get, Param, Post } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { DataSource } from 'typeorm';
import { ConsultationScopeService } from '../consultations/consultation-scope.service.js';
import { type Call, CurrentCall } from '../platform/access/call.js';
import { Requires } from '../platform/access/requires.js';
import { Clock } from '../platform/clock/clock.js';
import { Commands } from '../platform/http/commands.js';
import { IfMatch } from '../platform/http/if-match.js';
import { CheckRights } from '../procedure/check-rights.service.js';
import { PublicationAnswer, PublicationRequest } from './publication.dto.js';
import { PublicationService } from './publication.service.js';

/** The control before publication, and the publication. */
@ApiTags('consultations')
@Controller('consultations/:consultationId/publication')
export class PublicationController {
  constructor(
    private readonly dataSource: DataSource,
    private readonly clock: Clock,
    private readonly commands: Commands,
    private readonly scopes: ConsultationScopeService,
    private readonly rights: CheckRights,
    private readonly publications: PublicationService,
  ) {}

  @Get()
  @Requires('consultation.read')
  @ApiOperation({
    summary: 'Le contrôle avant publication, puis ce qui est publié',
    description:
      'Avant\u00a0: les 16\u00a0règles bloquantes, toutes les causes à la fois, et ce que «\u00a0publier sans les non-signataires\u00a0» écarterait. Après\u00a0: l’empreinte, le jour et le droit appliqué.',
    operationId: 'getPublication',
  })
  @ApiOkResponse({ type: PublicationAnswer })
  read(
    @CurrentCall() { caller }: Call,
    @Param('consultationId') consultationId: string,
  ): Promise<PublicationAnswer> {
    // One state for all rooms: what one of them says is not contradicted by what another read later.
    return this.dataSource.transaction('REPEATABLE READ', async (tx) => {
      const scope = await this.scopes.of(tx, consultationId);
      caller.require('consultation.read', scope);
      const whole = this.rights.seesAll(caller, scope);
      return this.publications.read(tx, consultationId, this.clock.now(), whole);
    });
  }

  @Post()
  @Requires('consultation.publish')
  @ApiOperation({
    summary: 'Publier une consultation',
    description:
      'Refusé (409) tant qu’une règle bloque, avec toutes les causes. Sinon, les membres, les lots, les besoins, les conditions et le droit du jour sont figés, avec leur empreinte\u00a0: plus rien n’en change ensuite.',
    operationId: 'publishConsultation',
  })
  @ApiCreatedResponse({ type: PublicationAnswer })
  publish(
    @CurrentCall() call: Call,
    @Param('consultationId') consultationId: string,
    @IfMatch() version: number,
    @Body() { withoutNonSignatories }: PublicationRequest,
  ): Promise<PublicationAnswer> {
    return this.commands.run(call, async (tx, at) => {
      const trace = call.caller.require('consultation.publish', await this.scopes.of(tx, consultationId));
      return this.publications.publish(tx, trace, at, consultationId, version, withoutNonSignatories);
    });
  }
}
