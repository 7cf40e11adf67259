import { applyDecorators } from '@nestjs/common';
import { Transform } from 'class-transformer';
import { IsOptional, IsString, Length, Matches } from 'class-validator';
import { OneLine, SeveralLines } from './one-line.decorator.js';

const EUROS =
  'Un montant en euros HT est attendu, en chiffres avec un point, sans espace\u00a0: "120000.00".';

/** Euros excluding VAT as a decimal text: at most `digits` before the point, two after. */
export const IsEuros = (digits = 10): PropertyDecorator =>
  Matches(new RegExp(`^\\d{1,${digits}}(\\.\\d{1,2})?$`), { message: EUROS });

/** A percentage from 0 to 100 as a decimal text, with two decimals at most. */
export const IsPercent = (options: { each?: boolean } = {}): PropertyDecorator =>
  Matches(/^(100(\.0{1,2})?|\d{1,2}(\.\d{1,2})?)$/, {
    ...options,
    message: 'Un taux de 0 à 100 est attendu, en chiffres avec un point\u00a0: "5" ou "7.5".',
  });

/** A text on several lines that may be absent: empty is null. */
export const OptionalText = (longest: number, shortest = 1): PropertyDecorator =>
  applyDecorators(
    SeveralLines(),
    Transform(({ value }: { value: unknown }) => (value === '' ? null : value)),
    IsOptional(),
    IsString(),
    Length(shortest, longest),
  );

/** One line that says something. */
export const ShortText = (longest: number): PropertyDecorator =>
  applyDecorators(OneLine(), IsString(), Length(1, longest));
