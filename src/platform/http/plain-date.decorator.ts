import { ValidateBy, type ValidationOptions } from 'class-validator';
import { isPlainDate } from '../../calendar/plain-date.js';

/** A day that exists, as `YYYY-MM-DD`, from 1900 to 2199. */
export const IsPlainDate = (options?: ValidationOptions): PropertyDecorator =>
  ValidateBy(
    {
      name: 'isPlainDate',
      validator: { validate: (value: unknown) => typeof value === 'string' && isPlainDate(value) },
    },
    options,
  );
