import { ApiProperty } from '@nestjs/swagger';
import type { PlainDate } from '../calendar/plain-date.js';
import { TallyAnswer } from '../sourcing/answerable.dto.js';

export class AnswerableLotAnswer {
  @ApiProperty({ type: 'integer', description: 'Numéro du lot.', example: 3 })
  lotNumber: number;
  @ApiProperty({ description: 'Intitulé du lot.', example: 'Sel de déneigement' })
  title: string;
  @ApiProperty({
    description: 'Code CPV du lot, d’après lequel les activités sont comptées.',
    example: '34927100',
  })
  cpvCode: string;
  @ApiProperty({
    type: 'integer',
    description:
      'Communes qui adhèrent au lot, à desservir. 0\u00a0: aucune encore, les fournisseurs comptent où qu’ils soient.',
    example: 12,
  })
  communes: number;
  @ApiProperty({
    type: TallyAnswer,
    description: 'Desservent toutes ces communes\u00a0: ceux qui pourraient répondre au lot.',
  })
  everywhere: TallyAnswer;
  @ApiProperty({ type: TallyAnswer, description: 'Desservent l’une au moins de ces communes.' })
  somewhere: TallyAnswer;
  @ApiProperty({
    type: TallyAnswer,
    description: 'Ne font qu’une partie de ce que dit le code CPV\u00a0; non comptés ci-dessus.',
  })
  partly: TallyAnswer;
}

export class AnswerableLots {
  @ApiProperty({
    type: 'string',
    format: 'date',
    description:
      'Jour où les preuves de statut doivent valoir\u00a0: lancement, à défaut prévu, à défaut aujourd’hui.',
    example: '2026-12-15',
  })
  on: PlainDate;
  @ApiProperty({ type: [AnswerableLotAnswer], description: 'Par numéro de lot.' })
  items: AnswerableLotAnswer[];
}
