import { createHash } from 'node:crypto';
import { Body, Controller, Delete, Get, HttpCode, Param, Post, Req, Res } from '@nestjs/common';
import {
  ApiAcceptedResponse,
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { DataSource } from 'typeorm';
import { type Call, CurrentCall } from '../platform/access/call.js';
import { Public, Requires } from '../platform/access/requires.js';
import { Clock } from '../platform/clock/clock.js';
import { RateLimit } from '../platform/http/rate-limit.js';
import { ApiRefusals } from '../platform/http/api-operations.js';
import { LinkUse, PasswordSignIn, SignInLinkRequest } from './accounts.dto.js';
import { LinkAnswer, LinkUseAnswer, SessionAnswer, SignInLinkAnswer } from './answers.dto.js';
import { LinkUseService } from './link-use.service.js';
import { personOf } from './me.controller.js';
import { OneTimeLinksService } from './one-time-links.service.js';
import { PeopleService } from './people.service.js';
import { endSession, openSession } from './sessions.js';

type NumberedRequest = Request & { id?: string };

@ApiTags('connexion')
@Controller()
export class SessionsController {
  constructor(
    private readonly dataSource: DataSource,
    private readonly clock: Clock,
    private readonly people: PeopleService,
    private readonly links: OneTimeLinksService,
    private readonly uses: LinkUseService,
    private readonly limit: RateLimit,
  ) {}

  @Post('sessions')
  @Public('it is how one gets in: by address and password')
  @ApiOperation({
    summary: 'Se connecter avec un mot de passe',
    description: 'Ouvre une session, portée par un témoin de connexion (cookie).',
    operationId: 'signIn',
  })
  @ApiCreatedResponse({ type: SessionAnswer })
  @ApiRefusals(401)
  async signIn(
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
    @Body() { email, password }: PasswordSignIn,
  ): Promise<SessionAnswer> {
    // By account too: guesses may come from many addresses. Its hash, for the count is no place for an address.
    const account = createHash('sha256').update(email.toLowerCase()).digest('hex');
    await this.limit.check(`account:${account}`, 'sign-in', response);
    const personId = await this.people.byPassword(this.dataSource.manager, email, password);
    await openSession(request, personId, this.clock.now());
    return { personId };
  }

  @Delete('session')
  @HttpCode(204)
  @Requires('account.secure')
  @ApiOperation({ summary: 'Se déconnecter', operationId: 'signOut' })
  @ApiNoContentResponse({ description: 'Session fermée.' })
  async signOut(@CurrentCall() { caller, request, response }: Call): Promise<void> {
    caller.require('account.secure', { personId: personOf(caller) });
    await endSession(request, response);
  }

  @Post('sign-in-links')
  @HttpCode(202)
  @Public('it is how one gets in: by a link mailed to the address')
  @ApiOperation({ summary: 'Demander un lien de connexion', operationId: 'requestSignInLink' })
  @ApiAcceptedResponse({ type: SignInLinkAnswer })
  async requestLink(@Body() { email }: SignInLinkRequest): Promise<SignInLinkAnswer> {
    await this.dataSource.transaction((tx) => this.links.requestSignIn(tx, this.clock.now(), email));
    return { message: 'Si cette adresse a un compte, un lien de connexion vient de lui être envoyé.' };
  }

  @Get('one-time-links/:secret')
  @Public('the secret in the address stands for an account')
  @ApiOperation({
    summary: 'Lire ce que vaut un lien à usage unique',
    description: 'Ne l’use jamais\u00a0: les messageries ouvrent les liens pour les vérifier.',
    operationId: 'getOneTimeLink',
  })
  @ApiOkResponse({ type: LinkAnswer })
  @ApiRefusals(410)
  async describe(@Param('secret') secret: string): Promise<LinkAnswer> {
    const link = await this.uses.describe(this.dataSource.manager, this.clock.now(), secret);
    const needed = [link.createsAccount ? 'votre nom' : null, link.email === null ? 'votre adresse' : null];
    const words = needed.filter((word) => word !== null).join(' et ');
    return {
      ...link,
      next: `POST sur cette adresse suivie de /session${words === '' ? '' : `, avec ${words}`}.`,
    };
  }

  @Post('one-time-links/:secret/session')
  @Public('the secret in the address stands for an account')
  @ApiOperation({
    summary: 'Utiliser un lien à usage unique',
    description:
      'Crée le compte s’il n’existe pas et ouvre une session ; donne le rôle proposé. Une invitation à qui a déjà un compte ne connecte pas.',
    operationId: 'useOneTimeLink',
  })
  @ApiRefusals(410)
  @ApiCreatedResponse({ type: LinkUseAnswer })
  async use(
    @Req() request: NumberedRequest,
    @Param('secret') secret: string,
    @Body() answer: LinkUse,
  ): Promise<LinkUseAnswer> {
    const entry = { channel: 'api', requestId: request.id ?? null } as const;
    const { personId, opens } = await this.dataSource.transaction((tx) =>
      this.uses.use(tx, entry, this.clock.now(), secret, answer),
    );
    if (opens) await openSession(request, personId, this.clock.now());
    return { personId, signedIn: opens };
  }
}
