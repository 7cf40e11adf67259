import { Body, Controller, Delete, HttpCode, Param, Put } from '@nestjs/common';
import { ApiNoContentResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { type Call, CurrentCall } from '../platform/access/call.js';
import { Requires } from '../platform/access/requires.js';
import { Commands } from '../platform/http/commands.js';
import { CatalogueAccess } from './catalogue-access.service.js';
import { NewTyresRequest } from './items.dto.js';
import { NewTyresService } from './new-tyres.service.js';

/** Why a lot may hold tyres that are not retreaded. */
@ApiTags('lots')
@Controller('lots/:lotId/new-tyres')
export class NewTyresController {
  constructor(
    private readonly commands: Commands,
    private readonly access: CatalogueAccess,
    private readonly tyres: NewTyresService,
  ) {}

  @Put()
  @HttpCode(204)
  @Requires('catalogue.write')
  @ApiOperation({
    summary: 'Enregistrer pourquoi un lot achète des pneus neufs',
    description: 'Sans cela, un lot de pneus qui ne sont pas rechapés ne peut pas être publié (CCP L2172-6).',
    operationId: 'recordNewTyres',
  })
  @ApiNoContentResponse({ description: 'Enregistré, à la place du précédent.' })
  record(
    @CurrentCall() call: Call,
    @Param('lotId') lotId: string,
    @Body() { ground, reference }: NewTyresRequest,
  ): Promise<void> {
    return this.commands.run(call, async (tx, at) => {
      const { place, trace } = await this.access.ofLot(tx, call.caller, 'catalogue.write', lotId);
      await this.tyres.record(tx, trace, at, place, { ground, reference });
    });
  }

  @Delete()
  @HttpCode(204)
  @Requires('catalogue.write')
  @ApiOperation({ summary: 'Retirer le motif d’achat de pneus neufs', operationId: 'removeNewTyres' })
  @ApiNoContentResponse({ description: 'Retiré\u00a0; sans effet s’il n’y en avait pas.' })
  remove(@CurrentCall() call: Call, @Param('lotId') lotId: string): Promise<void> {
    return this.commands.run(call, async (tx, at) => {
      const { place, trace } = await this.access.ofLot(tx, call.caller, 'catalogue.write', lotId);
      await this.tyres.record(tx, trace, at, place, null);
    });
  }
}
