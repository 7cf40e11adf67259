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
import { TokenRequest } from './accounts.dto.js';
import { AccountsQueries } from './accounts.queries.js';
import { CreatedToken, TokenList } from './answers.dto.js';
import { personOf } from './me.controller.js';
import { TokensService } from './tokens.service.js';

@ApiTags('jetons')
@Controller('me/tokens')
export class TokensController {
  constructor(
    private readonly dataSource: DataSource,
    private readonly commands: Commands,
    private readonly queries: AccountsQueries,
    private readonly tokens: TokensService,
  ) {}

  @Get()
  @Requires('account.self')
  @ApiOperation({ summary: 'Mes jetons', operationId: 'listMyTokens' })
  @ApiOkResponse({ type: TokenList })
  async list(@CurrentCall() { caller }: Call): Promise<TokenList> {
    const personId = personOf(caller);
    caller.require('account.self', { personId });
    return { items: await this.queries.tokens(this.dataSource.manager, personId) };
  }

  @Post()
  @Requires('account.secure')
  @ApiOperation({
    summary: 'Créer un jeton',
    description:
      'Le jeton est montré une seule fois. Il demande une session\u00a0: un jeton n’en crée pas d’autre.',
    operationId: 'createMyToken',
  })
  @ApiCreatedResponse({ type: CreatedToken })
  create(@CurrentCall() call: Call, @Body() request: TokenRequest): Promise<CreatedToken> {
    const personId = personOf(call.caller);
    const { groupId = null, buyerId = null, ...rest } = request;
    return this.commands.run(call, (tx, at) =>
      this.tokens.create(tx, call.caller, at, personId, { ...rest, groupId, buyerId }),
    );
  }

  @Delete(':tokenId')
  @HttpCode(204)
  @Requires('account.secure')
  @ApiOperation({ summary: 'Révoquer un jeton', operationId: 'revokeMyToken' })
  @ApiNoContentResponse({ description: 'Jeton révoqué\u00a0: il est refusé dès maintenant.' })
  revoke(@CurrentCall() call: Call, @Param('tokenId') tokenId: string): Promise<void> {
    const personId = personOf(call.caller);
    return this.commands.run(call, (tx, at) => this.tokens.revoke(tx, call.caller, at, personId, tokenId));
  }
}
