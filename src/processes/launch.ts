import { ConfigError, type Config, readConfig } from '../platform/config/config.js';
import { createLogger, type Logger } from '../platform/log/logger.js';

/** What a child of `npm start` says once it has started. */
export const READY = 'ready';

/**
 * Runs a service process: configuration, logger, then the body; a failure is one clear line and exit code 1.
 * `body` returns what to do when asked to stop.
 */
export async function launch(
  name: string,
  body: (config: Config, log: Logger) => Promise<() => Promise<void>>,
): Promise<void> {
  let config: Config;
  try {
    config = readConfig();
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 1;
    return;
  }
  const log = createLogger(config, name, 1);
  const starting = body(config, log);
  stopOnSignal(log, starting);
  try {
    await starting;
    // Tells `npm start`, if it started us, that what fails from now on may succeed when tried again.
    process.send?.(READY, undefined, undefined, () => undefined);
  } catch (error) {
    log.fatal({ err: error }, 'start failed');
    process.stderr.write(
      `Halle n’a pas démarré : ${error instanceof Error ? error.message : String(error)}\n`,
    );
    process.exit(1);
  }
}

/** The running work ends first; a second signal does not cut it short, for what supervises us will kill if it must. */
function stopOnSignal(log: Logger, starting: Promise<() => Promise<void>>): void {
  let stopping = false;
  const onSignal = (reason: string): void => {
    if (stopping) return;
    stopping = true;
    log.info({ reason }, 'stopping');
    // A job may have begun before the start was over: the signal waits for both.
    void starting
      .then((stop) => stop())
      .then(
        () => {
          log.info('stopped');
          process.exit(0);
        },
        (error: unknown) => {
          log.error({ err: error }, 'the stop went wrong');
          process.exit(1);
        },
      );
  };
  process.on('SIGTERM', onSignal);
  process.on('SIGINT', onSignal);
  // Started by `npm start`, which was killed: nobody would stop us.
  process.on('disconnect', () => {
    onSignal('parent process gone');
  });
}
