import type { INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { AppModule } from '../app.module.js';
import type { RuntimeConfig } from '../platform/config/config.js';
import { type Logger, NestLogger } from '../platform/log/logger.js';

/** The application without HTTP and without a worker: for commands that only read and record. */
export function startQuiet(runtime: RuntimeConfig, log: Logger): Promise<INestApplicationContext> {
  return NestFactory.createApplicationContext(AppModule.for('http', runtime, log), {
    logger: new NestLogger(log),
    abortOnError: false,
  });
}
