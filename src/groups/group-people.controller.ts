import { Body, Controller, Delete, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import {
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import { DataSource } from 'typeorm';
import { GroupInvitationRequest, ReadingLinkRequest } from '../accounts/accounts.dto.js';
import { AccountsQueries } from '../accounts/accounts.queries.js';
import {
  Created,
  CreatedReadingLink,
  InvitationList,
  ReadingLinkList,
  RoleList,
} from '../accounts/answers.dto.js';
import { InvitationsService } from '../accounts/invitations.service.js';
import { JournalPageAnswer } from '../accounts/journal.dto.js';
import { JournalReadingService } from '../accounts/journal-reading.service.js';
import { ReadingLinksService } from '../accounts/reading-links.service.js';
import { RolesService } from '../accounts/roles.service.js';
import { type Call, CurrentCall } from '../platform/access/call.js';
import { Requires } from '../platform/access/requires.js';
import { Commands } from '../platform/http/commands.js';
import { PageQuery } from '../platform/http/pages.js';
import { GroupReadingService } from './group-reading.service.js';

/** Who acts in a group, who reads it, and what was done in it. */
@ApiTags('groupements')
@Controller('groups/:groupId')
export class GroupPeopleController {
  constructor(
    private readonly dataSource: DataSource,
    private readonly commands: Commands,
    private readonly groups: GroupReadingService,
    private readonly queries: AccountsQueries,
    private readonly invitations: InvitationsService,
    private readonly roles: RolesService,
    private readonly links: ReadingLinksService,
    private readonly reading: JournalReadingService,
  ) {}

  @Get('roles')
  @Requires('group.people.read')
  @ApiOperation({ summary: 'Qui agit dans un groupement', operationId: 'listGroupRoles' })
  @ApiOkResponse({ type: RoleList })
  async listRoles(@CurrentCall() { caller }: Call, @Param('groupId') groupId: string): Promise<RoleList> {
    const tx = this.dataSource.manager;
    caller.require('group.people.read', await this.groups.scope(tx, groupId));
    return { items: await this.queries.rolesOnGroup(tx, groupId) };
  }

  @Delete('roles/:roleId')
  @HttpCode(204)
  @Requires('group.people.invite')
  @ApiOperation({ summary: 'Retirer un rôle dans un groupement', operationId: 'revokeGroupRole' })
  @ApiNoContentResponse({ description: 'Rôle retiré.' })
  revokeRole(
    @CurrentCall() call: Call,
    @Param('groupId') groupId: string,
    @Param('roleId') roleId: string,
  ): Promise<void> {
    return this.commands.run(call, async (tx, at) => {
      const trace = call.caller.require('group.people.invite', await this.groups.scope(tx, groupId));
      await this.roles.revokeOnGroup(tx, trace, at, groupId, roleId);
    });
  }

  @Get('invitations')
  @Requires('group.people.read')
  @ApiOperation({ summary: 'Invitations à agir dans un groupement', operationId: 'listGroupInvitations' })
  @ApiOkResponse({ type: InvitationList })
  async listInvitations(
    @CurrentCall() { caller }: Call,
    @Param('groupId') groupId: string,
  ): Promise<InvitationList> {
    const tx = this.dataSource.manager;
    caller.require('group.people.read', await this.groups.scope(tx, groupId));
    return { items: await this.queries.invitationsOnGroup(tx, groupId) };
  }

  @Post('invitations')
  @Requires('group.people.invite')
  @ApiOperation({
    summary: 'Inviter quelqu’un à agir dans un groupement, ou la première personne d’un membre',
    description:
      'Avec buyerId\u00a0: une secrétaire ou un valideur de ce membre, tant qu’il n’a personne qui valide en son nom. Ensuite, il invite lui-même.',
    operationId: 'inviteForGroup',
  })
  @ApiCreatedResponse({ type: Created })
  invite(
    @CurrentCall() call: Call,
    @Param('groupId') groupId: string,
    @Body() { buyerId, ...person }: GroupInvitationRequest,
  ): Promise<Created> {
    return this.commands.run(call, async (tx, at) => {
      const group = await this.groups.scope(tx, groupId);
      const id = await this.invitations.inviteForGroup(tx, call.caller, at, group, {
        ...person,
        buyerId: buyerId ?? null,
      });
      if (buyerId !== undefined) await this.groups.requireNotDeclined(tx, groupId, buyerId);
      return { id };
    });
  }

  @Delete('invitations/:invitationId')
  @HttpCode(204)
  @Requires('group.people.invite')
  @ApiOperation({
    summary: 'Révoquer une invitation dans un groupement',
    operationId: 'revokeGroupInvitation',
  })
  @ApiNoContentResponse({ description: 'Invitation révoquée\u00a0; sans effet si elle a servi.' })
  revokeInvitation(
    @CurrentCall() call: Call,
    @Param('groupId') groupId: string,
    @Param('invitationId') invitationId: string,
  ): Promise<void> {
    return this.commands.run(call, async (tx, at) => {
      const group = await this.groups.scope(tx, groupId);
      await this.invitations.revokeOnGroup(tx, call.caller, at, group, invitationId);
    });
  }

  @Get('reading-links')
  @Requires('group.reading-link.issue')
  @ApiOperation({ summary: 'Liens de lecture d’un groupement', operationId: 'listReadingLinks' })
  @ApiOkResponse({ type: ReadingLinkList })
  async listReadingLinks(
    @CurrentCall() { caller }: Call,
    @Param('groupId') groupId: string,
  ): Promise<ReadingLinkList> {
    const tx = this.dataSource.manager;
    caller.require('group.reading-link.issue', await this.groups.scope(tx, groupId));
    return { items: await this.queries.readingLinks(tx, groupId) };
  }

  @Post('reading-links')
  @Requires('group.reading-link.issue')
  @ApiOperation({
    summary: 'Créer un lien de lecture pour des élus',
    description: 'L’adresse est montrée une seule fois.',
    operationId: 'issueReadingLink',
  })
  @ApiCreatedResponse({ type: CreatedReadingLink })
  issueReadingLink(
    @CurrentCall() call: Call,
    @Param('groupId') groupId: string,
    @Body() request: ReadingLinkRequest,
  ): Promise<CreatedReadingLink> {
    return this.commands.run(call, async (tx, at) =>
      this.links.issue(tx, call.caller, at, await this.groups.scope(tx, groupId), request),
    );
  }

  @Delete('reading-links/:linkId')
  @HttpCode(204)
  @Requires('group.reading-link.issue')
  @ApiOperation({ summary: 'Révoquer un lien de lecture', operationId: 'revokeReadingLink' })
  @ApiNoContentResponse({ description: 'Lien révoqué\u00a0: il ne lit plus rien dès maintenant.' })
  revokeReadingLink(
    @CurrentCall() call: Call,
    @Param('groupId') groupId: string,
    @Param('linkId') linkId: string,
  ): Promise<void> {
    return this.commands.run(call, async (tx, at) =>
      this.links.revoke(tx, call.caller, at, await this.groups.scope(tx, groupId), linkId),
    );
  }

  @Get('journal')
  @Requires('group.journal.read')
  @ApiOperation({ summary: 'Le journal d’un groupement', operationId: 'listGroupJournal' })
  @ApiOkResponse({ type: JournalPageAnswer })
  async listJournal(
    @CurrentCall() call: Call,
    @Param('groupId') groupId: string,
    @Query() query: PageQuery,
  ): Promise<JournalPageAnswer> {
    call.caller.require('group.journal.read', await this.groups.scope(this.dataSource.manager, groupId));
    return this.reading.ofGroup(call, groupId, query);
  }
}
