import { Body, Controller, Delete, Get, HttpCode, Param, Post } from '@nestjs/common';
import {
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import { DataSource } from 'typeorm';
import { type Call, CurrentCall } from '../platform/access/call.js';
import { Requires } from '../platform/access/requires.js';
import { Commands } from '../platform/http/commands.js';
import { ContestRequest, InvitationRequest, MandateRequest } from './accounts.dto.js';
import { AccountsQueries } from './accounts.queries.js';
import { Created, InvitationList, RoleList } from './answers.dto.js';
import { InvitationsService } from './invitations.service.js';
import { RolesService } from './roles.service.js';

/** Who acts for a buyer: roles, invitations, mandates. */
@ApiTags('acheteurs')
@Controller('buyers/:buyerId')
export class BuyerPeopleController {
  constructor(
    private readonly dataSource: DataSource,
    private readonly commands: Commands,
    private readonly queries: AccountsQueries,
    private readonly invitations: InvitationsService,
    private readonly roles: RolesService,
  ) {}

  @Get('roles')
  @Requires('buyer.people.read')
  @ApiOperation({ summary: 'Qui agit pour un acheteur, mandats compris', operationId: 'listBuyerRoles' })
  @ApiOkResponse({ type: RoleList })
  async listRoles(@CurrentCall() { caller }: Call, @Param('buyerId') buyerId: string): Promise<RoleList> {
    caller.require('buyer.people.read', { buyerIds: [buyerId] });
    return { items: await this.queries.rolesOnBuyer(this.dataSource.manager, buyerId) };
  }

  @Delete('roles/:roleId')
  @HttpCode(204)
  @Requires('buyer.people.invite')
  @ApiOperation({ summary: 'Retirer un rôle', operationId: 'revokeBuyerRole' })
  @ApiNoContentResponse({ description: 'Rôle retiré.' })
  revokeRole(
    @CurrentCall() call: Call,
    @Param('buyerId') buyerId: string,
    @Param('roleId') roleId: string,
  ): Promise<void> {
    return this.commands.run(call, (tx, at) =>
      this.roles.revokeOnBuyer(tx, call.caller, at, buyerId, roleId),
    );
  }

  @Get('invitations')
  @Requires('buyer.people.read')
  @ApiOperation({ summary: 'Invitations à agir pour un acheteur', operationId: 'listBuyerInvitations' })
  @ApiOkResponse({ type: InvitationList })
  async listInvitations(
    @CurrentCall() { caller }: Call,
    @Param('buyerId') buyerId: string,
  ): Promise<InvitationList> {
    caller.require('buyer.people.read', { buyerIds: [buyerId] });
    return { items: await this.queries.invitationsOnBuyer(this.dataSource.manager, buyerId) };
  }

  @Post('invitations')
  @Requires('buyer.people.invite')
  @ApiOperation({
    summary: 'Inviter quelqu’un à agir pour un acheteur',
    description: 'La personne reçoit un courriel, avec un lien qui vaut une fois.',
    operationId: 'inviteForBuyer',
  })
  @ApiCreatedResponse({ type: Created })
  invite(
    @CurrentCall() call: Call,
    @Param('buyerId') buyerId: string,
    @Body() person: InvitationRequest,
  ): Promise<Created> {
    return this.commands.run(call, async (tx, at) => ({
      id: await this.invitations.inviteForBuyer(tx, call.caller, at, buyerId, person),
    }));
  }

  @Delete('invitations/:invitationId')
  @HttpCode(204)
  @Requires('buyer.people.invite')
  @ApiOperation({ summary: 'Révoquer une invitation', operationId: 'revokeBuyerInvitation' })
  @ApiNoContentResponse({ description: 'Invitation révoquée\u00a0; sans effet si elle a servi.' })
  revokeInvitation(
    @CurrentCall() call: Call,
    @Param('buyerId') buyerId: string,
    @Param('invitationId') invitationId: string,
  ): Promise<void> {
    return this.commands.run(call, (tx, at) =>
      this.invitations.revokeOnBuyer(tx, call.caller, at, buyerId, invitationId),
    );
  }

  @Post('mandates')
  @Requires('buyer.mandate.give')
  @ApiOperation({
    summary: 'Donner mandat de saisir pour un acheteur',
    description: 'Le délégataire saisit au nom de l’acheteur, du premier au dernier jour du mandat.',
    operationId: 'giveMandate',
  })
  @ApiCreatedResponse({ type: Created })
  giveMandate(
    @CurrentCall() call: Call,
    @Param('buyerId') buyerId: string,
    @Body() terms: MandateRequest,
  ): Promise<Created> {
    return this.commands.run(call, async (tx, at) => ({
      id: await this.roles.giveMandate(tx, call.caller, at, buyerId, terms),
    }));
  }

  @Delete('mandates/:mandateId')
  @HttpCode(204)
  @Requires('buyer.mandate.give')
  @ApiOperation({ summary: 'Retirer un mandat', operationId: 'revokeMandate' })
  @ApiNoContentResponse({ description: 'Mandat retiré.' })
  revokeMandate(
    @CurrentCall() call: Call,
    @Param('buyerId') buyerId: string,
    @Param('mandateId') mandateId: string,
  ): Promise<void> {
    return this.commands.run(call, (tx, at) =>
      this.roles.revokeMandate(tx, call.caller, at, buyerId, mandateId),
    );
  }

  @Post('mandates/:mandateId/contestation')
  @HttpCode(204)
  @Requires('buyer.mandate.contest')
  @ApiOperation({
    summary: 'Contester un mandat',
    description: 'Le mandat ne donne plus aucun droit. Ce qui a été fait sous lui reste au journal.',
    operationId: 'contestMandate',
  })
  @ApiNoContentResponse({ description: 'Mandat contesté.' })
  contestMandate(
    @CurrentCall() call: Call,
    @Param('buyerId') buyerId: string,
    @Param('mandateId') mandateId: string,
    @Body() { reason }: ContestRequest,
  ): Promise<void> {
    return this.commands.run(call, (tx, at) =>
      this.roles.contestMandate(tx, call.caller, at, buyerId, mandateId, reason),
    );
  }
}
