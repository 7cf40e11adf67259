import { Controller, Get, Param, Req } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Request } from 'express';
import { RightsService } from '../accounts/rights.service.js';
import { type Call, CurrentCall } from '../platform/access/call.js';
import { Public, Requires } from '../platform/access/requires.js';
import { Refused } from '../platform/refusals/refused.js';
import { GroupReadingService } from './group-reading.service.js';
import { GroupAnswer } from './groups.dto.js';

@ApiTags('groupements')
@Controller()
export class GroupsController {
  constructor(
    private readonly groups: GroupReadingService,
    private readonly rights: RightsService,
  ) {}

  @Get('groups/:groupId')
  @Requires('group.read')
  @ApiOperation({ summary: 'Un groupement', operationId: 'getGroup' })
  @ApiOkResponse({ type: GroupAnswer })
  read(@CurrentCall() { caller }: Call, @Param('groupId') groupId: string): Promise<GroupAnswer> {
    return this.groups.read(caller, groupId);
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
