import { ApiProperty, ApiPropertyOptional, PartialType } from '@nestjs/swagger';
import {
  ArrayMaxSize,
  ArrayUnique,
  IsArray,
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  Length,
  Max,
  Min,
  ValidateIf,
} from 'class-validator';
import type { PlainDate } from '../calendar/plain-date.js';
import { IsPlainDate } from '../platform/http/plain-date.decorator.js';
import { CONSULTATION_STATES, type ConsultationState } from './consultation.rules.js';
import { NO_SPLIT_GROUNDS, type NoSplitGround } from './consultation.rules.js';
import { OneLine, SeveralLines } from '../platform/http/one-line.decorator.js';

const ID = { format: 'uuid', example: '0199f3a4-5b6c-7d8e-9f01-23456789abcd' } as const;
const TITLE = { description: 'Intitulé, unique dans le groupement.', example: 'Services techniques 2027' };
const OBJECT = {
  type: 'string',
  nullable: true,
  description: 'Objet\u00a0: ce qui est acheté.',
  example: 'Fourniture de sel de déneigement et de matériel de voirie',
} as const;
const FAMILIES = {
  type: 'string',
  isArray: true,
  description: 'Familles d’achats, telles que le groupement les nomme.',
  example: ['voirie', 'espaces verts'],
} as const;
const FIRM_YEARS = { type: 'integer', description: 'Durée ferme, en années.', example: 1 } as const;
const RENEWALS = {
  type: 'integer',
  description: 'Reconductions possibles, d’un an chacune.',
  example: 3,
} as const;
const DURATION_MOTIVE = {
  type: 'string',
  nullable: true,
  description: 'Pourquoi la durée totale dépasse quatre ans (CCP L2125-1).',
  example: null,
} as const;
const PLANNED_LAUNCH = {
  type: 'string',
  format: 'date',
  nullable: true,
  description: 'Lancement prévu\u00a0: le droit est demandé à cette date.',
  example: '2027-02-01',
} as const;
const NO_SPLIT_GROUND = {
  enum: NO_SPLIT_GROUNDS,
  enumName: 'NoSplitGround',
  nullable: true,
  description: 'Pourquoi la consultation n’a qu’un lot (CCP L2113-10, L2113-11).',
  example: null,
} as const;
const NO_SPLIT_MOTIVE = {
  type: 'string',
  nullable: true,
  description: 'Ce qui justifie qu’elle n’ait qu’un lot, dans ce cas précis.',
  example: null,
} as const;

export class ConsultationRequest {
  @ApiProperty({ ...TITLE, minLength: 1, maxLength: 200 })
  @OneLine()
  @IsString()
  @Length(1, 200)
  title: string;

  @ApiPropertyOptional({ ...OBJECT, minLength: 3, maxLength: 2000 })
  @IsOptional()
  @SeveralLines()
  @IsString()
  @Length(3, 2000)
  object?: string | null;

  @ApiPropertyOptional({ ...FAMILIES, maxItems: 30 })
  @ValidateIf((_, value) => value !== undefined)
  @OneLine()
  @IsArray()
  @ArrayMaxSize(30)
  @ArrayUnique()
  @IsString({ each: true })
  @Length(1, 80, { each: true })
  families?: string[];

  @ApiProperty({ ...FIRM_YEARS, minimum: 1, maximum: 30 })
  @IsInt()
  @Min(1)
  @Max(30)
  firmYears: number;

  @ApiProperty({ ...RENEWALS, minimum: 0, maximum: 30 })
  @IsInt()
  @Min(0)
  @Max(30)
  renewals: number;

  @ApiPropertyOptional({ ...DURATION_MOTIVE, minLength: 3, maxLength: 2000 })
  @IsOptional()
  @SeveralLines()
  @IsString()
  @Length(3, 2000)
  durationMotive?: string | null;

  @ApiPropertyOptional(PLANNED_LAUNCH)
  @IsOptional()
  @IsPlainDate()
  plannedLaunchOn?: PlainDate | null;

  @ApiPropertyOptional(NO_SPLIT_GROUND)
  @IsOptional()
  @IsIn(NO_SPLIT_GROUNDS)
  noSplitGround?: NoSplitGround | null;

  @ApiPropertyOptional({ ...NO_SPLIT_MOTIVE, minLength: 3, maxLength: 2000 })
  @IsOptional()
  @SeveralLines()
  @IsString()
  @Length(3, 2000)
  noSplitMotive?: string | null;
}

/** What is absent stays as it is. */
export class ConsultationChanges extends PartialType(ConsultationRequest, { skipNullProperties: false }) {}

export class CancellationRequest {
  @ApiProperty({
    description: 'Motif de la déclaration sans suite.',
    example: 'Le besoin a disparu\u00a0: la ville de Laval reprend le salage en régie.',
    minLength: 3,
    maxLength: 2000,
  })
  @SeveralLines()
  @IsString()
  @Length(3, 2000)
  reason: string;
}

export class ConsultationAnswer {
  @ApiProperty({ ...ID, description: 'Identifiant de la consultation.' })
  id: string;
  @ApiProperty({ ...ID, description: 'Groupement qui la mène.' })
  groupId: string;
  @ApiProperty(TITLE)
  title: string;
  @ApiProperty(OBJECT)
  object: string | null;
  @ApiProperty(FAMILIES)
  families: string[];
  @ApiProperty(FIRM_YEARS)
  firmYears: number;
  @ApiProperty(RENEWALS)
  renewals: number;
  @ApiProperty(DURATION_MOTIVE)
  durationMotive: string | null;
  @ApiProperty(PLANNED_LAUNCH)
  plannedLaunchOn: PlainDate | null;
  @ApiProperty(NO_SPLIT_GROUND)
  noSplitGround: NoSplitGround | null;
  @ApiProperty(NO_SPLIT_MOTIVE)
  noSplitMotive: string | null;
  @ApiProperty({
    enum: CONSULTATION_STATES,
    enumName: 'ConsultationState',
    description: 'En préparation, lancée, ou sans suite.',
    example: 'draft',
  })
  state: ConsultationState;
  @ApiProperty({
    type: 'string',
    format: 'date-time',
    nullable: true,
    description: 'Lancement.',
    example: null,
  })
  launchedAt: Date | null;
  @ApiProperty({
    type: 'string',
    format: 'date-time',
    nullable: true,
    description: 'Déclaration sans suite.',
    example: null,
  })
  cancelledAt: Date | null;
  @ApiProperty({ type: 'string', nullable: true, description: 'Motif de celle-ci.', example: null })
  cancellationReason: string | null;
  @ApiProperty({
    ...ID,
    type: 'string',
    nullable: true,
    description: 'Consultation dont elle est la copie.',
    example: null,
  })
  copiedFromId: string | null;
  @ApiProperty({
    type: 'string',
    format: 'date-time',
    description: 'Création.',
    example: '2026-11-25T08:30:00.000Z',
  })
  createdAt: Date;
  @ApiProperty({ type: 'integer', description: 'Version, celle de l’ETag.', example: 1 })
  version: number;
}

export class ConsultationPage {
  @ApiProperty({ type: [ConsultationAnswer] })
  items: readonly ConsultationAnswer[];
  @ApiProperty({
    type: 'string',
    nullable: true,
    description: 'Curseur de la page suivante\u00a0; null à la dernière.',
    example: null,
  })
  next: string | null;
}
