import type { NestExpressApplication } from '@nestjs/platform-express';
import { NestFactory } from '@nestjs/core';
import helmet from 'helmet';
import { AppModule } from '../app.module.js';
import type { RuntimeConfig } from '../platform/config/config.js';
import { serveApiDocumentation } from '../platform/http/api-documentation.js';
import { Metrics } from '../platform/http/metrics.js';
import { requestLog } from '../platform/http/request-log.js';
import { type Logger, NestLogger } from '../platform/log/logger.js';

/** Starts the HTTP server and listens. */
export async function startHttp(runtime: RuntimeConfig, log: Logger): Promise<NestExpressApplication> {
  const app = await NestFactory.create<NestExpressApplication>(AppModule.for('http', runtime, log), {
    logger: new NestLogger(log),
    abortOnError: false,
  });
  app.disable('x-powered-by');
  app.use(requestLog(log));
  app.use(app.get(Metrics).observe);
  app.use(helmet());
  serveApiDocumentation(app);
  await app.listen(runtime.config.port, runtime.config.listen);
  log.info({ url: await app.getUrl() }, 'http ready');
  return app;
}
