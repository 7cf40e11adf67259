import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { EntityManager } from 'typeorm';
import { type Call, CurrentCall } from '../platform/access/call.js';
import type { PermissionKey } from '../platform/access/permission-key.js';
import { Requires } from '../platform/access/requires.js';
import { Commands } from '../platform/http/commands.js';
import type { Trace } from '../platform/journal/trace.js';
import { GroupReadingService } from '../groups/group-reading.service.js';
import {
  LeavingRequest,
  MemberAnswer,
  RenunciationAnswer,
  RenunciationRequest,
  TransmissionRequest,
} from './members.dto.js';
import { MembersReadingService } from './members-reading.service.js';
import { RENUNCIATION_WARNING } from '../groups/membership.rules.js';
import { MembershipService, type Place } from './membership.service.js';
import { RenunciationService } from './renunciation.service.js';

/** What a buyer does about its own membership, or the coordinator records for it on paper. */
@ApiTags('groupements')
@Controller('groups/:groupId/members/:buyerId')
export class MemberActsController {
  constructor(
    private readonly commands: Commands,
    private readonly groups: GroupReadingService,
    private readonly reading: MembersReadingService,
    private readonly memberships: MembershipService,
    private readonly renunciations: RenunciationService,
  ) {}

  @Post('interest')
  @HttpCode(200)
  @Requires('group.membership.prepare')
  @ApiOperation({
    summary: 'Signaler son intérêt',
    description: 'N’engage à rien\u00a0: on n’adhère que par une décision.',
    operationId: 'showInterest',
  })
  @ApiOkResponse({ type: MemberAnswer })
  showInterest(
    @CurrentCall() call: Call,
    @Param('groupId') groupId: string,
    @Param('buyerId') buyerId: string,
  ): Promise<MemberAnswer> {
    return this.run(call, 'group.membership.prepare', { groupId, buyerId }, (tx, trace, at, place) =>
      this.memberships.showInterest(tx, trace, at, place),
    );
  }

  @Post('transmission')
  @HttpCode(200)
  @Requires('group.membership.prepare')
  @ApiOperation({
    summary: 'Enregistrer la transmission en préfecture',
    description: 'De la décision d’adhérer, et sa date exécutoire. Redemandé, corrige.',
    operationId: 'recordTransmission',
  })
  @ApiOkResponse({ type: MemberAnswer })
  recordTransmission(
    @CurrentCall() call: Call,
    @Param('groupId') groupId: string,
    @Param('buyerId') buyerId: string,
    @Body() transmission: TransmissionRequest,
  ): Promise<MemberAnswer> {
    return this.run(call, 'group.membership.prepare', { groupId, buyerId }, (tx, trace, at, place) =>
      this.memberships.recordTransmission(tx, trace, at, place, transmission),
    );
  }

  @Post('refusal')
  @HttpCode(200)
  @Requires('group.membership.decide')
  @ApiOperation({
    summary: 'Répondre que l’on n’adhère pas',
    description: 'Le motif est facultatif.',
    operationId: 'declineGroup',
  })
  @ApiOkResponse({ type: MemberAnswer })
  decline(
    @CurrentCall() call: Call,
    @Param('groupId') groupId: string,
    @Param('buyerId') buyerId: string,
    @Body() { reason }: LeavingRequest,
  ): Promise<MemberAnswer> {
    return this.run(call, 'group.membership.decide', { groupId, buyerId }, (tx, trace, at, place) =>
      this.memberships.decline(tx, trace, at, place, reason ?? null),
    );
  }

  @Post('withdrawal')
  @HttpCode(200)
  @Requires('group.membership.decide')
  @ApiOperation({
    summary: 'Se retirer',
    description:
      'Libre, tant qu’aucune consultation n’est lancée avec ce membre\u00a0; ensuite, y renoncer d’abord.',
    operationId: 'withdrawFromGroup',
  })
  @ApiOkResponse({ type: MemberAnswer })
  withdraw(
    @CurrentCall() call: Call,
    @Param('groupId') groupId: string,
    @Param('buyerId') buyerId: string,
    @Body() { reason }: LeavingRequest,
  ): Promise<MemberAnswer> {
    return this.run(call, 'group.membership.decide', { groupId, buyerId }, (tx, trace, at, place) =>
      this.memberships.withdraw(tx, trace, at, place, reason ?? null),
    );
  }

  @Post('renunciations')
  @HttpCode(200)
  @Requires('group.membership.decide')
  @ApiOperation({
    summary: 'Renoncer à une consultation lancée',
    description:
      'Pour un motif d’intérêt général, par délibération. L’indemnisation du titulaire peut être due.',
    operationId: 'renounceConsultation',
  })
  @ApiOkResponse({ type: RenunciationAnswer })
  async renounce(
    @CurrentCall() call: Call,
    @Param('groupId') groupId: string,
    @Param('buyerId') buyerId: string,
    @Body() request: RenunciationRequest,
  ): Promise<RenunciationAnswer> {
    const member = await this.run(
      call,
      'group.membership.decide',
      { groupId, buyerId },
      (tx, trace, at, place) => this.renunciations.renounce(tx, trace, at, place, request),
    );
    return { consultationId: request.consultationId, warning: RENUNCIATION_WARNING, member };
  }

  /** Asserts the right on that buyer in that group, acts, and tells where the buyer then stands. */
  private run(
    call: Call,
    key: PermissionKey,
    place: Place,
    act: (tx: EntityManager, trace: Trace, at: Date, place: Place) => Promise<void>,
  ): Promise<MemberAnswer> {
    return this.commands.run(call, async (tx, at) => {
      await act(tx, await this.groups.requireOnMember(tx, call.caller, key, place), at, place);
      return (await this.reading.member(tx, call.caller, place))!;
    });
  }
}
