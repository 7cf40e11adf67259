import type { INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { AppModule } from '../app.module.js';
import type { RuntimeConfig } from '../platform/config/config.js';
import { type Logger, NestLogger } from '../platform/log/logger.js';

/** The application without HTTP: it takes jobs from the queue until it is closed. */
export function startWorker(runtime: RuntimeConfig, log: Logger): Promise<INestApplicationContext> {
  return NestFactory.createApplicationContext(AppModule.for('worker', runtime, log), {
    logger: new NestLogger(log),
    abortOnError: false,
  });
}
