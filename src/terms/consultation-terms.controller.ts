import { Body, Controller, Get, Param, Put } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { DataSource } from 'typeorm';
import { type Call, CurrentCall } from '../platform/access/call.js';
import { Requires } from '../platform/access/requires.js';
import { Commands } from '../platform/http/commands.js';
import { IfMatchOnceItExists } from '../platform/http/if-match.js';
import { ConsultationTermsAnswer } from './answers.dto.js';
import { USUAL_TIE_RULES } from './caps.rules.js';
import { ConsultationTermsService } from './consultation-terms.service.js';
import { TermsPlaces } from './terms-places.service.js';
import { ConsultationTermsRequest } from './terms.dto.js';

/** What a consultation says of bidders on several lots. */
@ApiTags('conditions')
@Controller('consultations/:consultationId/terms')
export class ConsultationTermsController {
  constructor(
    private readonly dataSource: DataSource,
    private readonly commands: Commands,
    private readonly places: TermsPlaces,
    private readonly terms: ConsultationTermsService,
  ) {}

  @Get()
  @Requires('terms.read')
  @ApiOperation({
    summary: 'Les limites de lots par candidat d’une consultation',
    operationId: 'getConsultationTerms',
  })
  @ApiOkResponse({ type: ConsultationTermsAnswer })
  async read(
    @CurrentCall() { caller }: Call,
    @Param('consultationId') consultationId: string,
  ): Promise<ConsultationTermsAnswer> {
    const tx = this.dataSource.manager;
    await this.places.readConsultation(tx, caller, consultationId);
    return { ...(await this.terms.current(tx, consultationId)), usualTieRules: USUAL_TIE_RULES };
  }

  @Put()
  @Requires('terms.write')
  @ApiOperation({
    summary: 'Fixer les limites de lots par candidat',
    description:
      'Remplace tout\u00a0: ce qui est absent est vidé. Une limite de lots attribués demande sa règle de départage.',
    operationId: 'setConsultationTerms',
  })
  @ApiOkResponse({ type: ConsultationTermsAnswer })
  set(
    @CurrentCall() call: Call,
    @Param('consultationId') consultationId: string,
    @IfMatchOnceItExists() version: number | null,
    @Body() terms: ConsultationTermsRequest,
  ): Promise<ConsultationTermsAnswer> {
    return this.commands.run(call, async (tx, at) => ({
      ...(await this.terms.set(tx, call.caller, at, consultationId, version, terms)),
      usualTieRules: USUAL_TIE_RULES,
    }));
  }
}
