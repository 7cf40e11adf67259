import { Body, Controller, Delete, Get, HttpCode, Param, Put, Query } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiQuery, ApiTags } from '@nestjs/swagger';
import { DataSource } from 'typeorm';
import { type Call, CurrentCall } from '../platform/access/call.js';
import { Requires } from '../platform/access/requires.js';
import { Clock } from '../platform/clock/clock.js';
import { Commands } from '../platform/http/commands.js';
import { IfMatch, IfMatchOnceItExists } from '../platform/http/if-match.js';
import { LeverList, LeversQuery, ProtectionAnswer, ProtectionRequest } from './protection.dto.js';
import { ProtectionReadingService } from './protection-reading.service.js';
import { ProtectionService } from './protection.service.js';

/** « Mesures d’accès des TPE-PME »: the flag of a lot, and the catalogue of lawful levers. */
@ApiTags('mesures d’accès')
@Controller()
export class ProtectionController {
  constructor(
    private readonly dataSource: DataSource,
    private readonly clock: Clock,
    private readonly commands: Commands,
    private readonly reading: ProtectionReadingService,
    private readonly protection: ProtectionService,
  ) {}

  @Get('protection-levers')
  @Requires('protection.levers.read')
  @ApiOperation({
    summary: 'Le catalogue des mesures d’accès des TPE-PME',
    description: 'Avec un lot, dit aussi lesquelles lui conviennent, et pourquoi les autres non.',
    operationId: 'listProtectionLevers',
  })
  @ApiQuery({ name: 'lotId', required: false, schema: { type: 'string', format: 'uuid' } })
  @ApiOkResponse({ type: LeverList })
  async levers(@CurrentCall() { caller }: Call, @Query() { lotId }: LeversQuery): Promise<LeverList> {
    const tx = this.dataSource.manager;
    const place = lotId === undefined ? null : await this.reading.place(tx, lotId);
    const own = caller.personId === null ? {} : { personId: caller.personId };
    caller.require('protection.levers.read', place?.scope ?? own);
    const facts = place && (await this.reading.factsOf(tx, place, this.clock.now()));
    return {
      lotId: place?.id ?? null,
      day: facts?.law.on ?? null,
      items: this.reading.catalogue(facts).map(({ lever, whyNot }) => ({
        code: lever.code,
        label: lever.label,
        nature: lever.nature,
        articles: lever.articles,
        plain: lever.plain,
        when: lever.when,
        watches: lever.watches,
        unverified: lever.unverified,
        fields: lever.fields,
        usable: facts && whyNot === null,
        whyNot,
      })),
    };
  }

  @Get('lots/:lotId/protection')
  @Requires('lot.protection.read')
  @ApiOperation({
    summary: 'Les mesures d’accès d’un lot, leur justification et leurs contrôles',
    operationId: 'getLotProtection',
  })
  @ApiOkResponse({ type: ProtectionAnswer })
  async read(@CurrentCall() { caller }: Call, @Param('lotId') lotId: string): Promise<ProtectionAnswer> {
    const tx = this.dataSource.manager;
    const place = await this.reading.place(tx, lotId);
    caller.require('lot.protection.read', place.scope);
    return answerOf(await this.reading.read(tx, place, this.clock.now()));
  }

  @Put('lots/:lotId/protection')
  @Requires('lot.protection.decide')
  @ApiOperation({
    summary: 'Choisir les mesures d’accès d’un lot',
    description:
      'Une mesure du catalogue au moins, et une justification. Tout ce qui est à corriger est dit en une fois. Le ' +
      'signalement ne change aucune pièce, aucune offre, aucune attribution\u00a0: seules les mesures agissent.',
    operationId: 'decideLotProtection',
  })
  @ApiOkResponse({ type: ProtectionAnswer })
  async decide(
    @CurrentCall() call: Call,
    @Param('lotId') lotId: string,
    @IfMatchOnceItExists() version: number | null,
    @Body() asked: ProtectionRequest,
  ): Promise<ProtectionAnswer> {
    return answerOf(
      await this.commands.run(call, (tx, at) =>
        this.protection.decide(tx, call.caller, at, lotId, version, asked),
      ),
    );
  }

  @Delete('lots/:lotId/protection')
  @HttpCode(204)
  @Requires('lot.protection.decide')
  @ApiOperation({ summary: 'Retirer les mesures d’accès d’un lot', operationId: 'withdrawLotProtection' })
  @ApiNoContentResponse({ description: 'Mesures retirées\u00a0; le journal garde ce qu’elles étaient.' })
  withdraw(
    @CurrentCall() call: Call,
    @IfMatch() version: number,
    @Param('lotId') lotId: string,
  ): Promise<void> {
    return this.commands.run(call, (tx, at) => this.protection.withdraw(tx, call.caller, at, lotId, version));
  }
}

const answerOf = (state: Awaited<ReturnType<ProtectionReadingService['read']>>): ProtectionAnswer => ({
  ...state,
  levers: [...state.levers],
  duties: [...state.duties],
});
