import { Body, Controller, Get, HttpCode, Param, ParseIntPipe, Post, Query } from '@nestjs/common';
import {
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiParam,
  ApiTags,
} from '@nestjs/swagger';
import { DataSource } from 'typeorm';
import { type Call, CurrentCall } from '../platform/access/call.js';
import { Requires } from '../platform/access/requires.js';
import { Commands } from '../platform/http/commands.js';
import { Refused } from '../platform/refusals/refused.js';
import { DifferencesAnswer, VersionAnswer, VersionList } from './answers.dto.js';
import { DecisionRequest, DifferencesQuery, ReasonRequest, TransmissionRequest } from './campaign.dto.js';
import { DeclarationAccess, type DeclarationPlace } from './declaration-access.service.js';
import { describeVersion } from './declaration-answers.js';
import { DeclarationsQueries, type VersionRow } from './declarations.queries.js';
import { VersionsQueries } from './versions.queries.js';
import { VersionsService } from './versions.service.js';
import type { EntityManager } from 'typeorm';
import type { PermissionKey } from '../platform/access/permission-key.js';

const NUMBER = ApiParam({
  name: 'number',
  description: 'Numéro de la version.',
  schema: { type: 'integer' },
  example: 1,
});
const Number_ = (): ParameterDecorator =>
  Param('number', new ParseIntPipe({ exceptionFactory: () => new Refused('NOT_FOUND') }));

/** What members transmit, and what is said of it afterwards. */
@ApiTags('besoins')
@Controller('consultations/:consultationId/declarations/:buyerId')
export class VersionsController {
  constructor(
    private readonly dataSource: DataSource,
    private readonly commands: Commands,
    private readonly access: DeclarationAccess,
    private readonly declarations: DeclarationsQueries,
    private readonly queries: VersionsQueries,
    private readonly versions: VersionsService,
  ) {}

  @Post('versions')
  @Requires('needs.submit')
  @ApiOperation({
    summary: 'Transmettre la déclaration',
    description:
      'Dans les temps, elle compte aussitôt, sauf si le groupement demande une validation. Après l’échéance, seulement dans une déclaration rectifiée ouverte, et si le coordonnateur l’accepte.',
    operationId: 'transmitDeclaration',
  })
  @ApiCreatedResponse({ type: VersionAnswer })
  transmit(
    @CurrentCall() call: Call,
    @Param('consultationId') consultationId: string,
    @Param('buyerId') buyerId: string,
    @Body() { attested }: TransmissionRequest,
  ): Promise<VersionAnswer> {
    return this.run(call, 'needs.submit', consultationId, buyerId, (tx, place) =>
      this.versions.transmit(tx, place, attested),
    );
  }

  @Get('versions')
  @Requires('needs.read')
  @ApiOperation({ summary: 'Les versions transmises', operationId: 'listVersions' })
  @ApiOkResponse({ type: VersionList })
  async list(
    @CurrentCall() { caller }: Call,
    @Param('consultationId') consultationId: string,
    @Param('buyerId') buyerId: string,
  ): Promise<VersionList> {
    const tx = this.dataSource.manager;
    await this.access.ofMember(tx, caller, 'needs.read', consultationId, buyerId);
    return { versions: (await this.declarations.versions(tx, consultationId, buyerId)).map(describeVersion) };
  }

  @Get('versions/:number/differences')
  @Requires('needs.read')
  @NUMBER
  @ApiOperation({
    summary: 'Ce qu’une version change, ligne à ligne',
    description: 'Par rapport à celle d’avant, ou à une autre.',
    operationId: 'compareVersions',
  })
  @ApiOkResponse({ type: DifferencesAnswer })
  async differences(
    @CurrentCall() { caller }: Call,
    @Param('consultationId') consultationId: string,
    @Param('buyerId') buyerId: string,
    @Number_() number: number,
    @Query() { since }: DifferencesQuery,
  ): Promise<DifferencesAnswer> {
    const tx = this.dataSource.manager;
    await this.access.ofMember(tx, caller, 'needs.read', consultationId, buyerId);
    const numbers = (await this.declarations.versions(tx, consultationId, buyerId)).map((one) => one.number);
    const other = since === undefined ? (number === 1 ? null : number - 1) : parseInt(since, 10);
    if (!numbers.includes(number) || (other !== null && !numbers.includes(other)))
      throw new Refused('NOT_FOUND');
    return { lines: await this.queries.differences(tx, consultationId, buyerId, other, number) };
  }

  @Post('rectification')
  @HttpCode(204)
  @Requires('needs.submit')
  @ApiOperation({
    summary: 'Ouvrir une déclaration rectifiée ou tardive',
    description: 'Après l’échéance, en disant pourquoi\u00a0: elle peut alors être saisie et transmise.',
    operationId: 'openRectification',
  })
  @ApiNoContentResponse({ description: 'Ouverte.' })
  rectify(
    @CurrentCall() call: Call,
    @Param('consultationId') consultationId: string,
    @Param('buyerId') buyerId: string,
    @Body() { reason }: ReasonRequest,
  ): Promise<void> {
    return this.commands.run(call, async (tx) => {
      const place = await this.access.ofMember(tx, call.caller, 'needs.submit', consultationId, buyerId);
      await this.versions.rectify(tx, place, reason);
    });
  }

  @Post('versions/:number/validation')
  @HttpCode(200)
  @Requires('needs.validate')
  @NUMBER
  @ApiOperation({ summary: 'Valider une version', operationId: 'validateVersion' })
  @ApiOkResponse({ type: VersionAnswer })
  validate(
    @CurrentCall() call: Call,
    @Param('consultationId') consultationId: string,
    @Param('buyerId') buyerId: string,
    @Number_() number: number,
  ): Promise<VersionAnswer> {
    return this.run(call, 'needs.validate', consultationId, buyerId, (tx, place) =>
      this.versions.validate(tx, place, number),
    );
  }

  @Post('versions/:number/contest')
  @HttpCode(200)
  @Requires('needs.validate')
  @NUMBER
  @ApiOperation({
    summary: 'Contester une version transmise au nom de la commune',
    description:
      'Plus rien n’en compte, jusqu’à une nouvelle transmission. Impossible une fois la consultation publiée.',
    operationId: 'contestVersion',
  })
  @ApiOkResponse({ type: VersionAnswer })
  contest(
    @CurrentCall() call: Call,
    @Param('consultationId') consultationId: string,
    @Param('buyerId') buyerId: string,
    @Number_() number: number,
    @Body() { reason }: ReasonRequest,
  ): Promise<VersionAnswer> {
    return this.run(call, 'needs.validate', consultationId, buyerId, (tx, place) =>
      this.versions.contest(tx, place, number, reason),
    );
  }

  @Post('versions/:number/decision')
  @HttpCode(200)
  @Requires('needs.conduct')
  @NUMBER
  @ApiOperation({
    summary: 'Accepter ou refuser une déclaration tardive ou rectifiée',
    operationId: 'decideVersion',
  })
  @ApiOkResponse({ type: VersionAnswer })
  decide(
    @CurrentCall() call: Call,
    @Param('consultationId') consultationId: string,
    @Param('buyerId') buyerId: string,
    @Number_() number: number,
    @Body() { accepted, reason }: DecisionRequest,
  ): Promise<VersionAnswer> {
    return this.run(call, 'needs.conduct', consultationId, buyerId, (tx, place) =>
      this.versions.decide(tx, place, number, accepted, reason),
    );
  }

  private run(
    call: Call,
    key: PermissionKey,
    consultationId: string,
    buyerId: string,
    work: (tx: EntityManager, place: DeclarationPlace) => Promise<VersionRow>,
  ): Promise<VersionAnswer> {
    return this.commands.run(call, async (tx) =>
      describeVersion(
        await work(tx, await this.access.ofMember(tx, call.caller, key, consultationId, buyerId)),
      ),
    );
  }
}
