import type { LoggerService } from '@nestjs/common';
import { type Logger as PinoLogger, pino } from 'pino';
import type { Config } from '../config/config.js';
import { errorLine } from './error-line.js';

export type Logger = PinoLogger;
export const LOGGER = Symbol('logger');

/**
 * JSON lines, secrets and personal data redacted. Synchronous, so that the last words of a dying process are kept.
 *
 * @param destination 1: standard output (services); 2: standard error (commands, whose output people read)
 */
export function createLogger(config: Pick<Config, 'logLevel'>, process: string, destination: 1 | 2): Logger {
  return pino(
    {
      level: config.logLevel,
      base: { process },
      serializers: { err: errorLine },
      redact: ['req.headers.authorization', 'req.headers.cookie', 'res.headers["set-cookie"]'],
    },
    pino.destination({ dest: destination, sync: true }),
  );
}

/** Nest's own messages through the same logger; its start-up chatter only at debug level. */
export class NestLogger implements LoggerService {
  constructor(private readonly logger: Logger) {}
  log(message: unknown, context?: string): void {
    this.logger.debug({ context }, String(message));
  }
  error(message: unknown, stack?: string, context?: string): void {
    this.logger.error({ context, stack }, String(message));
  }
  warn(message: unknown, context?: string): void {
    this.logger.warn({ context }, String(message));
  }
  debug(message: unknown, context?: string): void {
    this.logger.debug({ context }, String(message));
  }
  verbose(message: unknown, context?: string): void {
    this.logger.trace({ context }, String(message));
  }
}
