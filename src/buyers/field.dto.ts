import { Transform } from 'class-transformer';
import { ValidateIf } from 'class-validator';

/** One line: it is printed in tables and headers. */
export const OneLine = (): PropertyDecorator =>
  Transform(({ value }: { value: unknown }) =>
    typeof value === 'string' ? value.replace(/\p{C}+/gu, ' ').trim() : value,
  );
/** May be absent, but not null: null would say that there is none. */
export const MayBeAbsent = (): PropertyDecorator => ValidateIf((_, value) => value !== undefined);
/** Must be there; null says that there is none. */
export const MayBeNull = (): PropertyDecorator => ValidateIf((_, value) => value !== null);
