import { ValidateBy, type ValidationArguments } from 'class-validator';
import { EARLIEST_ACT, frenchDate, isPlainDate, type PlainDate } from '../../calendar/plain-date.js';
import { ofEach, SENTENCES } from './validation.messages.js';

/**
 * A day that exists, as `YYYY-MM-DD`, until 2199. Whether it may be to come is for the rules, which know today.
 *
 * @param each whether the property is a list of such days
 * @param since the first day that is allowed: by default that of the oldest act that a groupement may record
 */
export const IsPlainDate = ({
  since = EARLIEST_ACT,
  each = false,
}: { since?: PlainDate; each?: boolean } = {}): PropertyDecorator =>
  ValidateBy(
    {
      name: 'isPlainDate',
      validator: {
        validate: (value: unknown) => typeof value === 'string' && isPlainDate(value) && value >= since,
      },
    },
    {
      each,
      message: ({ value }: ValidationArguments) => {
        const given: unknown[] = [value].flat();
        const sentence = given.every((one) => typeof one === 'string' && isPlainDate(one))
          ? `Cette date précède le ${frenchDate(since)}\u00a0: vérifier l’année.`
          : SENTENCES['isPlainDate']!([]);
        return each ? ofEach(sentence) : sentence;
      },
    },
  );
