import { Body, Controller, Get, Param, Patch, Post, Query, Req } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Request } from 'express';
import { RightsService } from '../accounts/rights.service.js';
import { type Call, CurrentCall } from '../platform/access/call.js';
import { Public, Requires } from '../platform/access/requires.js';
import { Commands } from '../platform/http/commands.js';
import { IfMatch } from '../platform/http/if-match.js';
import { pageOf, PageQuery } from '../platform/http/pages.js';
import { Refused } from '../platform/refusals/refused.js';
import { GroupReadingService } from './group-reading.service.js';
import { GroupTermsService } from './group-terms.service.js';
import { GroupAnswer, GroupChanges, GroupOpening, GroupPage } from './groups.dto.js';
import { GroupsQueries } from './groups.queries.js';

@ApiTags('groupements')
@Controller()
export class GroupsController {
  constructor(
    private readonly commands: Commands,
    private readonly groups: GroupReadingService,
    private readonly terms: GroupTermsService,
    private readonly queries: GroupsQueries,
    private readonly rights: RightsService,
  ) {}

  @Post('groups')
  @Requires('group.open')
  @ApiOperation({
    summary: 'Ouvrir un groupement',
    description: 'Le coordonnateur y est invité\u00a0: il adhère par une décision, comme chaque membre.',
    operationId: 'openGroup',
  })
  @ApiCreatedResponse({ type: GroupAnswer })
  open(@CurrentCall() call: Call, @Body() { coordinatorId, ...sheet }: GroupOpening): Promise<GroupAnswer> {
    return this.commands.run(call, async (tx, at) => {
      const trace = call.caller.require('group.open', { buyerIds: [coordinatorId] });
      const groupId = await this.terms.create(tx, trace, at, {
        coordinatorId,
        title: sheet.title,
        kind: sheet.kind ?? 'permanent',
        object: sheet.object ?? null,
        families: sheet.families ?? [],
        startsOn: sheet.startsOn ?? null,
        endsOn: sheet.endsOn ?? null,
        membersSeeEachOther: sheet.membersSeeEachOther ?? true,
        reservedClusterId: sheet.reservedClusterId ?? null,
      });
      return (await this.queries.group(tx, groupId))!;
    });
  }

  @Get('me/groups')
  @Requires('group.list')
  @ApiOperation({
    summary: 'Mes groupements',
    description:
      'Ceux où j’ai un rôle, ou auxquels un acheteur pour lequel j’agis a été invité. Par intitulé.',
    operationId: 'listMyGroups',
  })
  @ApiOkResponse({ type: GroupPage })
  async list(@CurrentCall() call: Call, @Query() query: PageQuery): Promise<GroupPage> {
    const rows = await this.groups.listOf(call.caller, query);
    return pageOf(call, query, rows, ({ title, id }) => [title, id]);
  }

  @Get('groups/:groupId')
  @Requires('group.read')
  @ApiOperation({ summary: 'Un groupement', operationId: 'getGroup' })
  @ApiOkResponse({ type: GroupAnswer })
  read(@CurrentCall() { caller }: Call, @Param('groupId') groupId: string): Promise<GroupAnswer> {
    return this.groups.read(caller, groupId);
  }

  @Patch('groups/:groupId')
  @Requires('group.edit')
  @ApiOperation({ summary: 'Modifier un groupement', operationId: 'editGroup' })
  @ApiOkResponse({ type: GroupAnswer })
  edit(
    @CurrentCall() call: Call,
    @Param('groupId') groupId: string,
    @IfMatch() version: number,
    @Body() changes: GroupChanges,
  ): Promise<GroupAnswer> {
    return this.commands.run(call, async (tx, at) => {
      const trace = call.caller.require('group.edit', await this.groups.scope(tx, groupId));
      await this.terms.edit(tx, trace, at, groupId, version, changes);
      return (await this.queries.group(tx, groupId))!;
    });
  }

  @Get('readings/:word')
  @Public('the signed word in the address stands for an account')
  @ApiOperation({
    summary: 'Lire un groupement par un lien de lecture',
    description:
      'Pour les élus\u00a0: en lecture seule, sans compte, jusqu’à la date du lien ou sa révocation.',
    operationId: 'readByLink',
  })
  @ApiOkResponse({ type: GroupAnswer })
  async readByLink(
    @Req() request: Request & { id?: string },
    @Param('word') word: string,
  ): Promise<GroupAnswer> {
    const entry = { channel: 'api', requestId: request.id ?? null } as const;
    const reading = await this.rights.ofReadingLink(word, entry);
    if (!reading) throw new Refused('NOT_FOUND');
    return this.groups.read(reading.caller, reading.groupId);
  }
}
