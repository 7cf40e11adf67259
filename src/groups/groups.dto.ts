import { ApiProperty, ApiPropertyOptional, PartialType } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayUnique,
  IsArray,
  IsBoolean,
  IsIn,
  IsOptional,
  IsString,
  IsUUID,
  Length,
} from 'class-validator';
import type { PlainDate } from '../calendar/plain-date.js';
import { IsPlainDate } from '../platform/http/plain-date.decorator.js';
import { GROUP_KINDS, type GroupKind } from './membership.rules.js';
import { OneLine, SeveralLines } from '../platform/http/one-line.decorator.js';
import { MayBeAbsent } from '../platform/http/optional.decorators.js';

const KIND = {
  enum: GROUP_KINDS,
  enumName: 'GroupKind',
  description: 'permanent, ou one_off\u00a0: ponctuel, pour ce qu’il lance et rien d’autre.',
  example: 'permanent',
} as const;
const OBJECT = {
  type: 'string',
  nullable: true,
  description: 'Objet.',
  example: 'Fournitures des services techniques',
} as const;
const FAMILIES = {
  type: String,
  isArray: true,
  description: 'Familles d’achats, comme le coordonnateur les nomme.',
  example: ['sel de déneigement', 'signalisation'],
};
const STARTS_ON = {
  type: 'string',
  format: 'date',
  nullable: true,
  description: 'Premier jour.',
  example: '2027-01-01',
} as const;
const ENDS_ON = {
  ...STARTS_ON,
  description: 'Dernier jour, inclus\u00a0; null\u00a0: sans terme fixé.',
  example: '2030-12-31',
} as const;
const SEE_EACH_OTHER = {
  description: 'Si les membres voient les quantités et les montants les uns des autres.',
  example: true,
};
const RESERVED = {
  type: 'string',
  format: 'uuid',
  nullable: true,
  description:
    'Pôle de proximité auquel le groupement est réservé\u00a0: ses membres seuls y entrent, avec le coordonnateur\u00a0; null\u00a0: tout acheteur.',
  example: '0199f3a4-5b6c-7d8e-9f01-23456789abcf',
} as const;
const TITLE = {
  description: 'Intitulé, unique chez un coordonnateur.',
  example: 'Services techniques 2027',
  minLength: 1,
  maxLength: 200,
};
const count = (description: string, example: number) => ({ type: 'integer', description, example }) as const;

/** A purchasing group, in the figures that anyone who may see it sees. */
export class GroupAnswer {
  @ApiProperty({ format: 'uuid', example: '0199f3a4-5b6c-7d8e-9f01-23456789abcd' })
  id: string;
  @ApiProperty({ description: 'Intitulé.', example: 'Services techniques 2027' })
  title: string;
  @ApiProperty({ format: 'uuid', example: '0199f3a4-5b6c-7d8e-9f01-23456789abce' })
  coordinatorId: string;
  @ApiProperty({ description: 'Nom du coordonnateur.', example: 'Laval Agglomération' })
  coordinatorName: string;
  @ApiProperty(KIND)
  kind: GroupKind;
  @ApiProperty(OBJECT)
  object: string | null;
  @ApiProperty(FAMILIES)
  families: string[];
  @ApiProperty(STARTS_ON)
  startsOn: PlainDate | null;
  @ApiProperty(ENDS_ON)
  endsOn: PlainDate | null;
  @ApiProperty(SEE_EACH_OTHER)
  membersSeeEachOther: boolean;
  @ApiProperty(RESERVED)
  reservedClusterId: string | null;
  @ApiProperty({ type: 'string', nullable: true, description: 'Nom de ce pôle.', example: 'Pôle de Loiron' })
  reservedClusterName: string | null;
  @ApiProperty(count('Invités qui n’ont pas répondu.', 2))
  invited: number;
  @ApiProperty(count('Ceux qui ont signalé leur intérêt.', 4))
  interested: number;
  @ApiProperty(count('Membres\u00a0: ceux qui ont adhéré.', 32))
  members: number;
  @ApiProperty(count('Ceux qui ont répondu ne pas adhérer.', 3))
  declined: number;
  @ApiProperty(count('Ceux qui se sont retirés.', 1))
  withdrawn: number;
  @ApiProperty({ type: 'string', format: 'date-time', example: '2026-11-25T08:30:00.000Z' })
  createdAt: Date;
  @ApiProperty({ type: 'integer', description: 'Version, celle de l’ETag.', example: 1 })
  version: number;
}

export class GroupPage {
  @ApiProperty({ type: [GroupAnswer] })
  items: readonly GroupAnswer[];
  @ApiProperty({
    type: 'string',
    nullable: true,
    description: 'Curseur de la page suivante\u00a0; null sur la dernière.',
    example: null,
  })
  next: string | null;
}

/** What a coordinator says of its group. */
export class GroupSheet {
  @ApiProperty(TITLE)
  @OneLine()
  @IsString()
  @Length(1, 200)
  title: string;

  @ApiPropertyOptional({ ...KIND, default: 'permanent' })
  @MayBeAbsent()
  @IsIn(GROUP_KINDS)
  kind?: GroupKind;

  @ApiPropertyOptional({ ...OBJECT, minLength: 1, maxLength: 2000 })
  @IsOptional()
  @SeveralLines()
  @IsString()
  @Length(1, 2000)
  object?: string | null;

  @ApiPropertyOptional({ ...FAMILIES, maxItems: 100 })
  @MayBeAbsent()
  @OneLine()
  @IsArray()
  @ArrayMaxSize(100)
  @ArrayUnique()
  @IsString({ each: true })
  @Length(1, 120, { each: true })
  families?: string[];

  @ApiPropertyOptional(STARTS_ON)
  @IsOptional()
  @IsPlainDate()
  startsOn?: PlainDate | null;

  @ApiPropertyOptional(ENDS_ON)
  @IsOptional()
  @IsPlainDate()
  endsOn?: PlainDate | null;

  @ApiPropertyOptional({ ...SEE_EACH_OTHER, default: true })
  @MayBeAbsent()
  @IsBoolean()
  membersSeeEachOther?: boolean;

  @ApiPropertyOptional(RESERVED)
  @IsOptional()
  @Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? value.toLowerCase() : value))
  @IsUUID()
  reservedClusterId?: string | null;
}

export class GroupOpening extends GroupSheet {
  @ApiProperty({
    format: 'uuid',
    description: 'Acheteur coordonnateur, dont la personne est l’acheteuse ou l’acheteur.',
    example: '0199f3a4-5b6c-7d8e-9f01-23456789abce',
  })
  @IsUUID()
  coordinatorId: string;
}

/** What is left out stays as it is; null empties what may be empty. */
export class GroupChanges extends PartialType(GroupSheet, { skipNullProperties: false }) {}
