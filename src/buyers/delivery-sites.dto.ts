import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayUnique,
  IsArray,
  IsString,
  IsUUID,
  Length,
  ValidateNested,
} from 'class-validator';
import { MayBeNull } from '../platform/http/optional.decorators.js';
import { OneLine } from '../platform/http/one-line.decorator.js';
import { MayBeAbsent } from '../platform/http/optional.decorators.js';

const SITE_ID = { format: 'uuid', example: '0199f3a4-5b6c-7d8e-9f01-23456789abcf' } as const;
const LABEL = {
  description: 'Nom du lieu.',
  example: 'Atelier municipal',
  minLength: 1,
  maxLength: 120,
} as const;
const ADDRESS = {
  example: '4 rue des Ateliers, 53210 Argentré',
  minLength: 3,
  maxLength: 300,
  description: 'Adresse de livraison.',
} as const;
const HOURS = {
  type: 'string',
  nullable: true,
  example: 'du lundi au vendredi, de 8\u00a0h à 11\u00a0h\u00a030',
  maxLength: 300,
  description: 'Jours et heures de réception\u00a0; null s’il n’y en a pas.',
} as const;

export class DeliverySiteShape {
  @ApiPropertyOptional({
    ...SITE_ID,
    description:
      'Celui d’un lieu qui reste. Absent\u00a0: un lieu nouveau. Un lieu qui n’est plus dans la liste est retiré.',
  })
  @MayBeAbsent()
  @IsUUID()
  id?: string;

  @ApiProperty(LABEL)
  @OneLine()
  @IsString()
  @Length(1, 120)
  label: string;

  @ApiProperty(ADDRESS)
  @OneLine()
  @IsString()
  @Length(3, 300)
  address: string;

  @ApiProperty(HOURS)
  @MayBeNull()
  @OneLine()
  @IsString()
  @Length(1, 300)
  hours: string | null;
}

export class DeliverySitesRequest {
  @ApiProperty({
    type: [DeliverySiteShape],
    description: 'Tous les lieux\u00a0: la liste remplace la précédente.',
  })
  @IsArray()
  @ArrayMaxSize(100)
  @ArrayUnique((site: DeliverySiteShape | null) => site?.label, {
    message: 'Deux lieux portent le même nom\u00a0: les distinguer.',
  })
  @ValidateNested({ each: true })
  @Type(() => DeliverySiteShape)
  deliverySites: DeliverySiteShape[];
}

export class DeliverySiteAnswer {
  @ApiProperty(SITE_ID)
  id: string;
  @ApiProperty(LABEL)
  label: string;
  @ApiProperty(ADDRESS)
  address: string;
  @ApiProperty(HOURS)
  hours: string | null;
}
