import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional, IsString, Length, Matches } from 'class-validator';
import { type Nature, NATURES } from './kept-outside.rules.js';
import { OneLine } from '../platform/http/one-line.decorator.js';

const ID = { format: 'uuid', example: '0199f3a4-5b6c-7d8e-9f01-23456789abcd' } as const;
const NATURE = {
  enum: NATURES,
  enumName: 'PurchaseNature',
  description: 'Nature de l’achat, dont dépendent les seuils.',
  example: 'fournitures',
} as const;
const FAMILY = {
  description: 'Famille d’achats homogène, telle que les lots la nomment. 1 à 80\u00a0caractères.',
  example: 'pain et viennoiserie',
  minLength: 1,
  maxLength: 80,
};
const LABEL = {
  type: 'string',
  nullable: true,
  description: 'Article conservé. Avec le site, ou à sa place. 1 à 200\u00a0caractères.',
  example: 'Pain frais du restaurant scolaire',
  minLength: 1,
  maxLength: 200,
} as const;
const SITE = {
  type: 'string',
  nullable: true,
  description: 'Site conservé. Avec l’article, ou à sa place. 1 à 200\u00a0caractères.',
  example: 'École Jules Verne',
  minLength: 1,
  maxLength: 200,
} as const;
const AMOUNT = {
  type: 'string',
  description: 'Montant annuel estimé, en euros HT\u00a0; 10\u00a0chiffres et 2\u00a0décimales au plus.',
  example: '12500.00',
} as const;
const REASON = {
  description: 'Motif, sans jamais dire chez qui l’achat se fait. 1 à 500\u00a0caractères.',
  example: 'Livraison quotidienne avant 7 h, que le groupement ne prévoit pas.',
  minLength: 1,
  maxLength: 500,
};

export class KeptOutsideRequest {
  @ApiProperty(NATURE)
  @IsIn(NATURES)
  nature: Nature;

  @ApiProperty(FAMILY)
  @OneLine()
  @IsString()
  @Length(1, 80)
  family: string;

  @ApiPropertyOptional(LABEL)
  @IsOptional()
  @OneLine()
  @IsString()
  @Length(1, 200)
  label?: string | null;

  @ApiPropertyOptional(SITE)
  @IsOptional()
  @OneLine()
  @IsString()
  @Length(1, 200)
  site?: string | null;

  @ApiProperty(AMOUNT)
  @IsString()
  @Matches(/^\d{1,10}(?:\.\d{1,2})?$/, {
    message:
      'Un montant en euros HT est attendu, écrit en chiffres avec un point et deux décimales au plus, par exemple "12500.00".',
  })
  annualAmount: string;

  @ApiProperty(REASON)
  @OneLine()
  @IsString()
  @Length(1, 500)
  reason: string;
}

export class KeptOutsideAnswer {
  @ApiProperty({ ...ID, description: 'Identifiant de l’achat conservé.' })
  id: string;
  @ApiProperty({ ...ID, description: 'Membre qui le conserve.' })
  buyerId: string;
  @ApiProperty({ description: 'Son nom.', example: 'Argentré' })
  buyerName: string;
  @ApiProperty(NATURE)
  nature: Nature;
  @ApiProperty(FAMILY)
  family: string;
  @ApiProperty(LABEL)
  label: string | null;
  @ApiProperty(SITE)
  site: string | null;
  @ApiProperty({ ...AMOUNT, description: 'Montant annuel estimé, en euros HT.' })
  annualAmount: string;
  @ApiProperty(REASON)
  reason: string;
  @ApiProperty({
    type: 'string',
    format: 'date-time',
    description: 'Enregistrement.',
    example: '2026-11-25T08:30:00.000Z',
  })
  recordedAt: Date;
  @ApiProperty({ type: 'integer', description: 'Version, celle de l’ETag.', example: 1 })
  version: number;
}

export class KeptOutsideList {
  @ApiProperty({ type: [KeptOutsideAnswer] })
  items: readonly KeptOutsideAnswer[];
}
