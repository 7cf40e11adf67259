import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsString, MaxLength } from 'class-validator';
import { HasRightCpvCheckDigit } from '../platform/http/cpv-code.decorator.js';
import { PageQuery } from '../platform/http/pages.js';
import { MayBeAbsent } from '../platform/http/optional.decorators.js';

export class CpvQuery extends PageQuery {
  @ApiPropertyOptional({
    description:
      'Début d’un code, avec ou sans clé (44113620-7), ou mots du libellé, accents et pluriels pardonnés. Absent\u00a0: toute la nomenclature.',
    example: 'sel déneigement',
    maxLength: 200,
  })
  @MayBeAbsent()
  @IsString()
  @MaxLength(200)
  @HasRightCpvCheckDigit()
  q?: string;
}

export class CpvAnswer {
  @ApiProperty({ description: 'Code, sans sa clé.', example: '34927100' })
  code: string;
  @ApiProperty({ description: 'Libellé français.', example: 'Sel de voirie' })
  label: string;
}

export class CpvPage {
  @ApiProperty({ type: [CpvAnswer] })
  items: readonly CpvAnswer[];
  @ApiProperty({
    type: 'string',
    nullable: true,
    description: 'Curseur de la page suivante\u00a0; null à la dernière.',
    example: null,
  })
  next: string | null;
}
