import { Refused } from '../refusals/refused.js';

/** Seconds after which a place is likely to be free. */
const WAIT = 10;

/** Work that a machine can do only a little of at once: some is under way, some waits, the rest is refused at once. */
export class Turns {
  private underWay = 0;
  private readonly waiting: (() => void)[] = [];

  constructor(
    private readonly atOnce: number,
    private readonly mayWait: number,
  ) {}

  /** @throws {Refused} FILES_BUSY (503) when too many wait already; whatever the work throws */
  async run<T>(work: () => Promise<T>): Promise<T> {
    if (this.underWay < this.atOnce) this.underWay += 1;
    else {
      if (this.waiting.length >= this.mayWait) throw new Refused('FILES_BUSY').withRetryAfter(WAIT);
      // Whoever ends gives its place: the count does not change.
      await new Promise<void>((resolve) => this.waiting.push(resolve));
    }
    try {
      return await work();
    } finally {
      const next = this.waiting.shift();
      if (next) next();
      else this.underWay -= 1;
    }
  }
}
