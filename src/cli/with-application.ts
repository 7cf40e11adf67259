import type { INestApplicationContext } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { Clock } from '../platform/clock/clock.js';
import type { Config } from '../platform/config/config.js';
import type { Logger } from '../platform/log/logger.js';
import { Refused } from '../platform/refusals/refused.js';
import { openRuntime } from '../processes/runtime.js';
import { startQuiet } from '../processes/quiet.js';
import { UsageError } from './campaign-options.js';

/**
 * Opens the application, runs one command in one transaction, and closes everything.
 *
 * @throws {UsageError} when the command is refused: the person at the console can mend it
 */
export async function inTransaction<T>(
  config: Config,
  log: Logger,
  work: (app: INestApplicationContext, tx: EntityManager, at: Date) => Promise<T>,
): Promise<T> {
  const runtime = await openRuntime(config, log);
  try {
    const app = await startQuiet(runtime, log);
    try {
      return await app.get(DataSource).transaction((tx) => work(app, tx, app.get(Clock).now()));
    } finally {
      await app.close();
    }
  } catch (error) {
    throw error instanceof Refused ? new UsageError([error.message]) : error;
  } finally {
    await runtime.close();
  }
}
