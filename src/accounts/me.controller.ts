import { Body, Controller, Get, HttpCode, Patch, Put } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { DataSource } from 'typeorm';
import { type Call, CurrentCall } from '../platform/access/call.js';
import type { Caller } from '../platform/access/caller.js';
import { Requires } from '../platform/access/requires.js';
import { Commands } from '../platform/http/commands.js';
import { IfMatch } from '../platform/http/if-match.js';
import { Refused } from '../platform/refusals/refused.js';
import { PasswordRequest, PersonName } from './accounts.dto.js';
import { AccountsQueries } from './accounts.queries.js';
import { MyAccount, PersonAnswer } from './answers.dto.js';
import { PeopleService } from './people.service.js';

/** Whose account it is. @throws {Refused} NOT_FOUND for a reading link, which has none */
export function personOf(caller: Caller): string {
  if (caller.personId === null) throw new Refused('NOT_FOUND');
  return caller.personId;
}

@ApiTags('comptes')
@Controller('me')
export class MeController {
  constructor(
    private readonly dataSource: DataSource,
    private readonly commands: Commands,
    private readonly queries: AccountsQueries,
    private readonly people: PeopleService,
  ) {}

  @Get()
  @Requires('account.self')
  @ApiOperation({ summary: 'Mon compte et mes rôles', operationId: 'getMyAccount' })
  @ApiOkResponse({ type: MyAccount })
  async read(@CurrentCall() { caller }: Call): Promise<MyAccount> {
    const personId = personOf(caller);
    caller.require('account.self', { personId });
    const tx = this.dataSource.manager;
    const person = (await this.queries.person(tx, personId))!;
    return { ...person, roles: await this.queries.rolesOfPerson(tx, personId) };
  }

  @Patch()
  @Requires('account.self')
  @ApiOperation({ summary: 'Changer mon nom', operationId: 'renameMyself' })
  @ApiOkResponse({ type: PersonAnswer })
  rename(
    @CurrentCall() call: Call,
    @IfMatch() version: number,
    @Body() { name }: PersonName,
  ): Promise<PersonAnswer> {
    const personId = personOf(call.caller);
    return this.commands.run(call, (tx, at) =>
      this.people.rename(tx, call.caller, at, personId, version, name),
    );
  }

  @Put('password')
  @HttpCode(204)
  @Requires('account.secure')
  @ApiOperation({
    summary: 'Choisir mon mot de passe',
    description:
      'Ferme les autres sessions. Facultatif\u00a0: un lien reçu par courriel suffit pour se connecter.',
    operationId: 'chooseMyPassword',
  })
  @ApiNoContentResponse({ description: 'Mot de passe enregistré.' })
  choosePassword(@CurrentCall() call: Call, @Body() { password }: PasswordRequest): Promise<void> {
    const personId = personOf(call.caller);
    return this.commands.run(call, (tx, at) =>
      this.people.choosePassword(tx, call.caller, at, personId, password, call.request.sessionID),
    );
  }
}
