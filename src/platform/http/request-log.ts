import { randomUUID } from 'node:crypto';
import type { Request, RequestHandler, Response } from 'express';
import { pinoHttp } from 'pino-http';
import type { IdentifiedRequest } from '../access/call.js';
import type { Logger } from '../log/logger.js';
import { pathOf } from './problem.js';

/** An identifier keeps its dashes where a secret in an address has none at the same places. */
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** The path as it may be written down: without its query, without what may be a secret. */
export const loggedPath = (url: string): string =>
  pathOf(url).replace(/[\w-]{32,}/g, (segment) => (UUID.test(segment) ? segment : '…'));

/**
 * One log line per request, with its id: the caller's `X-Request-Id` when it is sane, else a new one; sent back. The line
 * names nobody: the caller is a kind and an id.
 */
export function requestLog(logger: Logger): RequestHandler {
  return pinoHttp<Request, Response>({
    logger,
    genReqId: (request, response) => {
      const given = request.headers['x-request-id'];
      const id = typeof given === 'string' && /^[\w.-]{8,64}$/.test(given) ? given : randomUUID();
      response.setHeader('X-Request-Id', id);
      return id;
    },
    autoLogging: { ignore: (request) => /^\/(health|metrics)/.test(request.url) },
    // The error itself was told by the problem filter: this line only says that the request ended badly.
    customErrorObject: (_request, _response, _error, line: Record<string, unknown>) => ({
      ...line,
      err: undefined,
    }),
    customProps: (request: IdentifiedRequest) => {
      const trace = request.caller?.trace;
      return trace ? { caller: { kind: trace.actorKind, id: trace.actorId, tokenId: trace.tokenId } } : {};
    },
    serializers: {
      req: (request: { id: string; method: string; url: string }) => ({
        id: request.id,
        method: request.method,
        path: loggedPath(request.url),
      }),
      res: (response: { statusCode: number }) => ({ status: response.statusCode }),
    },
  });
}
