import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsUUID } from 'class-validator';
import type { PlainDate } from '../calendar/plain-date.js';
import { CheckAnswer } from '../platform/http/check.dto.js';
import { IsPlainDate } from '../platform/http/plain-date.decorator.js';
import { MayBeAbsent } from '../platform/http/optional.decorators.js';

const amount = (description: string, example: string) =>
  ({ type: 'string', description: `${description}, en euros HT par an.`, example }) as const;

export class FamilyLedgerQuery {
  @ApiPropertyOptional({
    type: 'string',
    format: 'uuid',
    description:
      'Ne compter que cette consultation. Absente\u00a0: toutes celles du groupement, dont deux années du même achat s’ajouteraient.',
    example: '0199f3a4-5b6c-7d8e-9f01-23456789abcd',
  })
  @MayBeAbsent()
  @IsUUID()
  consultationId?: string;

  @ApiPropertyOptional({
    type: 'string',
    format: 'date',
    description:
      'Jour où le membre lance son propre achat, dont le seuil compte (CCP R2121-3). Absent\u00a0: aujourd’hui.',
    example: '2027-03-01',
  })
  @MayBeAbsent()
  @IsPlainDate()
  on?: PlainDate;
}

export class CountedConsultation {
  @ApiProperty({ format: 'uuid', example: '0199f3a4-5b6c-7d8e-9f01-23456789abcd' })
  id: string;
  @ApiProperty({ description: 'Intitulé.', example: 'Services techniques 2027' })
  title: string;
}

export class FamilyEntryAnswer {
  @ApiProperty({ description: 'Famille d’achats.', example: 'pain et viennoiserie' })
  family: string;
  @ApiProperty({ description: 'Si ce sont des travaux, qui ont leur propre seuil.', example: false })
  works: boolean;
  @ApiProperty(amount('Acheté par le groupement', '48000.00'))
  share: string;
  @ApiProperty(amount('Conservé hors du groupement', '12500.00'))
  residue: string;
  @ApiProperty(amount('Total de la famille, celui que compte la loi', '60500.00'))
  total: string;
  @ApiProperty({
    type: 'string',
    description: 'Seuil sous lequel ni publicité ni mise en concurrence ne sont demandées, en euros HT.',
    example: '60000.00',
  })
  threshold: string;
  @ApiProperty({ type: CheckAnswer })
  check: CheckAnswer;
}

export class FamilyLedgerAnswer {
  @ApiProperty({ type: 'string', format: 'date', description: 'Jour du seuil.', example: '2027-03-01' })
  on: PlainDate;
  @ApiProperty({ type: [CountedConsultation], description: 'Consultations comptées.' })
  consultations: readonly CountedConsultation[];
  @ApiProperty({ type: [FamilyEntryAnswer] })
  families: readonly FamilyEntryAnswer[];
}
