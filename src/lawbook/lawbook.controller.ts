import { Body, Controller, Get, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { DataSource } from 'typeorm';
import { parisDate } from '../calendar/plain-date.js';
import type { Figure } from '../law/figure.js';
import type { FigureCode } from '../law/figures.js';
import { type Call, CurrentCall } from '../platform/access/call.js';
import { Public, Requires } from '../platform/access/requires.js';
import { Clock } from '../platform/clock/clock.js';
import { Commands } from '../platform/http/commands.js';
import { valueText } from './figure-value.rules.js';
import { LawAnswer, LawFigureAnswer, LawFigureRequest, LawQuery, type LawRuleAnswer } from './lawbook.dto.js';
import { LawbookService } from './lawbook.service.js';

/** The law as dated data. About sixty figures, which are read at once: there are no pages. */
@ApiTags('droit daté')
@Controller('law')
export class LawbookController {
  constructor(
    private readonly dataSource: DataSource,
    private readonly clock: Clock,
    private readonly commands: Commands,
    private readonly lawbook: LawbookService,
  ) {}

  @Get()
  @Public('the law is the same for everybody, and is published')
  @ApiOperation({
    summary: 'Les chiffres du droit un jour donné',
    description:
      'Seuils, délais, taux et obligations, avec leur article, leurs dates et leur source. Un code absent n’a pas de valeur connue ce jour-là\u00a0: ce qui dépend de lui est refusé (LAW_UNKNOWN), jamais deviné. Tous les chiffres, une soixantaine, sont donnés à la fois.',
    operationId: 'getLaw',
  })
  @ApiOkResponse({ type: LawAnswer })
  async read(@Query() { on = parisDate(this.clock.now()) }: LawQuery): Promise<LawAnswer> {
    const { figures } = await this.lawbook.on(this.dataSource, on);
    return { on, rules: [...figures.values()].map(ruleOf) };
  }

  @Post()
  @Requires('law.record')
  @ApiOperation({
    summary: 'Ajouter un chiffre au droit daté',
    description:
      'Un chiffre publié depuis cette version. Il l’emporte, les jours qu’il couvre, sur ceux d’avant\u00a0; rien ne se modifie ni ne s’efface, une erreur se corrige par un autre chiffre.',
    operationId: 'recordLawFigure',
  })
  @ApiCreatedResponse({ type: LawFigureAnswer })
  record(@CurrentCall() call: Call, @Body() given: LawFigureRequest): Promise<LawFigureAnswer> {
    return this.commands.run(call, async (tx, at) => {
      const { code, value, validFrom, validTo = null, source, checkedOn, verified } = given;
      const figure = { code, value, validFrom, validTo, source, checkedOn, verified };
      const recorded = await this.lawbook.record(tx, call.caller, at, figure);
      return Object.assign(ruleOf(recorded.figure), { id: recorded.id });
    });
  }
}

const ruleOf = ({
  code,
  label,
  value,
  unit,
  article,
  validFrom,
  validTo,
  source,
  checkedOn,
  verified,
}: Figure<FigureCode>): LawRuleAnswer => ({
  ...{ code, label, value: valueText(unit, value), unit, article },
  ...{ validFrom, validTo, source, checkedOn, verified },
});
