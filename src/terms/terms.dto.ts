import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsBoolean,
  IsInt,
  IsOptional,
  IsUUID,
  Max,
  Min,
  ValidateNested,
} from 'class-validator';
import type { PlainDate } from '../calendar/plain-date.js';
import { IsPlainDate } from '../platform/http/plain-date.decorator.js';
import { IsEuros, IsPercent, OptionalText, ShortText } from '../platform/http/amount.decorators.js';
import { MayBeAbsent } from '../platform/http/optional.decorators.js';

const EUROS = { type: 'string', nullable: true, pattern: '^\\d{1,10}(\\.\\d{1,2})?$' } as const;
const PERCENT = { type: 'string', nullable: true, pattern: '^\\d{1,3}(\\.\\d{1,2})?$' } as const;
const text = (description: string, example: string, maxLength: number) =>
  ({ type: 'string', nullable: true, description, example, maxLength }) as const;

export class MemberLimitRequest {
  @ApiProperty({ format: 'uuid', example: '0199f3a4-5b6c-7d8e-9f01-23456789abce' })
  @IsUUID()
  buyerId: string;

  @ApiPropertyOptional({
    ...EUROS,
    description: 'Ce que le membre doit commander au moins, en euros HT. Dû au titulaire.',
    example: '5000.00',
  })
  @IsOptional()
  @IsEuros()
  minimum: string | null = null;

  @ApiPropertyOptional({
    ...EUROS,
    description: 'Ce que le membre peut commander au plus, en euros HT.',
    example: '20000.00',
  })
  @IsOptional()
  @IsEuros()
  maximum: string | null = null;
}

export class MemberLimitsRequest {
  @ApiProperty({
    type: [MemberLimitRequest],
    maxItems: 1000,
    description: 'Toutes les limites du lot\u00a0; un membre qui n’y figure pas n’en a pas.',
  })
  @IsArray()
  @ArrayMaxSize(1000)
  @ValidateNested({ each: true })
  @Type(() => MemberLimitRequest)
  items: MemberLimitRequest[];
}

export class CriterionRequest {
  @ApiProperty({
    description: 'Intitulé, unique dans le lot.',
    example: 'Délai de dépannage',
    maxLength: 200,
  })
  @ShortText(200)
  label: string;

  @ApiProperty({
    type: 'string',
    pattern: PERCENT.pattern,
    description: 'Pondération, en pourcentage\u00a0; 100 en tout.',
    example: '100',
  })
  @IsPercent()
  weight: string;

  @ApiPropertyOptional({
    default: false,
    description:
      'Prend en compte les caractéristiques environnementales de l’offre\u00a0; un critère au moins pour un lancement depuis le 21 août 2026.',
    example: true,
  })
  @IsBoolean()
  environmental: boolean = false;

  @ApiPropertyOptional(text('Méthode de notation.', 'Note = 10 × délai le plus court / délai proposé.', 4000))
  @OptionalText(4000)
  method: string | null = null;

  @ApiPropertyOptional({
    type: 'string',
    nullable: true,
    description:
      'Motif «\u00a0lié à l’objet ou à l’exécution\u00a0» d’un critère qui emploie un mot de lieu, une origine ou une marque. Vous le signez.',
    example: null,
    minLength: 10,
    maxLength: 2000,
  })
  @OptionalText(2000, 10)
  placeMotive: string | null = null;
}

export class CriteriaRequest {
  @ApiProperty({
    type: [CriterionRequest],
    minItems: 1,
    maxItems: 20,
    description: 'Tous les critères, dans l’ordre.',
  })
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(20)
  @ValidateNested({ each: true })
  @Type(() => CriterionRequest)
  items: CriterionRequest[];
}

export class ConsultationTermsRequest {
  @ApiPropertyOptional({
    type: 'integer',
    nullable: true,
    minimum: 1,
    maximum: 999,
    description: 'Nombre de lots qu’un candidat peut demander au plus. Null\u00a0: tous.',
    example: null,
  })
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(999)
  maxLotsBid: number | null = null;

  @ApiPropertyOptional({
    type: 'integer',
    nullable: true,
    minimum: 1,
    maximum: 999,
    description: 'Nombre de lots qu’un candidat peut gagner au plus. Null\u00a0: tous.',
    example: 2,
  })
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(999)
  maxLotsAwarded: number | null = null;

  @ApiPropertyOptional(
    text(
      'Règle appliquée quand le classement dépasse le nombre de lots attribuables (CCP R2113-1).',
      'Le candidat indique dans son offre l’ordre de préférence des lots.',
      2000,
    ),
  )
  @OptionalText(2000)
  tieRule: string | null = null;

  @ApiPropertyOptional({
    type: 'string',
    nullable: true,
    pattern: '^\\d{1,12}(\\.\\d{1,2})?$',
    description:
      'Dépenses réelles de fonctionnement du plus grand acheteur, deux ans avant, en euros. Au-delà de 60 M€, les PME ont d’autres taux d’avance et de retenue (CCP R2191-7, R2191-33).',
    example: '72000000.00',
  })
  @IsOptional()
  @IsEuros(12)
  operatingSpending: string | null = null;
}

export class ChecksQuery {
  @ApiPropertyOptional({
    type: 'string',
    format: 'date',
    description:
      'Jour où la consultation est ou serait lancée. Absent\u00a0: celui du lancement, à défaut celui prévu, à défaut aujourd’hui.',
    example: '2026-12-15',
  })
  @MayBeAbsent()
  @IsPlainDate()
  on?: PlainDate;
}
