import { Body, Controller, Get, HttpCode, Param, Post, Put, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { DataSource } from 'typeorm';
import { type Call, CurrentCall } from '../platform/access/call.js';
import { Requires } from '../platform/access/requires.js';
import { Commands } from '../platform/http/commands.js';
import { IfMatch } from '../platform/http/if-match.js';
import { pageOf } from '../platform/http/pages.js';
import { Refused } from '../platform/refusals/refused.js';
import { GroupReadingService } from '../groups/group-reading.service.js';
import {
  BuyersToInvite,
  DecisionRequest,
  InvitedBuyersAnswer,
  MemberAnswer,
  MemberPage,
  MemberQuery,
} from './members.dto.js';
import { MembersReadingService } from './members-reading.service.js';
import type { Decision } from '../groups/membership.rules.js';
import { MembershipService } from './membership.service.js';

/** Who is invited to a group, and who is in. What each then does for itself is in member-acts.controller.ts. */
@ApiTags('groupements')
@Controller('groups/:groupId/members')
export class MembersController {
  constructor(
    private readonly dataSource: DataSource,
    private readonly commands: Commands,
    private readonly groups: GroupReadingService,
    private readonly reading: MembersReadingService,
    private readonly memberships: MembershipService,
  ) {}

  @Get()
  @Requires('group.read')
  @ApiOperation({
    summary: 'Invités, intéressés, membres',
    description:
      'Tous ceux qui ont été invités, par nom\u00a0; «\u00a0state\u00a0» et «\u00a0clusterId\u00a0» n’en gardent qu’une partie.',
    operationId: 'listMembers',
  })
  @ApiOkResponse({ type: MemberPage })
  async list(
    @CurrentCall() call: Call,
    @Param('groupId') groupId: string,
    @Query() query: MemberQuery,
  ): Promise<MemberPage> {
    const tx = this.dataSource.manager;
    call.caller.require('group.read', await this.groups.scope(tx, groupId));
    const rows = await this.reading.list(tx, call.caller, groupId, query);
    return pageOf(call, query, rows, ({ name, buyerId }) => [name, buyerId]);
  }

  @Post('invitations')
  @HttpCode(200)
  @Requires('group.members.invite')
  @ApiOperation({
    summary: 'Inviter des acheteurs',
    description:
      'Un ou plusieurs, ou tous ceux d’un pôle de proximité. Redemandé, ne change rien pour ceux qui sont déjà invités\u00a0; une réponse «\u00a0n’adhère pas\u00a0» reste, sauf avec «\u00a0again\u00a0».',
    operationId: 'inviteBuyers',
  })
  @ApiOkResponse({ type: InvitedBuyersAnswer })
  invite(
    @CurrentCall() call: Call,
    @Param('groupId') groupId: string,
    @Body() asked: BuyersToInvite,
  ): Promise<InvitedBuyersAnswer> {
    return this.commands.run(call, async (tx, at) => {
      const trace = call.caller.require('group.members.invite', await this.groups.scope(tx, groupId));
      const buyerIds = await this.reading.asked(tx, asked);
      return this.memberships.invite(tx, trace, at, groupId, { buyerIds, again: asked.again ?? false });
    });
  }

  @Get(':buyerId')
  @Requires('group.read')
  @ApiOperation({ summary: 'Où en est un acheteur', operationId: 'getMember' })
  @ApiOkResponse({ type: MemberAnswer })
  async read(
    @CurrentCall() { caller }: Call,
    @Param('groupId') groupId: string,
    @Param('buyerId') buyerId: string,
  ): Promise<MemberAnswer> {
    const tx = this.dataSource.manager;
    caller.require('group.read', await this.groups.scope(tx, groupId));
    const member = await this.reading.member(tx, caller, { groupId, buyerId });
    if (!member) throw new Refused('NOT_FOUND');
    return member;
  }

  @Post(':buyerId/joining')
  @HttpCode(200)
  @Requires('group.membership.decide')
  @ApiOperation({
    summary: 'Adhérer',
    description:
      'Avec la délibération\u00a0; un EPCI, aussi par décision de son président ou sa présidente, par délégation. Par l’acheteur, ou par le coordonnateur sur pièce.',
    operationId: 'joinGroup',
  })
  @ApiOkResponse({ type: MemberAnswer })
  join(
    @CurrentCall() call: Call,
    @Param('groupId') groupId: string,
    @Param('buyerId') buyerId: string,
    @Body() request: DecisionRequest,
  ): Promise<MemberAnswer> {
    return this.commands.run(call, async (tx, at) => {
      const place = { groupId, buyerId };
      const trace = await this.groups.requireOnMember(tx, call.caller, 'group.membership.decide', place);
      await this.memberships.join(tx, trace, at, place, decisionOf(request));
      return (await this.reading.member(tx, call.caller, place))!;
    });
  }

  @Put(':buyerId/decision')
  @Requires('group.membership.decide')
  @ApiOperation({
    summary: 'Corriger la décision d’un membre',
    description: 'Ou l’enregistrer, pour un membre qui a adhéré sans la dire.',
    operationId: 'recordDecision',
  })
  @ApiOkResponse({ type: MemberAnswer })
  recordDecision(
    @CurrentCall() call: Call,
    @Param('groupId') groupId: string,
    @Param('buyerId') buyerId: string,
    @IfMatch() version: number,
    @Body() request: DecisionRequest,
  ): Promise<MemberAnswer> {
    return this.commands.run(call, async (tx, at) => {
      const place = { groupId, buyerId };
      const trace = await this.groups.requireOnMember(tx, call.caller, 'group.membership.decide', place);
      await this.memberships.recordDecision(tx, trace, at, { ...place, version }, decisionOf(request));
      return (await this.reading.member(tx, call.caller, place))!;
    });
  }
}

const decisionOf = ({ decisionKind, resolutionOn, resolutionNumber }: DecisionRequest): Decision => ({
  kind: decisionKind,
  on: resolutionOn,
  number: resolutionNumber,
});
