import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { DataSource } from 'typeorm';
import { parisDate } from '../calendar/plain-date.js';
import { KeptOutsideService } from '../autonomy/kept-outside.service.js';
import { type Call, CurrentCall } from '../platform/access/call.js';
import { Requires } from '../platform/access/requires.js';
import { Clock } from '../platform/clock/clock.js';
import { FamilyLedgerAnswer, FamilyLedgerQuery } from './family-ledger.dto.js';
import { FamilyLedgerService } from './family-ledger.service.js';

/** The purchases of a member, family by family. */
@ApiTags('besoins')
@Controller('groups/:groupId/members/:buyerId')
export class FamilyLedgerController {
  constructor(
    private readonly dataSource: DataSource,
    private readonly clock: Clock,
    private readonly kept: KeptOutsideService,
    private readonly ledger: FamilyLedgerService,
  ) {}

  @Get('family-ledger')
  @Requires('group.kept-outside.read')
  @ApiOperation({
    summary: 'Le registre des achats d’un membre, par famille',
    description:
      'Part achetée par le groupement (besoins validés × prix unitaires estimés) et part conservée hors de lui. Avertit quand le total d’une famille atteint le seuil et que la part conservée ne l’atteint pas (CCP R2121-4 et R2121-6\u00a0; application aux groupements non vérifiée).',
    operationId: 'getFamilyLedger',
  })
  @ApiOkResponse({ type: FamilyLedgerAnswer })
  async read(
    @CurrentCall() { caller }: Call,
    @Param('groupId') groupId: string,
    @Param('buyerId') buyerId: string,
    @Query() { consultationId, on }: FamilyLedgerQuery,
  ): Promise<FamilyLedgerAnswer> {
    const tx = this.dataSource.manager;
    caller.require('group.kept-outside.read', await this.kept.memberScope(tx, groupId, buyerId));
    const day = on ?? parisDate(this.clock.now());
    return this.ledger.read(tx, groupId, buyerId, consultationId ?? null, day);
  }
}
