import { ApiProperty } from '@nestjs/swagger';
import { ArrayMaxSize, ArrayUnique, IsArray } from 'class-validator';
import type { PlainDate } from '../calendar/plain-date.js';
import { IsPlainDate } from '../platform/http/plain-date.decorator.js';

const DAYS = {
  type: 'string',
  format: 'date',
  isArray: true,
  example: ['2027-02-11', '2027-04-08'],
} as const;

export class CouncilSessionsRequest {
  @ApiProperty({
    ...DAYS,
    maxItems: 100,
    description:
      'Toutes les séances connues du conseil, ou de l’organe qui délibère\u00a0: la liste remplace la précédente.',
  })
  @IsArray()
  @ArrayMaxSize(100)
  @ArrayUnique({ message: 'Une séance est donnée deux fois\u00a0: n’en garder qu’une.' })
  @IsPlainDate({ each: true })
  sessions: PlainDate[];
}

export class CouncilSessionsAnswer {
  @ApiProperty({ format: 'uuid', example: '0199f3a4-5b6c-7d8e-9f01-23456789abce' })
  buyerId: string;
  @ApiProperty({ ...DAYS, description: 'Séances connues, dans l’ordre.' })
  sessions: PlainDate[];
  @ApiProperty({ type: 'integer', description: 'Version de la fiche de l’acheteur.', example: 3 })
  version: number;
}
