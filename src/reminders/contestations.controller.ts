import { Body, Controller, Get, HttpCode, Param, Post, Req } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Request } from 'express';
import { DataSource } from 'typeorm';
import { frenchMoment } from '../calendar/plain-date.js';
import { Public } from '../platform/access/requires.js';
import type { CensusRow, ToldVersion } from './census.queries.js';
import { ContestationsService } from './contestations.service.js';
import { ContestationAnswer, ContestationRequest } from './reminders.dto.js';

type NumberedRequest = Request & { id?: string };

/** « Contester »: what the link of a mail says, and does. */
@ApiTags('besoins')
@Controller('contestations')
export class ContestationsController {
  constructor(
    private readonly dataSource: DataSource,
    private readonly contestations: ContestationsService,
  ) {}

  @Get(':word')
  @Public('the signature in the address stands for an account')
  @ApiOperation({
    summary: 'Lire ce que vaut un lien de contestation',
    description: 'N’en fait jamais rien\u00a0: les messageries ouvrent les liens pour les vérifier.',
    operationId: 'getContestation',
  })
  @ApiOkResponse({ type: ContestationAnswer })
  async read(@Param('word') word: string): Promise<ContestationAnswer> {
    const { census, version } = await this.contestations.describe(this.dataSource.manager, word);
    return answerOf(census, version);
  }

  @Post(':word')
  @HttpCode(200)
  @Public('the signature in the address stands for an account')
  @ApiOperation({
    summary: 'Contester ce qui a été transmis au nom d’un membre',
    description:
      'Tant que la consultation n’est pas publiée\u00a0; plus rien de cette version ne compte alors.',
    operationId: 'contestByLink',
  })
  @ApiOkResponse({ type: ContestationAnswer })
  contest(
    @Req() request: NumberedRequest,
    @Param('word') word: string,
    @Body() { reason }: ContestationRequest,
  ): Promise<ContestationAnswer> {
    return this.dataSource.transaction(async (tx) => {
      const { census } = await this.contestations.describe(tx, word);
      return answerOf(census, await this.contestations.contest(tx, request.id ?? null, word, reason));
    });
  }
}

const answerOf = (census: CensusRow, version: ToldVersion): ContestationAnswer => ({
  consultation: census.title,
  buyer: version.buyerName,
  receipt: version.receipt,
  transmitted: frenchMoment(version.transmittedAt),
  contestedAt: version.contestedAt,
  next:
    version.contestedAt === null
      ? 'POST sur cette adresse, avec la raison, pour contester\u00a0; sinon, rien.'
      : 'Cette déclaration est contestée\u00a0: plus rien n’en compte. Il n’y a rien d’autre à faire.',
});
