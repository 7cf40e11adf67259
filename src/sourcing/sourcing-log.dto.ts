import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import {
  ArrayMaxSize,
  IsArray,
  IsInt,
  IsOptional,
  IsString,
  IsUUID,
  Length,
  Max,
  MaxLength,
  Min,
} from 'class-validator';
import type { PlainDate } from '../calendar/plain-date.js';
import { type Verdict, VERDICTS } from '../law/check.js';
import { IsPlainDate } from '../platform/http/plain-date.decorator.js';
import type { LineState } from './sourcing-log.rules.js';
import { MayBeAbsent } from '../platform/http/optional.decorators.js';
import { OneLine, SeveralLines } from '../platform/http/one-line.decorator.js';

const ID = { format: 'uuid', example: '0199f3a4-5b6c-7d8e-9f01-23456789abcd' } as const;
const GIVEN = {
  type: 'string' as const,
  isArray: true as const,
  description: 'Informations données, une par élément\u00a0: chacune doit l’être à tous.',
  example: ['volume estimé : 300 tonnes par an', 'livraison en big bags de 1 tonne'],
};
const DOCUMENTS = {
  type: 'string' as const,
  isArray: true as const,
  description: 'Documents remis, un par élément\u00a0: chacun doit l’être à tous.',
  example: ['carte des points de livraison'],
};
const LOT = {
  type: 'integer',
  nullable: true,
  minimum: 1,
  maximum: 999,
  description: 'Numéro du lot dont il a été question\u00a0; null pour toute la consultation.',
  example: 3,
} as const;
const REASON = {
  description: 'Motif de la correction.',
  example: 'erreur de date',
  minLength: 3,
  maxLength: 500,
};

export class ContactRequest {
  @ApiProperty({ ...ID, description: 'Fournisseur de l’annuaire.' })
  @IsUUID()
  supplierId: string;

  @ApiPropertyOptional(LOT)
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(999)
  lotNumber: number | null = null;

  @ApiProperty({ type: 'string', format: 'date', description: 'Jour du contact.', example: '2026-11-20' })
  @IsPlainDate()
  metOn: PlainDate;

  @ApiProperty({
    description: 'Objet de l’échange. Aucun nom de personne\u00a0: le registre ne s’efface pas.',
    example: 'conditionnement et délais du sel de déneigement',
    minLength: 3,
    maxLength: 500,
  })
  @SeveralLines()
  @IsString()
  @Length(3, 500)
  subject: string;

  @ApiPropertyOptional(GIVEN)
  @MayBeAbsent()
  @OneLine()
  @IsArray()
  @ArrayMaxSize(50)
  @IsString({ each: true })
  @Length(2, 500, { each: true })
  informationGiven: string[] = [];

  @ApiPropertyOptional(DOCUMENTS)
  @MayBeAbsent()
  @OneLine()
  @IsArray()
  @ArrayMaxSize(50)
  @IsString({ each: true })
  @Length(2, 500, { each: true })
  documentsGiven: string[] = [];

  @ApiPropertyOptional({
    type: 'string',
    description: 'Ce que le fournisseur a dit. Aucun nom de personne.',
    example: 'livraison possible en 48 heures hors période de gel',
    maxLength: 10_000,
  })
  @MayBeAbsent()
  @IsString()
  @MaxLength(10_000)
  informationReceived = '';
}

export class ContactCorrection extends ContactRequest {
  @ApiProperty(REASON)
  @SeveralLines()
  @IsString()
  @Length(3, 500)
  reason: string;
}

export class ContactStrikeOut {
  @ApiProperty({ ...REASON, description: 'Pourquoi la ligne est barrée.' })
  @SeveralLines()
  @IsString()
  @Length(3, 500)
  reason: string;
}

export class ContactAnswer {
  @ApiProperty({ ...ID, description: 'Identifiant de la ligne.' })
  id: string;
  @ApiProperty(LOT)
  lotNumber: number | null;
  @ApiProperty({ ...ID, description: 'Fournisseur.' })
  supplierId: string;
  @ApiProperty({ description: 'Sa raison sociale.', example: 'Sel de l’Ouest' })
  supplierName: string;
  @ApiProperty({
    type: 'string',
    nullable: true,
    description: 'Son SIRET\u00a0; null s’il a été effacé.',
    example: '73282932000074',
  })
  supplierSiret: string | null;
  @ApiProperty({ type: 'string', format: 'date', description: 'Jour du contact.', example: '2026-11-20' })
  metOn: PlainDate;
  @ApiProperty({ description: 'Objet.', example: 'conditionnement et délais du sel de déneigement' })
  subject: string;
  @ApiProperty(GIVEN)
  informationGiven: string[];
  @ApiProperty(DOCUMENTS)
  documentsGiven: string[];
  @ApiProperty({ description: 'Information reçue.', example: 'livraison possible en 48 heures' })
  informationReceived: string;
  @ApiProperty({
    type: 'string',
    format: 'date-time',
    description: 'Quand la ligne a été écrite.',
    example: '2026-11-25T08:30:00.000Z',
  })
  recordedAt: Date;
  @ApiProperty({ ...ID, type: 'string', nullable: true, description: 'Par qui.' })
  recordedBy: string | null;
  @ApiProperty({
    type: 'string',
    format: 'uuid',
    nullable: true,
    description: 'Ligne que celle-ci remplace.',
    example: null,
  })
  correctsId: string | null;
  @ApiProperty({ type: 'string', nullable: true, description: 'Motif de la correction.', example: null })
  reason: string | null;
  @ApiProperty({
    enum: ['standing', 'corrected', 'struck out'],
    enumName: 'ContactState',
    description: 'La ligne vaut, a été corrigée par une autre, ou barrée.',
    example: 'standing',
  })
  state: LineState;
}

export class ContactPage {
  @ApiProperty({ type: [ContactAnswer], description: 'La plus ancienne d’abord.' })
  items: ContactAnswer[];
  @ApiProperty({
    type: 'string',
    nullable: true,
    description: 'Curseur de la page suivante\u00a0; null sur la dernière.',
    example: null,
  })
  next: string | null;
}

export class SourcingCheck {
  @ApiProperty({ description: 'Code stable de la règle.', example: 'SOURCING_SEVERAL_MET' })
  rule: string;
  @ApiProperty({ description: 'Article.', example: 'CCP R2111-1' })
  article: string;
  @ApiProperty({
    enum: VERDICTS,
    enumName: 'Verdict',
    description: 'Verdict.',
    example: 'warn',
  })
  verdict: Verdict;
  @ApiProperty({
    type: 'object',
    additionalProperties: { type: 'string' },
    description: 'Ce qui a été comparé.',
    example: { 'fournisseurs rencontrés, lot 3': '1' },
  })
  figures: Record<string, string>;
  @ApiProperty({
    description: 'Ce qui est constaté, et que faire.',
    example: 'Un seul fournisseur a été rencontré (lot 3)\u00a0: en rencontrer d’autres.',
  })
  sentence: string;
}

export class SourcingCheckList {
  @ApiProperty({ type: [SourcingCheck] })
  items: SourcingCheck[];
}
