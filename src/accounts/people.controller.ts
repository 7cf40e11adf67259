import { Body, Controller, Get, Param, Post, HttpCode, Query } from '@nestjs/common';
import {
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import { isUUID } from 'class-validator';
import { DataSource } from 'typeorm';
import { type Call, CurrentCall } from '../platform/access/call.js';
import { Requires } from '../platform/access/requires.js';
import { Commands } from '../platform/http/commands.js';
import { cursorOf, pageOf, PageQuery } from '../platform/http/pages.js';
import { Refused } from '../platform/refusals/refused.js';
import { InvitedAdministrator } from './accounts.dto.js';
import { AccountsQueries } from './accounts.queries.js';
import { Created, MyAccount, PersonPage } from './answers.dto.js';
import { InvitationsService } from './invitations.service.js';
import { PeopleService } from './people.service.js';

@ApiTags('comptes')
@Controller()
export class PeopleController {
  constructor(
    private readonly dataSource: DataSource,
    private readonly commands: Commands,
    private readonly queries: AccountsQueries,
    private readonly people: PeopleService,
    private readonly invitations: InvitationsService,
  ) {}

  @Get('people')
  @Requires('person.list')
  @ApiOperation({ summary: 'Les personnes', operationId: 'listPeople' })
  @ApiOkResponse({ type: PersonPage })
  async list(@CurrentCall() call: Call, @Query() query: PageQuery): Promise<PersonPage> {
    call.caller.require('person.list', {});
    const [after = null] = cursorOf(query) ?? [];
    if (after !== null && !isUUID(after)) throw new Refused('MALFORMED_CURSOR');
    const rows = await this.queries.people(
      this.dataSource.manager,
      after === null ? null : String(after),
      query.limit + 1,
    );
    return pageOf(call, query, rows, (person) => [person.id]);
  }

  @Get('people/:personId')
  @Requires('person.read')
  @ApiOperation({ summary: 'Une personne et ses rôles', operationId: 'getPerson' })
  @ApiOkResponse({ type: MyAccount })
  async read(@CurrentCall() { caller }: Call, @Param('personId') personId: string): Promise<MyAccount> {
    caller.require('person.read', { personId });
    const tx = this.dataSource.manager;
    const person = await this.queries.person(tx, personId);
    if (!person) throw new Refused('NOT_FOUND');
    return { ...person, roles: await this.queries.rolesOfPerson(tx, personId) };
  }

  @Post('people/:personId/closure')
  @HttpCode(204)
  @Requires('person.close')
  @ApiOperation({
    summary: 'Fermer un compte',
    description: 'Sessions, jetons et rôles finissent aussitôt. Ce qui a été fait reste au journal.',
    operationId: 'closeAccount',
  })
  @ApiNoContentResponse({ description: 'Compte fermé.' })
  close(@CurrentCall() call: Call, @Param('personId') personId: string): Promise<void> {
    return this.commands.run(call, (tx, at) => this.people.close(tx, call.caller, at, personId));
  }

  @Post('administrators/invitations')
  @Requires('administrator.invite')
  @ApiOperation({ summary: 'Inviter un administrateur', operationId: 'inviteAdministrator' })
  @ApiCreatedResponse({ type: Created })
  inviteAdministrator(@CurrentCall() call: Call, @Body() person: InvitedAdministrator): Promise<Created> {
    return this.commands.run(call, async (tx, at) => ({
      id: await this.invitations.inviteAdministrator(tx, call.caller, at, person),
    }));
  }
}
