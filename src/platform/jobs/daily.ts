import {
  type BeforeApplicationShutdown,
  Inject,
  Injectable,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { DataSource } from 'typeorm';
import { parisMoment } from '../../calendar/paris-time.js';
import { Clock } from '../clock/clock.js';
import { LOGGER, type Logger } from '../log/logger.js';
import { JobRequests } from './job-requests.js';
import { DAILY } from './names.js';

const POLL_MS = 60_000;
/** Paris time. */
const FROM = '07:30';

/** Asks for the jobs of the day, once for all workers: the first row of a day wins, the others find it there. */
@Injectable()
export class DailyJobs implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> | undefined;

  constructor(
    private readonly dataSource: DataSource,
    private readonly clock: Clock,
    private readonly requests: JobRequests,
    @Inject(LOGGER) private readonly log: Logger,
  ) {}

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => {
      this.tick();
    }, POLL_MS);
    this.tick();
  }

  async beforeApplicationShutdown(): Promise<void> {
    clearInterval(this.timer);
    await this.running;
  }

  /** @returns the names of the jobs that this call asked for */
  async ask(at: Date): Promise<string[]> {
    const { date, time } = parisMoment(at);
    if (time < FROM) return [];
    const asked: string[] = [];
    for (const name of DAILY)
      await this.dataSource.transaction(async (tx) => {
        const [row] = await tx.query<unknown[]>(
          `insert into job_day (name, day) values ($1, $2) on conflict do nothing returning name`,
          [name, date],
        );
        if (!row) return;
        await this.requests.request(tx, name, { day: date });
        asked.push(name);
      });
    return asked;
  }

  private tick(): void {
    this.running = this.ask(this.clock.now()).then(
      () => undefined,
      (error: unknown) => {
        this.log.warn({ err: error }, 'the jobs of the day could not be asked for; they will be in a minute');
      },
    );
  }
}
