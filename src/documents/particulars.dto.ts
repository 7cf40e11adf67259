import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  IsArray,
  IsOptional,
  IsString,
  IsUUID,
  MaxLength,
  ValidateNested,
} from 'class-validator';
import { SeveralLines } from '../platform/http/one-line.decorator.js';

const ID = '0199f3a4-5b6c-7d8e-9f01-23456789abcd';
const LOT = {
  type: 'string',
  format: 'uuid',
  nullable: true,
  description: 'Lot, pour une mention d’un lot.',
  example: null,
} as const;
const BUYER = {
  type: 'string',
  format: 'uuid',
  nullable: true,
  description: 'Membre, pour une mention d’un membre.',
  example: null,
} as const;
const CODE = { description: 'Code de la mention.', example: 'profile_url', maxLength: 60 } as const;
const VALUE = {
  description: 'Ce que les documents écriront.',
  example: 'https://marches.exemple.fr',
  maxLength: 8000,
} as const;

export class ParticularRequest {
  @ApiProperty(CODE)
  @IsString()
  @MaxLength(60)
  code: string;

  @ApiPropertyOptional({ ...LOT, default: null })
  @IsOptional()
  @IsUUID()
  lotId: string | null = null;

  @ApiPropertyOptional({ ...BUYER, default: null })
  @IsOptional()
  @IsUUID()
  buyerId: string | null = null;

  @ApiProperty(VALUE)
  @SeveralLines()
  @IsString()
  @MaxLength(8000)
  value: string;
}

export class ParticularsRequest {
  @ApiProperty({
    type: [ParticularRequest],
    maxItems: 20000,
    description: 'Toutes les mentions\u00a0; ce qui n’y figure pas, ou est vide, est effacé.',
  })
  @IsArray()
  @ArrayMaxSize(20000)
  @ValidateNested({ each: true })
  @Type(() => ParticularRequest)
  items: ParticularRequest[];
}

export class ParticularAnswer {
  @ApiProperty(CODE)
  code: string;
  @ApiProperty(LOT)
  lotId: string | null;
  @ApiProperty(BUYER)
  buyerId: string | null;
  @ApiProperty(VALUE)
  value: string;
}

export class KnownParticular {
  @ApiProperty(CODE)
  code: string;
  @ApiProperty({
    enum: ['consultation', 'lot', 'member'],
    enumName: 'ParticularOf',
    description: 'De quoi elle est la mention.',
    example: 'consultation',
  })
  of: 'consultation' | 'lot' | 'member';
  @ApiProperty({ description: 'Intitulé.', example: 'adresse du profil d’acheteur' })
  label: string;
  @ApiProperty({
    enum: ['line', 'text', 'email', 'url', 'count'],
    enumName: 'ParticularKind',
    description: 'Une ligne, un texte, une adresse électronique, une adresse de page, ou un nombre entier.',
    example: 'url',
  })
  kind: 'line' | 'text' | 'email' | 'url' | 'count';
  @ApiProperty({ description: 'Exemple.', example: 'https://marches.exemple.fr' })
  example: string;
  @ApiPropertyOptional({
    type: [String],
    description: 'Les seules valeurs permises, s’il y en a.',
    example: ['aucun'],
  })
  choices?: string[];
}

export class ParticularsAnswer {
  @ApiProperty({ format: 'uuid', description: 'Consultation.', example: ID })
  consultationId: string;
  @ApiProperty({ type: 'integer', description: 'Version\u00a0; 0 tant que rien n’est écrit.', example: 2 })
  version: number;
  @ApiProperty({ type: [ParticularAnswer] })
  items: ParticularAnswer[];
  @ApiProperty({ type: [KnownParticular], description: 'Toutes les mentions qui peuvent être écrites.' })
  known: KnownParticular[];
}
