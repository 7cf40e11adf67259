import { Body, Controller, Get, HttpCode, Param, type PipeTransform, Post } from '@nestjs/common';
import {
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiParam,
  ApiTags,
} from '@nestjs/swagger';
import { DataSource } from 'typeorm';
import { parisDate } from '../calendar/plain-date.js';
import { gravest } from '../law/check.js';
import { type Call, CurrentCall } from '../platform/access/call.js';
import { Requires } from '../platform/access/requires.js';
import { Clock } from '../platform/clock/clock.js';
import { Commands } from '../platform/http/commands.js';
import { Refused } from '../platform/refusals/refused.js';
import {
  AdoptedAnswer,
  AgreementAnswer,
  AgreementVersionRequest,
  LaunchReadinessAnswer,
  SignatureRequest,
} from './agreement.dto.js';
import { AgreementService } from './agreement.service.js';
import { GroupReadingService } from '../groups/group-reading.service.js';
import { launchReadiness, withoutNonSignatories } from './launch.rules.js';
import { MembersQueries } from './members.queries.js';

/** The number of a version in an address: what is none names nothing. */
class VersionNumber implements PipeTransform<string, number> {
  transform(text: string): number {
    if (!/^[1-9]\d{0,8}$/.test(text)) throw new Refused('NOT_FOUND');
    return Number(text);
  }
}

/** The agreement, who signed it, and whether the group may launch. */
@ApiTags('groupements')
@Controller('groups/:groupId')
export class AgreementController {
  constructor(
    private readonly dataSource: DataSource,
    private readonly clock: Clock,
    private readonly commands: Commands,
    private readonly groups: GroupReadingService,
    private readonly queries: MembersQueries,
    private readonly agreements: AgreementService,
  ) {}

  @Get('agreement')
  @Requires('group.read')
  @ApiOperation({
    summary: 'La convention constitutive et ses avenants',
    description: 'Qui a signé quelle version, et qui manque.',
    operationId: 'getAgreement',
  })
  @ApiOkResponse({ type: AgreementAnswer })
  async read(@CurrentCall() { caller }: Call, @Param('groupId') groupId: string): Promise<AgreementAnswer> {
    const tx = this.dataSource.manager;
    caller.require('group.read', await this.groups.scope(tx, groupId));
    return { versions: await this.queries.agreement(tx, groupId) };
  }

  @Post('agreement/versions')
  @Requires('group.agreement.write')
  @ApiOperation({
    summary: 'Enregistrer la convention, ou un avenant',
    description:
      'La première version est la convention\u00a0; les suivantes, ses avenants, que chaque membre signe aussi.',
    operationId: 'adoptAgreement',
  })
  @ApiCreatedResponse({ type: AdoptedAnswer })
  adopt(
    @CurrentCall() call: Call,
    @Param('groupId') groupId: string,
    @Body() { label, summary, adoptedOn }: AgreementVersionRequest,
  ): Promise<AdoptedAnswer> {
    return this.commands.run(call, async (tx, at) => {
      const trace = call.caller.require('group.agreement.write', await this.groups.scope(tx, groupId));
      const version = { label, summary: summary ?? '', adoptedOn };
      return { number: await this.agreements.adopt(tx, trace, at, groupId, version) };
    });
  }

  @Post('agreement/versions/:number/signatures/:buyerId')
  @HttpCode(204)
  @Requires('group.agreement.sign')
  @ApiParam({ name: 'number', type: 'integer', description: 'Numéro de la version.', example: 1 })
  @ApiOperation({
    summary: 'Enregistrer la signature d’un membre',
    description: 'Par le membre, ou par le coordonnateur sur l’exemplaire signé.',
    operationId: 'signAgreement',
  })
  @ApiNoContentResponse({ description: 'Signature enregistrée.' })
  sign(
    @CurrentCall() call: Call,
    @Param('groupId') groupId: string,
    @Param('number', VersionNumber) versionNumber: number,
    @Param('buyerId') buyerId: string,
    @Body() { signedOn, signatoryName, signatoryCapacity }: SignatureRequest,
  ): Promise<void> {
    return this.commands.run(call, async (tx, at) => {
      const place = { groupId, buyerId };
      const trace = await this.groups.requireOnMember(tx, call.caller, 'group.agreement.sign', place);
      await this.agreements.sign(tx, trace, at, place, {
        versionNumber,
        signedOn,
        signatoryName,
        signatoryCapacity,
      });
    });
  }

  @Get('launch-readiness')
  @Requires('group.read')
  @ApiOperation({
    summary: 'Si le groupement peut lancer une consultation',
    description:
      'Ce que le contrôle avant publication demandera au groupement\u00a0: signatures, décisions exécutoires. Et l’offre «\u00a0publier sans les non-signataires\u00a0».',
    operationId: 'getLaunchReadiness',
  })
  @ApiOkResponse({ type: LaunchReadinessAnswer })
  async readiness(
    @CurrentCall() { caller }: Call,
    @Param('groupId') groupId: string,
  ): Promise<LaunchReadinessAnswer> {
    const tx = this.dataSource.manager;
    caller.require('group.read', await this.groups.scope(tx, groupId));
    const all = await this.queries.launching(tx, groupId);
    if (!all) throw new Refused('NOT_FOUND');
    const today = parisDate(this.clock.now());
    const checks = launchReadiness(all, today);
    const { group, leftOut } = withoutNonSignatories(all, today);
    const offered = launchReadiness(group, today, leftOut);
    return {
      verdict: gravest(checks),
      checks,
      withoutNonSignatories:
        leftOut.length === 0
          ? null
          : {
              verdict: gravest(offered),
              buyerIds: group.members.map(({ buyerId }) => buyerId),
              leftOut,
              checks: offered,
            },
    };
  }
}
