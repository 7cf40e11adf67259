import { Injectable } from '@nestjs/common';

/** The only place that asks what time it is: everything else receives an instant as a value. */
@Injectable()
export class Clock {
  now(): Date {
    return new Date();
  }
}

/** Milliseconds of a monotonic clock, to measure how long something took. */
export const elapsedSince = (start: number): number => performance.now() - start;
