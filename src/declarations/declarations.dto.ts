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
  Matches,
  Max,
  Min,
  ValidateNested,
} from 'class-validator';
import { OptionalText } from '../platform/http/amount.decorators.js';
import { MayBeNull } from '../platform/http/optional.decorators.js';
import { IsPlainDate } from '../platform/http/plain-date.decorator.js';

const ID = { format: 'uuid', example: '0199f3a4-5b6c-7d8e-9f01-23456789abcd' } as const;
const QUANTITY = 'Une quantité est attendue, en chiffres avec un point, sans espace\u00a0: "1234.5".';
const IsQuantity = (): PropertyDecorator => Matches(/^\d{1,12}(\.\d{1,3})?$/, { message: QUANTITY });
const quantity = (description: string, example: string | null) =>
  ({ type: 'string', nullable: true, description, example, pattern: '^\\d{1,12}(\\.\\d{1,3})?$' }) as const;

/** What is absent stays as it is; null says nothing any more. */
export class LineRequest {
  @ApiProperty({ ...ID, description: 'Article.' })
  @IsUUID()
  itemId: string;

  @ApiProperty({
    type: 'integer',
    description: 'Version de la ligne qui a été lue\u00a0; 0 pour une ligne jamais saisie.',
    example: 0,
  })
  @IsInt()
  @Min(0)
  @Max(1_000_000_000)
  version: number;

  @ApiPropertyOptional(
    quantity(
      'Besoin par an, dans l’unité de l’article\u00a0; "0" dit qu’il n’y en a pas, null que rien n’est dit.',
      '120',
    ),
  )
  @IsOptional()
  @IsQuantity()
  estimate?: string | null;

  @ApiPropertyOptional(quantity('Minimum par an, facultatif.', null))
  @IsOptional()
  @IsQuantity()
  minimum?: string | null;

  @ApiPropertyOptional(quantity('Maximum par an, facultatif.', null))
  @IsOptional()
  @IsQuantity()
  maximum?: string | null;

  @ApiPropertyOptional({
    ...ID,
    nullable: true,
    description: 'Lieu de livraison, du membre ou d’un de ses pôles.',
    example: null,
  })
  @IsOptional()
  @IsUUID()
  deliverySiteId?: string | null;

  @ApiPropertyOptional({
    type: 'string',
    nullable: true,
    description: 'Dernier prix unitaire payé HT, en euros, 4\u00a0décimales au plus.',
    example: '6.4000',
  })
  @IsOptional()
  @Matches(/^\d{1,10}(\.\d{1,4})?$/, {
    message: 'Un prix unitaire HT est attendu, en euros, avec un point\u00a0: "6.40".',
  })
  lastPrice?: string | null;

  @ApiPropertyOptional(quantity('Quantité conservée hors du groupement, par an.', null))
  @IsOptional()
  @IsQuantity()
  keptOutside?: string | null;

  @ApiPropertyOptional({
    type: 'string',
    nullable: true,
    description: 'Pourquoi elle est conservée hors du groupement.',
    example: null,
    maxLength: 500,
  })
  @OptionalText(500)
  keptOutsideReason?: string | null;

  @ApiPropertyOptional({
    type: 'string',
    nullable: true,
    description: 'Note.',
    example: 'pour la salle des fêtes',
    maxLength: 500,
  })
  @OptionalText(500)
  note?: string | null;
}

export class LinesRequest {
  @ApiProperty({ type: [LineRequest], description: 'Toutes sont enregistrées, ou aucune.' })
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(2_000)
  @ValidateNested({ each: true })
  @Type(() => LineRequest)
  lines: LineRequest[];
}

export class LotAnswerRequest {
  @ApiProperty({ description: '«\u00a0Aucun besoin\u00a0» pour ce lot.', example: false })
  @IsBoolean()
  noNeed: boolean;

  @ApiProperty({
    type: 'string',
    format: 'date',
    nullable: true,
    description: 'Fin du contrat en cours\u00a0; null\u00a0: aucun, ou pas connue.',
    example: '2027-06-30',
  })
  @MayBeNull()
  @IsPlainDate()
  contractEndsOn: string | null;

  @ApiProperty({
    type: 'integer',
    nullable: true,
    description: 'Préavis du contrat en cours, en mois.',
    example: 3,
    minimum: 0,
    maximum: 60,
  })
  @MayBeNull()
  @IsInt()
  @Min(0)
  @Max(60)
  noticeMonths: number | null;
}
