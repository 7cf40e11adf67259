import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { isUUID } from 'class-validator';
import { DataSource } from 'typeorm';
import { Created } from '../accounts/answers.dto.js';
import { type Call, CurrentCall } from '../platform/access/call.js';
import { Requires } from '../platform/access/requires.js';
import { Commands } from '../platform/http/commands.js';
import { cursorOf, pageOf, PageQuery } from '../platform/http/pages.js';
import { Refused } from '../platform/refusals/refused.js';
import {
  ContactCorrection,
  ContactPage,
  ContactRequest,
  ContactStrikeOut,
  SourcingCheckList,
} from './sourcing-log.dto.js';
import { SourcingLogService } from './sourcing-log.service.js';

/** Who was met before drafting, and what was said. */
@ApiTags('sourçage')
@Controller('consultations/:consultationId/sourcing')
export class SourcingLogController {
  constructor(
    private readonly dataSource: DataSource,
    private readonly commands: Commands,
    private readonly log: SourcingLogService,
  ) {}

  @Get('contacts')
  @Requires('sourcing.read')
  @ApiOperation({
    summary: 'Le registre de sourçage d’une consultation',
    description: 'Lignes corrigées et barrées comprises.',
    operationId: 'listSourcingContacts',
  })
  @ApiOkResponse({ type: ContactPage })
  async list(
    @CurrentCall() call: Call,
    @Param('consultationId') consultationId: string,
    @Query() query: PageQuery,
  ): Promise<ContactPage> {
    const [after = null] = cursorOf(query) ?? [];
    const tx = this.dataSource.manager;
    // The place is looked at once the right is known: a made-up cursor tells nothing of what is there.
    const place = isUUID(after) ? String(after) : null;
    const rows = await this.log.read(tx, call.caller, consultationId, place, query.limit + 1);
    if (after !== null && place === null) throw new Refused('MALFORMED_CURSOR');
    const page = pageOf(call, query, rows, ({ id }) => [id]);
    return { ...page, items: [...page.items] };
  }

  @Get('checks')
  @Requires('sourcing.read')
  @ApiOperation({
    summary: 'Plusieurs fournisseurs rencontrés, la même information pour tous',
    description: 'Sur les lignes qui valent, jusqu’au jour du lancement.',
    operationId: 'checkSourcing',
  })
  @ApiOkResponse({ type: SourcingCheckList })
  async checks(
    @CurrentCall() { caller }: Call,
    @Param('consultationId') consultationId: string,
  ): Promise<SourcingCheckList> {
    return { items: [...(await this.log.checks(this.dataSource.manager, caller, consultationId))] };
  }

  @Post('contacts')
  @Requires('sourcing.write')
  @ApiOperation({ summary: 'Consigner un contact', operationId: 'recordSourcingContact' })
  @ApiCreatedResponse({ type: Created })
  record(
    @CurrentCall() call: Call,
    @Param('consultationId') consultationId: string,
    @Body() entry: ContactRequest,
  ): Promise<Created> {
    return this.commands.run(call, async (tx, at) => ({
      id: await this.log.record(tx, call.caller, at, consultationId, entry),
    }));
  }

  @Post('contacts/:contactId/correction')
  @Requires('sourcing.write')
  @ApiOperation({
    summary: 'Corriger une ligne par une autre',
    description: 'La ligne corrigée reste, et se lit comme telle.',
    operationId: 'correctSourcingContact',
  })
  @ApiCreatedResponse({ type: Created })
  correct(
    @CurrentCall() call: Call,
    @Param('consultationId') consultationId: string,
    @Param('contactId') contactId: string,
    @Body() entry: ContactCorrection,
  ): Promise<Created> {
    return this.commands.run(call, async (tx, at) => ({
      id: await this.log.correct(tx, call.caller, at, consultationId, contactId, entry),
    }));
  }

  @Post('contacts/:contactId/strike-out')
  @Requires('sourcing.write')
  @ApiOperation({
    summary: 'Barrer une ligne écrite par erreur',
    description: 'Elle reste, et se lit barrée.',
    operationId: 'strikeOutSourcingContact',
  })
  @ApiCreatedResponse({ type: Created })
  strikeOut(
    @CurrentCall() call: Call,
    @Param('consultationId') consultationId: string,
    @Param('contactId') contactId: string,
    @Body() { reason }: ContactStrikeOut,
  ): Promise<Created> {
    return this.commands.run(call, async (tx, at) => ({
      id: await this.log.strikeOut(tx, call.caller, at, consultationId, contactId, reason),
    }));
  }
}
