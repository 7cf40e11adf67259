import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { ArrayMaxSize, IsArray, Matches } from 'class-validator';
import { IsCpvCode } from '../platform/http/cpv-code.decorator.js';
import { MayBeAbsent } from '../platform/http/optional.decorators.js';

/** « 34927100,44113000 »: what a query lists. */
const Listed = (): PropertyDecorator =>
  Transform(({ value }: { value: unknown }) =>
    typeof value === 'string' ? value.split(',').map((part) => part.trim()) : value,
  );

export class AnswerableQuery {
  @ApiProperty({
    type: 'string',
    description: 'Codes CPV du lot, séparés par des virgules\u00a0: l’un d’eux suffit.',
    example: '34927100,44113000',
  })
  @Listed()
  @IsArray()
  @ArrayMaxSize(50)
  @IsCpvCode({ head: true, each: true })
  cpv: string[];

  @ApiPropertyOptional({
    type: 'string',
    description: 'Codes INSEE des communes, séparés par des virgules. Absent\u00a0: où qu’ils soient.',
    example: '53130,53054',
  })
  @MayBeAbsent()
  @Listed()
  @IsArray()
  @ArrayMaxSize(1500)
  @Matches(/^(\d{2}|2[AB])\d{3}$/, {
    each: true,
    message: 'Un code INSEE de commune compte 5\u00a0caractères.',
  })
  communes: string[] = [];
}

const figure = (description: string, example: number) => ({ type: 'integer', description, example }) as const;

export class TallyAnswer {
  @ApiProperty(figure('Fournisseurs.', 14))
  total: number;
  @ApiProperty(figure('Dont PME.', 9))
  sme: number;
  @ApiProperty(figure('Dont entreprises adaptées et ESAT.', 1))
  adapted: number;
  @ApiProperty(figure('Dont structures d’insertion.', 2))
  siae: number;
  @ApiProperty(figure('Dont travail en prison.', 0))
  prisonWork: number;
  @ApiProperty(figure('Dont économie sociale et solidaire.', 3))
  socialEconomy: number;
}

export class CommuneTally extends TallyAnswer {
  @ApiProperty({ description: 'Code INSEE.', example: '53130' })
  inseeCode: string;
}

export class AnswerableAnswer {
  @ApiProperty({ type: TallyAnswer, description: 'Desservent l’une au moins des communes.' })
  somewhere: TallyAnswer;
  @ApiProperty({ type: TallyAnswer, description: 'Desservent toutes les communes.' })
  everywhere: TallyAnswer;
  @ApiProperty({
    type: TallyAnswer,
    description: 'Ne font qu’une partie de ce que disent les codes\u00a0; non comptés ci-dessus.',
  })
  partly: TallyAnswer;
  @ApiProperty({ type: [CommuneTally], description: 'Commune par commune.' })
  byCommune: CommuneTally[];
}
