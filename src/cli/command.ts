import type { Config } from '../platform/config/config.js';
import type { Logger } from '../platform/log/logger.js';
import type { Terminal } from './terminal.js';

/** A command of `halle`. */
export interface Command {
  /** One line, in French, for `halle --help`. */
  readonly summary: string;
  /** What `halle COMMAND --help` prints. */
  readonly usage: string;
  /** @throws {UsageError} when the command line cannot be followed @returns the exit code */
  run(args: readonly string[], config: Config, log: Logger, terminal: Terminal): Promise<number>;
}
