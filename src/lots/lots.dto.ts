import { ApiProperty, ApiPropertyOptional, PartialType } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  IsArray,
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  IsUUID,
  Length,
  Max,
  Min,
  ValidateIf,
  ValidateNested,
} from 'class-validator';
import type { PlainDate } from '../calendar/plain-date.js';
import { IsPlainDate } from '../platform/http/plain-date.decorator.js';
import { CONTRACT_FORMS, type ContractForm, LOT_FAMILIES, type LotFamily } from './lots.rules.js';
import { CpvCode } from '../platform/http/cpv-code.decorator.js';
import { OneLine } from '../platform/http/one-line.decorator.js';

const ID = { format: 'uuid', example: '0199f3a4-5b6c-7d8e-9f01-23456789abcd' } as const;
const NUMBER = { type: 'integer', minimum: 1, maximum: 999, example: 1 } as const;
const TITLE = { description: 'Intitulé.', example: 'Sel de déneigement' };
const FAMILY = {
  enum: LOT_FAMILIES,
  enumName: 'LotFamily',
  description: 'Fournitures, services ou travaux\u00a0: les seuils en dépendent.',
  example: 'fournitures',
} as const;
const CONTRACT_FORM = {
  enum: CONTRACT_FORMS,
  enumName: 'ContractForm',
  description: 'Bons de commande, marchés subséquents, les deux (CCP R2162-2, R2162-3), ou marché ordinaire.',
  example: 'bons_de_commande',
} as const;
const PURCHASE_FAMILY = {
  type: 'string',
  nullable: true,
  description: 'Famille d’achats du groupement.',
  example: 'voirie',
} as const;
const CLUSTER = {
  ...ID,
  type: 'string',
  nullable: true,
  description: 'Pôle dont les membres seuls peuvent rejoindre le lot\u00a0; null\u00a0: tous.',
  example: null,
} as const;

export class LotRequest {
  @ApiPropertyOptional({
    ...NUMBER,
    description: 'Numéro, de 1 à 999. Absent\u00a0: le lot vient en dernier.',
  })
  @ValidateIf((_, value) => value !== undefined)
  @IsInt()
  @Min(1)
  @Max(999)
  number?: number;

  @ApiProperty({ ...TITLE, minLength: 1, maxLength: 200 })
  @OneLine()
  @IsString()
  @Length(1, 200)
  title: string;

  @ApiProperty({
    description: 'Code CPV principal\u00a0: 8 chiffres, la clé étant admise (44113620-7).',
    example: '34927100-2',
    pattern: '^\\d{8}(-\\d)?$',
  })
  @CpvCode()
  cpvCode: string;

  @ApiProperty(FAMILY)
  @IsIn(LOT_FAMILIES)
  family: LotFamily;

  @ApiProperty(CONTRACT_FORM)
  @IsIn(CONTRACT_FORMS)
  contractForm: ContractForm;

  @ApiPropertyOptional({ ...PURCHASE_FAMILY, minLength: 1, maxLength: 80 })
  @IsOptional()
  @OneLine()
  @IsString()
  @Length(1, 80)
  purchaseFamily?: string | null;

  @ApiPropertyOptional(CLUSTER)
  @IsOptional()
  @IsUUID()
  reservedClusterId?: string | null;
}

/** What is absent stays as it is. */
export class LotChanges extends PartialType(LotRequest, { skipNullProperties: false }) {}

export class LotAnswer {
  @ApiProperty({ ...ID, description: 'Identifiant du lot.' })
  id: string;
  @ApiProperty({ ...ID, description: 'Consultation dont il est.' })
  consultationId: string;
  @ApiProperty({ ...NUMBER, description: 'Numéro.' })
  number: number;
  @ApiProperty(TITLE)
  title: string;
  @ApiProperty({ description: 'Code CPV principal, sans sa clé.', example: '34927100' })
  cpvCode: string;
  @ApiProperty({ description: 'Son libellé français.', example: 'Sel de voirie' })
  cpvLabel: string;
  @ApiProperty(FAMILY)
  family: LotFamily;
  @ApiProperty(CONTRACT_FORM)
  contractForm: ContractForm;
  @ApiProperty(PURCHASE_FAMILY)
  purchaseFamily: string | null;
  @ApiProperty(CLUSTER)
  reservedClusterId: string | null;
  @ApiProperty({ type: 'integer', description: 'Membres qui y adhèrent.', example: 28 })
  participants: number;
  @ApiProperty({ type: 'integer', description: 'Version, celle de l’ETag.', example: 1 })
  version: number;
}

export class LotList {
  @ApiProperty({ type: [LotAnswer] })
  items: LotAnswer[];
}

export class OrderedLot {
  @ApiProperty({ ...ID, description: 'Identifiant du lot.' })
  @IsUUID()
  id: string;

  @ApiProperty({ type: 'integer', minimum: 1, description: 'Version lue.', example: 1 })
  @IsInt()
  @Min(1)
  version: number;
}

export class LotOrderRequest {
  @ApiProperty({
    type: [OrderedLot],
    maxItems: 999,
    description: 'Tous les lots, dans leur nouvel ordre\u00a0: ils sont numérotés à partir de 1.',
  })
  @IsArray()
  @ArrayMaxSize(999)
  @ValidateNested({ each: true })
  @Type(() => OrderedLot)
  lots: OrderedLot[];
}

export class CopyRequest {
  @ApiProperty({
    description: 'Intitulé de la copie, unique dans le groupement.',
    example: 'Services techniques 2028',
    minLength: 1,
    maxLength: 200,
  })
  @OneLine()
  @IsString()
  @Length(1, 200)
  title: string;

  @ApiPropertyOptional({
    type: 'string',
    format: 'date',
    nullable: true,
    description: 'Lancement prévu de la copie.',
    example: '2028-02-01',
  })
  @IsOptional()
  @IsPlainDate()
  plannedLaunchOn?: PlainDate | null;
}
