import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  Length,
  Matches,
  Max,
  Min,
  ValidateNested,
} from 'class-validator';
import type { PlainDate } from '../calendar/plain-date.js';
import { IsPlainDate } from '../platform/http/plain-date.decorator.js';
import { MayBeNull } from '../platform/http/optional.decorators.js';
import { BUYER_KINDS, type BuyerKind, POPULATION_KINDS, type PopulationKind } from './buyer.rules.js';
import { OneLine } from '../platform/http/one-line.decorator.js';
import { MayBeAbsent } from '../platform/http/optional.decorators.js';

export const KIND = {
  enum: BUYER_KINDS,
  enumName: 'BuyerKind',
  description:
    'Nature\u00a0: commune, EPCI à fiscalité propre, CCAS ou CIAS, syndicat, EPLE (collège, lycée), personne privée, autre ou non précisée.',
  example: 'commune',
} as const;
const NAME = { description: 'Nom.', example: 'Argentré', minLength: 1, maxLength: 200 } as const;
const SIRET = {
  type: 'string',
  description: 'SIRET, 14\u00a0chiffres.',
  example: '21530007000012',
  maxLength: 30,
} as const;
const HEAD_SIRET = {
  ...SIRET,
  nullable: true,
  description: 'SIRET du siège, 14\u00a0chiffres\u00a0; null tant que seul le SIREN est connu.',
} as const;
const INSEE = {
  type: 'string',
  nullable: true,
  example: '53007',
  maxLength: 5,
  description: 'Code INSEE d’une commune, jamais le code postal\u00a0; null pour tout autre acheteur.',
} as const;
const APPLIES = {
  description:
    'Une personne privée déclare appliquer le code de la commande publique aux achats qu’elle fait dans le groupement (L2113-6)\u00a0; faux pour les autres.',
  example: false,
} as const;

export class BuyerRequest {
  @ApiProperty(KIND)
  @IsIn(BUYER_KINDS)
  kind: BuyerKind;

  @ApiProperty(NAME)
  @OneLine()
  @IsString()
  @Length(1, 200)
  name: string;

  @ApiPropertyOptional(HEAD_SIRET)
  @IsOptional()
  @IsString()
  @Length(1, 30)
  siret?: string | null;

  @ApiPropertyOptional({
    type: 'string',
    nullable: true,
    example: '215300070',
    maxLength: 20,
    description: 'SIREN, 9\u00a0chiffres\u00a0; inutile quand le SIRET est donné.',
  })
  @IsOptional()
  @IsString()
  @Length(1, 20)
  siren?: string | null;

  @ApiPropertyOptional(INSEE)
  @IsOptional()
  @IsString()
  @Length(1, 5)
  inseeCode?: string | null;

  @ApiPropertyOptional({ ...APPLIES, default: false })
  @MayBeAbsent()
  @IsBoolean()
  appliesCode?: boolean;
}

export class BuyerPatch {
  @ApiPropertyOptional(KIND)
  @MayBeAbsent()
  @IsIn(BUYER_KINDS)
  kind?: BuyerKind;

  @ApiPropertyOptional(NAME)
  @MayBeAbsent()
  @OneLine()
  @IsString()
  @Length(1, 200)
  name?: string;

  @ApiPropertyOptional({
    ...HEAD_SIRET,
    description: 'SIRET du siège\u00a0: se complète ou se corrige, ne s’efface pas.',
  })
  @IsOptional()
  @IsString()
  @Length(1, 30)
  siret?: string | null;

  @ApiPropertyOptional(INSEE)
  @IsOptional()
  @IsString()
  @Length(1, 5)
  inseeCode?: string | null;

  @ApiPropertyOptional(APPLIES)
  @MayBeAbsent()
  @IsBoolean()
  appliesCode?: boolean;
}

export class EstablishmentShape {
  @ApiProperty({ ...SIRET, description: 'SIRET du budget, ou du siège.' })
  @IsString()
  @Length(1, 30)
  siret: string;

  @ApiProperty({
    description: 'Nom du budget.',
    example: 'Budget annexe de l’eau',
    minLength: 1,
    maxLength: 120,
  })
  @OneLine()
  @IsString()
  @Length(1, 120)
  label: string;

  @ApiProperty({
    type: 'string',
    nullable: true,
    example: 'SERVTECH',
    maxLength: 100,
    description: 'Code du service destinataire dans Chorus Pro\u00a0; null s’il n’en faut pas.',
  })
  @MayBeNull()
  @OneLine()
  @IsString()
  @Length(1, 100)
  chorusServiceCode: string | null;

  @ApiProperty({ description: 'Si la facture doit porter un numéro d’engagement.', example: true })
  @IsBoolean()
  engagementRequired: boolean;
}

export class EstablishmentsRequest {
  @ApiProperty({
    type: [EstablishmentShape],
    description:
      'Tous les SIRET dont il y a quelque chose à dire, un par budget\u00a0: la liste remplace la précédente.',
  })
  @IsArray()
  @ArrayMaxSize(50)
  @ValidateNested({ each: true })
  @Type(() => EstablishmentShape)
  establishments: EstablishmentShape[];
}

export class PopulationShape {
  @ApiProperty({
    enum: POPULATION_KINDS,
    enumName: 'PopulationKind',
    description:
      'Municipale (base des clés de répartition) ou totale (base de la plupart des seuils légaux).',
    example: 'municipale',
  })
  @IsIn(POPULATION_KINDS)
  kind: PopulationKind;

  @ApiProperty({ type: 'integer', description: 'Habitants.', minimum: 0, maximum: 20_000_000, example: 2908 })
  @IsInt()
  @Min(0)
  @Max(20_000_000)
  value: number;

  @ApiProperty({
    type: 'integer',
    nullable: true,
    minimum: 1962,
    maximum: 2199,
    example: 2023,
    description:
      'Millésime\u00a0: l’année du recensement\u00a0; null quand la source ne le dit pas, et rien ne le suppose.',
  })
  @MayBeNull()
  @IsInt()
  @Min(1962)
  @Max(2199)
  vintage: number | null;

  @ApiProperty({
    type: 'string',
    format: 'date',
    nullable: true,
    example: '2026-01-01',
    description: 'Jour d’entrée en vigueur\u00a0; null quand la source ne le dit pas.',
  })
  @MayBeNull()
  @IsPlainDate({ since: '1900-01-01' })
  inForceOn: PlainDate | null;

  @ApiProperty({
    description: 'Où ce chiffre a été lu.',
    example: 'INSEE, populations de référence 2023',
    minLength: 3,
    maxLength: 300,
  })
  @OneLine()
  @IsString()
  @Length(3, 300)
  source: string;
}

export class PopulationsRequest {
  @ApiProperty({
    type: [PopulationShape],
    description: 'Tous les chiffres connus\u00a0: la liste remplace la précédente.',
  })
  @IsArray()
  @ArrayMaxSize(100)
  @ValidateNested({ each: true })
  @Type(() => PopulationShape)
  populations: PopulationShape[];
}

export class BuyerImportRequest {
  @ApiPropertyOptional({
    description: 'SIREN d’un EPCI à fiscalité propre\u00a0: lui et toutes ses communes.',
    example: '200083392',
  })
  @MayBeAbsent()
  @Matches(/^\d{9}$/, { message: 'Un SIREN compte 9\u00a0chiffres.' })
  epci?: string;

  @ApiPropertyOptional({
    type: [String],
    description: 'Ou bien\u00a0: SIREN de communes et d’EPCI, de 1 à 200.',
    example: ['215300070'],
  })
  @MayBeAbsent()
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(200)
  @Matches(/^\d{9}$/, { each: true, message: 'Un SIREN compte 9\u00a0chiffres.' })
  sirens?: string[];
}
