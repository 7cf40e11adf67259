import { type ArgumentsHost, Catch, type ExceptionFilter, Inject, NotFoundException } from '@nestjs/common';
import type { Request, Response } from 'express';
import { LOGGER, type Logger } from '../log/logger.js';
import { Refused } from '../refusals/refused.js';
import { AllowedMethods } from './allowed-methods.js';
import { isApi } from './api-prefix.js';
import { etagOf } from './etag.js';
import { pathOf, problemOf } from './problem.js';
import { RateLimit } from './rate-limit.js';
import { refusalOf } from './refusal-of.js';

type IdRequest = Request & { id?: unknown };

/** Every refusal as RFC 9457 `application/problem+json`, in French, without stack or SQL. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(
    @Inject(LOGGER) private readonly log: Logger,
    private readonly limit: RateLimit,
    private readonly allowed: AllowedMethods,
  ) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    this.answer(error, http.getRequest<IdRequest>(), http.getResponse<Response>());
  }

  answer(error: unknown, request: IdRequest, response: Response): void {
    const refused = this.otherMethod(error, request, response) ?? refusalOf(error);
    // What we refuse on purpose is in the request's own line; what went wrong is told here, once.
    // A refusal of our own is an answer, whatever its status; what was not foreseen is a fault to mend.
    if (refused.status >= 500 && !(error instanceof Refused))
      this.log.error({ err: error, requestId: request.id }, 'request failed');
    this.counted(refused, request, response)
      .then((final) => {
        send(final, request, response);
      })
      .catch((failure: unknown) => {
        this.log.error({ err: failure, requestId: request.id }, 'a refusal could not be answered');
        response.destroy();
      });
  }

  /** Nothing at this address for this method, but for others: 405. */
  private otherMethod(error: unknown, request: Request, response: Response): Refused | undefined {
    // As Nest says of an address that no route has; ours say NOT_FOUND by a refusal.
    if (!(error instanceof NotFoundException) || !error.message.startsWith(`Cannot ${request.method} `))
      return undefined;
    const methods = this.allowed.of(pathOf(request.originalUrl));
    if (methods.length === 0) return undefined;
    response.set('Allow', methods.join(', '));
    return new Refused('METHOD_NOT_ALLOWED');
  }

  /** Refused before its turn to be counted (unknown address, no account, unreadable body), it is counted now. */
  private async counted(refused: Refused, request: Request, response: Response): Promise<Refused> {
    if (response.headersSent || !isApi(request.originalUrl)) return refused;
    try {
      await this.limit.checkCaller(request, response);
      return refused;
    } catch (error) {
      return refusalOf(error);
    }
  }
}

function send(refused: Refused, request: IdRequest, response: Response): void {
  // The answer had begun: it can only be cut, so that nobody takes its half for the whole.
  if (response.headersSent) {
    response.destroy();
    return;
  }
  if (refused.retryAfter !== undefined) response.set('Retry-After', String(refused.retryAfter));
  // RFC 9110 §11.6.1: a 401 says how to identify oneself.
  if (refused.status === 401) response.set('WWW-Authenticate', 'Bearer realm="halle"');
  const etag = etagOf(refused.current);
  if (etag !== undefined) response.set('ETag', etag);
  response
    .status(refused.status)
    .set('Content-Language', 'fr')
    .set('Cache-Control', 'no-store')
    .type('application/problem+json')
    .send(JSON.stringify(problemOf(refused, request)));
}
