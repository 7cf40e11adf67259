import { ValidateBy } from 'class-validator';
import { isPlainDate } from '../calendar/plain-date.js';

const MOMENT = /^(.{10})T([01]\d|2[0-3]):[0-5]\d$/;

/** A moment as the clocks of Paris show it: "2026-12-15T12:00", from 1900 to 2199. */
export const IsParisMoment = (): PropertyDecorator =>
  ValidateBy(
    {
      name: 'isParisMoment',
      validator: {
        validate: (value: unknown) => typeof value === 'string' && isPlainDate(MOMENT.exec(value)?.[1] ?? ''),
      },
    },
    {
      message: 'Un jour et une heure de Paris sont attendus, par exemple «\u00a02026-12-15T12:00\u00a0».',
    },
  );
