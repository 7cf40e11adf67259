import { ValidateIf } from 'class-validator';

/** May be absent, but not null: null would say that there is none. */
export const MayBeAbsent = (): PropertyDecorator => ValidateIf((_, value) => value !== undefined);
/** Must be there; null says that there is none. */
export const MayBeNull = (): PropertyDecorator => ValidateIf((_, value) => value !== null);
