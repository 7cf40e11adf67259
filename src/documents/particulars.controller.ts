import { Body, Controller, Get, Param, Put } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { DataSource } from 'typeorm';
import { ConsultationScopeService } from '../consultations/consultation-scope.service.js';
import { type Call, CurrentCall } from '../platform/access/call.js';
import { Requires } from '../platform/access/requires.js';
import { Commands } from '../platform/http/commands.js';
import { IfMatchOnceItExists } from '../platform/http/if-match.js';
import { ParticularsAnswer, ParticularsRequest } from './particulars.dto.js';
import { PARTICULARS } from './particulars.rules.js';
import { type ParticularsState, ParticularsService } from './particulars.service.js';

/** What the documents of a consultation say that no other page asks for. */
@ApiTags('pièces')
@Controller('consultations/:consultationId/document-particulars')
export class ParticularsController {
  constructor(
    private readonly dataSource: DataSource,
    private readonly commands: Commands,
    private readonly scopes: ConsultationScopeService,
    private readonly particulars: ParticularsService,
  ) {}

  @Get()
  @Requires('documents.read')
  @ApiOperation({
    summary: 'Les mentions des documents',
    description:
      'Ce que les textes portent et que rien d’autre ne demande\u00a0: adresses, tribunal, CCAG, délais… Une mention absente se lit «\u00a0[À compléter]\u00a0».',
    operationId: 'getParticulars',
  })
  @ApiOkResponse({ type: ParticularsAnswer })
  async read(
    @CurrentCall() { caller }: Call,
    @Param('consultationId') consultationId: string,
  ): Promise<ParticularsAnswer> {
    const tx = this.dataSource.manager;
    caller.require('documents.read', await this.scopes.of(tx, consultationId));
    return answerOf(await this.particulars.read(tx, consultationId));
  }

  @Put()
  @Requires('documents.make')
  @ApiOperation({
    summary: 'Écrire les mentions des documents',
    description:
      'Remplace tout, jusqu’au lancement. Toutes les fautes sont dites d’un coup, et rien n’est alors enregistré.',
    operationId: 'setParticulars',
  })
  @ApiOkResponse({ type: ParticularsAnswer })
  set(
    @CurrentCall() call: Call,
    @Param('consultationId') consultationId: string,
    @IfMatchOnceItExists() version: number | null,
    @Body() { items }: ParticularsRequest,
  ): Promise<ParticularsAnswer> {
    return this.commands.run(call, async (tx, at) => {
      const scope = await this.scopes.of(tx, consultationId);
      const trace = call.caller.require('documents.make', scope);
      const place = { consultationId, groupId: scope.groupId };
      return answerOf(await this.particulars.set(tx, trace, at, place, version, items));
    });
  }
}

const answerOf = ({ consultationId, version, items }: ParticularsState): ParticularsAnswer => ({
  ...{ consultationId, version, items: [...items] },
  known: PARTICULARS.map(({ choices, ...known }) => ({
    ...known,
    ...(choices && { choices: [...choices] }),
  })),
});
