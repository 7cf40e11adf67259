import { Transform } from 'class-transformer';

const oneLine = (value: unknown): unknown =>
  typeof value === 'string'
    ? value
        .replace(/[\p{C}\p{Zl}\p{Zp}]+/gu, ' ')
        .replace(/ {2,}/g, ' ')
        .trim()
    : value;

/** One line, no blanks around it: it is printed in tables, headers and subjects. A list is made so text by text. */
export const OneLine = (): PropertyDecorator =>
  Transform(({ value }: { value: unknown }) => (Array.isArray(value) ? value.map(oneLine) : oneLine(value)));
