import { applyDecorators } from '@nestjs/common';
import { Transform } from 'class-transformer';
import { ValidateBy } from 'class-validator';
import { changesDirection, DIRECTION_PROBLEM, oneLine, severalLines } from '../../words/visible.js';

const readable = (made: (text: string) => string): PropertyDecorator => {
  const one = (value: unknown): unknown => (typeof value === 'string' ? made(value) : value);
  return applyDecorators(
    Transform(({ value }: { value: unknown }) =>
      Array.isArray(value) ? value.map((each: unknown) => one(each)) : one(value),
    ),
    ValidateBy(
      {
        name: 'readsAsWritten',
        validator: {
          validate: (value: unknown) =>
            [value].flat().every((text) => typeof text !== 'string' || !changesDirection(text)),
        },
      },
      { message: `C${DIRECTION_PROBLEM.slice(1)}\u00a0: le retaper.` },
    ),
  );
};

/**
 * One line, without blanks around it or characters that nobody sees: it is printed in tables, headers and subjects. What
 * shows nothing is empty, for a length to refuse; what changes the direction of reading is refused. A list is made so
 * text by text.
 */
export const OneLine = (): PropertyDecorator => readable(oneLine);

/** The same for a text whose lines are kept. */
export const SeveralLines = (): PropertyDecorator => readable(severalLines);
