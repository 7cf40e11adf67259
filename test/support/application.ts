import type { INestApplicationContext } from '@nestjs/common';
import { createLogger } from '../../src/platform/log/logger.js';
import { startWorker } from '../../src/processes/worker.js';
import { NestFactory } from '@nestjs/core';
import { AppModule } from '../../src/app.module.js';
import type { RuntimeConfig } from '../../src/platform/config/config.js';

const logger = createLogger({ logLevel: 'fatal' }, 'test', 2);

/** The application with its worker, in this process. */
export const openWorkingApplication = (runtime: RuntimeConfig): Promise<INestApplicationContext> =>
  startWorker(runtime, logger);

/** The application as the HTTP process has it, without listening: it asks for work and does none. */
export const openIdleApplication = (runtime: RuntimeConfig): Promise<INestApplicationContext> =>
  NestFactory.createApplicationContext(AppModule.for('http', runtime, logger), { logger: false });
