import type { NestExpressApplication } from '@nestjs/platform-express';
import { NestFactory } from '@nestjs/core';
import { AppModule } from '../app.module.js';
import type { RuntimeConfig } from '../platform/config/config.js';
import { tellFirstAdministrator } from './first-administrator.js';
import { configureHttp } from '../platform/http/pipeline.js';
import { type Logger, NestLogger } from '../platform/log/logger.js';

/** Starts the HTTP server and listens. */
export async function startHttp(runtime: RuntimeConfig, log: Logger): Promise<NestExpressApplication> {
  const app = await NestFactory.create<NestExpressApplication>(AppModule.for('http', runtime, log), {
    logger: new NestLogger(log),
    abortOnError: false,
  });
  await configureHttp(app, runtime, log);
  await app.listen(runtime.config.port, runtime.config.listen);
  const url = await app.getUrl();
  log.info({ url }, 'http ready');
  await tellFirstAdministrator(app, runtime.config.publicUrl ?? url);
  return app;
}
