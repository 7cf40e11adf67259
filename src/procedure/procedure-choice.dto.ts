import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { ArrayMaxSize, IsArray, IsBoolean, IsIn, IsOptional, IsUUID, ValidateNested } from 'class-validator';
import type { PlainDate } from '../calendar/plain-date.js';
import { IsPlainDate } from '../platform/http/plain-date.decorator.js';
import { IsEuros, OptionalText } from '../platform/http/amount.decorators.js';
import { type Letters, LETTERS, type Procedure, PROCEDURES } from './choice.rules.js';
import { type MainObject, MAIN_OBJECTS } from './main-object.rules.js';
import { IsParisMoment } from './paris-moment.decorator.js';
import { SMALL_LOT_TREATMENTS, type SmallLotTreatment } from './small-lots.rules.js';

const EUROS = { type: 'string', nullable: true, pattern: '^\\d{1,10}(\\.\\d{1,2})?$' } as const;
const MOMENT = { type: 'string', nullable: true, pattern: '^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}$' } as const;
export const LOT_ID = { format: 'uuid', example: '0199f3a4-5b6c-7d8e-9f01-23456789abcd' } as const;

export class SmallLotChoice {
  @ApiProperty({ ...LOT_ID, description: 'Lot.' })
  @IsUUID()
  lotId: string;

  @ApiProperty({
    enum: SMALL_LOT_TREATMENTS,
    enumName: 'SmallLotTreatment',
    description:
      'En procédure adaptée (CCP R2123-1 2°), ou sans publicité ni mise en concurrence préalables (R2122-8).',
    example: 'adapted',
  })
  @IsIn(SMALL_LOT_TREATMENTS)
  treatment: SmallLotTreatment;
}

/** The whole of what is chosen: what is absent is emptied. */
export class ProcedureChoiceRequest {
  @ApiPropertyOptional({
    enum: PROCEDURES,
    enumName: 'Procedure',
    nullable: true,
    description:
      'Sans publicité ni mise en concurrence préalables, adaptée, appel d’offres ouvert ou restreint, avec négociation, dialogue compétitif.',
    example: 'open',
  })
  @IsOptional()
  @IsIn(PROCEDURES)
  procedure: Procedure | null = null;

  @ApiPropertyOptional({
    type: 'string',
    nullable: true,
    minLength: 5,
    maxLength: 2000,
    description:
      'Article qui permet une procédure moins exigeante que celle du montant, ou la négociation ou le dialogue, et pourquoi.',
    example: null,
  })
  @OptionalText(2000, 5)
  ground: string | null = null;

  @ApiPropertyOptional({
    enum: MAIN_OBJECTS,
    enumName: 'MainObject',
    nullable: true,
    description: 'Objet principal, quand des lots sont de travaux et d’autres non (CCP L1111-5).',
    example: null,
  })
  @IsOptional()
  @IsIn(MAIN_OBJECTS)
  mainObject: MainObject | null = null;

  @ApiPropertyOptional({
    default: true,
    description: 'Les offres sont reçues par voie électronique.',
    example: true,
  })
  @IsBoolean()
  electronic: boolean = true;

  @ApiPropertyOptional({
    type: 'string',
    nullable: true,
    minLength: 5,
    maxLength: 2000,
    description: 'Urgence dûment justifiée\u00a0: son motif. Les délais sont alors réduits.',
    example: null,
  })
  @OptionalText(2000, 5)
  urgency: string | null = null;

  @ApiPropertyOptional({
    type: 'string',
    format: 'date',
    nullable: true,
    description: 'Jour d’envoi d’un avis de préinformation.',
    example: null,
  })
  @IsOptional()
  @IsPlainDate()
  preinformationOn: PlainDate | null = null;

  @ApiPropertyOptional({
    ...MOMENT,
    description: 'Limite des candidatures, à l’heure de Paris, quand elles précèdent les offres.',
    example: null,
  })
  @IsOptional()
  @IsParisMoment()
  candidaciesLimit: string | null = null;

  @ApiPropertyOptional({
    ...MOMENT,
    description: 'Limite des offres, à l’heure de Paris.',
    example: '2027-01-18T12:00',
  })
  @IsOptional()
  @IsParisMoment()
  offersLimit: string | null = null;

  @ApiPropertyOptional({
    enum: LETTERS,
    enumName: 'Letters',
    nullable: true,
    description: 'Comment partent les lettres de rejet\u00a0: la suspension avant de signer en dépend.',
    example: 'electronic',
  })
  @IsOptional()
  @IsIn(LETTERS)
  letters: Letters | null = null;

  @ApiPropertyOptional({
    ...EUROS,
    description: 'Options et tranches optionnelles, en euros HT, hors maximums des accords-cadres.',
    example: null,
  })
  @IsOptional()
  @IsEuros()
  options: string | null = null;

  @ApiPropertyOptional({
    ...EUROS,
    description: 'Primes des candidats et des titulaires, en euros HT.',
    example: null,
  })
  @IsOptional()
  @IsEuros()
  premiums: string | null = null;

  @ApiPropertyOptional({
    ...EUROS,
    description: 'Autres marchés de la même opération de travaux, en euros HT (CCP R2121-5).',
    example: null,
  })
  @IsOptional()
  @IsEuros()
  restOfOperation: string | null = null;

  @ApiPropertyOptional({
    type: [SmallLotChoice],
    maxItems: 999,
    default: [],
    description: 'Lots achetés comme petits lots.',
  })
  @IsArray()
  @ArrayMaxSize(999)
  @ValidateNested({ each: true })
  @Type(() => SmallLotChoice)
  smallLots: readonly SmallLotChoice[] = [];
}

export class ProcedureChoiceAnswer extends ProcedureChoiceRequest {
  @ApiProperty({
    type: 'integer',
    description: 'Version, que reprend l’ETag\u00a0; 0 tant que personne n’a choisi.',
    example: 2,
  })
  version: number;
}
