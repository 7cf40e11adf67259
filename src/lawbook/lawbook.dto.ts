import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import {
  IsBoolean,
  IsIn,
  IsOptional,
  IsString,
  Length,
  ValidateBy,
  type ValidationArguments,
} from 'class-validator';
import { isPlainDate, type PlainDate } from '../calendar/plain-date.js';
import { FIGURE_UNITS, type FigureRule, type FigureUnit } from '../law/figure.js';
import { FIGURE_CODES, type FigureCode, FIGURES, isFigureCode } from '../law/figures.js';
import { OneLine } from '../platform/http/one-line.decorator.js';
import { MayBeAbsent } from '../platform/http/optional.decorators.js';
import { IsPlainDate } from '../platform/http/plain-date.decorator.js';
import { readValue, VALUE_SENTENCES } from './figure-value.rules.js';

/** What is known of the code that the same request gives; null when the code is unknown, which is told of the code. */
function ruleIn({ object }: ValidationArguments): FigureRule | null {
  const { code } = object as { code?: unknown };
  return typeof code === 'string' && isFigureCode(code) ? FIGURES[code] : null;
}

/** A value in the unit of its code. */
const IsFigureValue = (): PropertyDecorator =>
  ValidateBy(
    {
      name: 'figureValue',
      validator: {
        validate: (value: unknown, args?: ValidationArguments) => {
          const rule = args === undefined ? null : ruleIn(args);
          return rule === null || (typeof value === 'string' && readValue(rule, value) !== null);
        },
      },
    },
    { message: (args) => VALUE_SENTENCES[ruleIn(args)?.unit ?? 'euros'] },
  );

/** An end that comes after the beginning that the same request gives. */
const EndsAfterItBegins = (): PropertyDecorator =>
  ValidateBy(
    {
      name: 'endsAfterItBegins',
      validator: {
        validate: (end: unknown, args?: ValidationArguments) => {
          const { validFrom } = (args?.object ?? {}) as { validFrom?: unknown };
          return (
            typeof end !== 'string' ||
            typeof validFrom !== 'string' ||
            !isPlainDate(validFrom) ||
            end > validFrom
          );
        },
      },
    },
    {
      message:
        'Le premier jour hors vigueur vient après le premier jour en vigueur\u00a0: corriger l’un ou l’autre.',
    },
  );

const CODE = {
  enum: FIGURE_CODES,
  enumName: 'FigureCode',
  description: 'Code stable du chiffre.',
  example: 'dispense_fs',
} as const;
const VALUE = {
  description:
    'Texte décimal, dans l’unité\u00a0: "60000.00" en euros HT, "20.00" en pour cent, un entier en jours, mois, années ou habitants, "1" pour une obligation.',
  example: '60000.00',
};
const FROM = { type: 'string', format: 'date', example: '2026-04-01' } as const;
const TO = {
  type: 'string',
  format: 'date',
  nullable: true,
  description: 'Premier jour où il n’est plus en vigueur\u00a0; null\u00a0: aucun n’est connu.',
  example: null,
} as const;
const SOURCE = {
  description: 'Où le chiffre a été lu. 1 à 300\u00a0caractères.',
  example: 'décret 2025-1386',
  minLength: 1,
  maxLength: 300,
};
const CHECKED_ON = {
  type: 'string',
  format: 'date',
  description: 'Jour où la source a été lue.',
  example: '2026-11-23',
} as const;
const VERIFIED = {
  description: 'Faux\u00a0: aucun texte officiel n’a pu être lu, le chiffre est à vérifier.',
  example: true,
};

export class LawQuery {
  @ApiPropertyOptional({
    type: 'string',
    format: 'date',
    description: 'Jour dont le droit est demandé\u00a0; à défaut aujourd’hui, à Paris.',
    example: '2026-04-01',
  })
  @MayBeAbsent()
  @IsPlainDate()
  on?: PlainDate;
}

export class LawFigureRequest {
  @ApiProperty(CODE)
  @IsIn(FIGURE_CODES)
  code: FigureCode;

  @ApiProperty(VALUE)
  @IsString()
  @IsFigureValue()
  value: string;

  @ApiProperty({ ...FROM, description: 'Premier jour en vigueur.' })
  @IsPlainDate()
  validFrom: PlainDate;

  @ApiPropertyOptional(TO)
  @IsOptional()
  @IsPlainDate()
  @EndsAfterItBegins()
  validTo?: PlainDate | null;

  @ApiProperty(SOURCE)
  @OneLine()
  @IsString()
  @Length(1, 300)
  source: string;

  @ApiProperty(CHECKED_ON)
  @IsPlainDate()
  checkedOn: PlainDate;

  @ApiProperty(VERIFIED)
  @IsBoolean()
  verified: boolean;
}

export class LawRuleAnswer {
  @ApiProperty(CODE)
  code: FigureCode;
  @ApiProperty({
    description: 'Ce que le chiffre est.',
    example: 'Dispense de publicité et de mise en concurrence, fournitures et services',
  })
  label: string;
  @ApiProperty(VALUE)
  value: string;
  @ApiProperty({
    enum: FIGURE_UNITS,
    enumName: 'FigureUnit',
    description:
      'Unité\u00a0: euros HT (`euros`, exacts au centime), pour cent, années, mois, jours, habitants\u00a0; `duty`\u00a0: une obligation en vigueur.',
    example: 'euros',
  })
  unit: FigureUnit;
  @ApiProperty({ description: 'Article qui le fixe.', example: 'CCP R2122-8' })
  article: string;
  @ApiProperty({
    ...FROM,
    nullable: true,
    description: 'Premier jour en vigueur\u00a0; null\u00a0: avant tout achat tenu ici.',
  })
  validFrom: PlainDate | null;
  @ApiProperty(TO)
  validTo: PlainDate | null;
  @ApiProperty(SOURCE)
  source: string;
  @ApiProperty(CHECKED_ON)
  checkedOn: PlainDate;
  @ApiProperty(VERIFIED)
  verified: boolean;
}

export class LawFigureAnswer extends LawRuleAnswer {
  @ApiProperty({
    format: 'uuid',
    description: 'Identifiant de la ligne, celui du journal.',
    example: '0199f3a4-5b6c-7d8e-9f01-23456789abcd',
  })
  id: string;
}

export class LawAnswer {
  @ApiProperty({
    type: 'string',
    format: 'date',
    description: 'Jour dont c’est le droit.',
    example: '2026-04-01',
  })
  on: PlainDate;
  @ApiProperty({
    type: [LawRuleAnswer],
    description:
      'Ce qui est en vigueur ce jour-là, une valeur au plus par code\u00a0; tout à la fois, sans page.',
  })
  rules: readonly LawRuleAnswer[];
}
