import type { NestExpressApplication } from '@nestjs/platform-express';
import { NotFoundException } from '@nestjs/common';
import { DiscoveryService, MetadataScanner, ModulesContainer, Reflector } from '@nestjs/core';
import type { NextFunction, Request, Response } from 'express';
import helmet from 'helmet';
import type { RuntimeConfig } from '../config/config.js';
import type { Logger } from '../log/logger.js';
import { serveApiDocumentation } from './api-documentation.js';
import { API_PREFIX, placeRoutes } from './api-prefix.js';
import { VersionTag } from './etag.js';
import { FILE_LIMIT, FileRoutes } from './file-body.js';
import { onlyJson, onlyUtf8 } from './json-body.js';
import { Metrics } from './metrics.js';
import { toOriginForm } from './origin-form.js';
import { PathIds } from './path-id.js';
import { ProblemFilter } from './problem.filter.js';
import { requestLog } from './request-log.js';
import { StrayQuery } from './stray-query.js';
import { constraintsWithoutSentence, RequestValidation } from './validation.js';

/**
 * How long a connection may wait for its next request, in milliseconds: longer than the 60 s that reverse proxies keep
 * theirs. Whoever closes first must be the one that asks: a request sent on a connection that the server is closing is lost.
 */
const IDLE_CONNECTION = 65_000;

/**
 * Everything that a request goes through, in order, then initializes the application: it only has to listen.
 * Guards run after this middleware, in the order of AppModule: who asks, how often; then shapes, then the controller.
 *
 * @throws {Error} when a shape could be refused without a French sentence
 */
export async function configureHttp(
  app: NestExpressApplication,
  { config }: RuntimeConfig,
  log: Logger,
): Promise<void> {
  const mute = constraintsWithoutSentence();
  if (mute.length > 0) throw new Error(mute.join('; '));

  app.disable('x-powered-by');
  app.set('trust proxy', config.trustedProxies);
  placeRoutes(app);

  const server = app.getHttpServer();
  server.keepAliveTimeout = IDLE_CONNECTION;
  server.prependListener('request', toOriginForm);
  app.use(requestLog(log));
  app.use(app.get(Metrics).observe);
  app.use(helmet());
  app.use(`/${API_PREFIX}`, keepPrivate);
  const files = new FileRoutes(new DiscoveryService(app.get(ModulesContainer)), new MetadataScanner());
  app.use(`/${API_PREFIX}`, files.orJson(onlyJson));
  app.useBodyParser('raw', {
    limit: FILE_LIMIT,
    type: (request) => files.typesOf(request as Request) !== undefined,
  });
  const json = {
    limit: config.bodyLimitKb * 1024,
    type: 'application/json',
    // `null` and `1` are JSON: what is wrong with them is told with the other shapes.
    strict: false,
    verify: onlyUtf8,
  };
  app.useBodyParser('json', json);
  app.useGlobalPipes(new PathIds(), new RequestValidation());
  app.useGlobalInterceptors(new StrayQuery(app.get(Reflector)), new VersionTag());
  serveApiDocumentation(app);

  await app.init();
  // Nest answers for unknown addresses under the prefix only.
  const problems = app.get(ProblemFilter, { strict: false });
  app.use((request: Request, response: Response) => {
    problems.answer(new NotFoundException(), request, response);
  });
}

/** An answer depends on who asks: no shared cache may keep it, and a browser asks again whether it still holds. */
function keepPrivate(request: Request, response: Response, next: NextFunction): void {
  // `no-cache` is said to the caches on the way (RFC 9111 §5.2.1.4), and `fetch` adds it to every `If-None-Match`; Express
  // would take it for itself and never answer 304.
  delete request.headers['cache-control'];
  response.set('Cache-Control', 'private, no-cache');
  next();
}
