import { applyDecorators } from '@nestjs/common';
import { Transform } from 'class-transformer';
import { IsString, ValidateBy, type ValidationArguments } from 'class-validator';
import { cpvWithoutCheckDigit, wrongCpvCheckDigit } from '../../law/cpv-code.js';

interface CpvShape {
  /** The first digits of a code may stand for all that it begins, two at least. */
  readonly head?: boolean;
  /** A list of codes. */
  readonly each?: boolean;
}

const sentence = ([problem, correction]: readonly [string, string]): string =>
  `${problem.charAt(0).toUpperCase()}${problem.slice(1)}\u00a0: ${correction}.`;

/** A CPV code, whose check digit must be the right one if it is there. */
export function IsCpvCode({ head = false, each = false }: CpvShape = {}): PropertyDecorator {
  const shape = head ? /^(\d{2,8}|\d{8}-\d)$/ : /^\d{8}(-\d)?$/;
  const expected = head
    ? 'Un code CPV compte de 2 à 8\u00a0chiffres.'
    : 'Un code CPV compte 8\u00a0chiffres, par exemple 34927100 ou 34927100-2.';
  const isSound = (value: unknown): boolean =>
    typeof value === 'string' && shape.test(value) && wrongCpvCheckDigit(value) === null;
  const message = ({ value }: ValidationArguments): string => {
    const values: readonly unknown[] = each && Array.isArray(value) ? value : [value];
    const wrong = values.find((one) => !isSound(one));
    const digit = typeof wrong === 'string' && shape.test(wrong) ? wrongCpvCheckDigit(wrong) : null;
    return digit ? sentence(digit) : expected;
  };
  return ValidateBy({ name: 'isCpvCode', validator: { validate: isSound } }, { each, message });
}

/** One code of the nomenclature: « 44113620-7 » is 44113620, once its check digit is verified; spaces around are forgiven. */
export const CpvCode = (): PropertyDecorator =>
  applyDecorators(
    Transform(({ value }: { value: unknown }) => {
      if (typeof value !== 'string') return value;
      const code = value.trim();
      return wrongCpvCheckDigit(code) ? code : (cpvWithoutCheckDigit(code) ?? code);
    }),
    IsString(),
    IsCpvCode(),
  );

/** Words, or a code: then its check digit must be the right one. */
export const HasRightCpvCheckDigit = (): PropertyDecorator =>
  ValidateBy(
    {
      name: 'isCpvCode',
      validator: {
        validate: (value: unknown) => typeof value !== 'string' || wrongCpvCheckDigit(value) === null,
      },
    },
    { message: ({ value }: ValidationArguments) => sentence(wrongCpvCheckDigit(value as string)!) },
  );
