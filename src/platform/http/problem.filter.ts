import { type ArgumentsHost, Catch, type ExceptionFilter, HttpException, Inject } from '@nestjs/common';
import type { Request, Response } from 'express';
import { LOGGER, type Logger } from '../log/logger.js';

const TITLES: Readonly<Record<number, string>> = {
  400: 'Demande mal formée',
  404: 'Introuvable',
  405: 'Méthode non permise',
  413: 'Demande trop volumineuse',
  415: 'Type de contenu non pris en charge',
  503: 'Service momentanément indisponible',
};

/** Every refusal as RFC 9457 `application/problem+json`, in French, without stack or SQL. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(@Inject(LOGGER) private readonly log: Logger) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const request = host.switchToHttp().getRequest<Request & { id?: string }>();
    const response = host.switchToHttp().getResponse<Response>();
    const status = error instanceof HttpException ? error.getStatus() : 500;
    if (status >= 500) this.log.error({ err: error, requestId: request.id }, 'request failed');
    response
      .status(status)
      .set('Content-Language', 'fr')
      .type('application/problem+json')
      .send(
        JSON.stringify({
          type: 'about:blank',
          title: TITLES[status] ?? (status >= 500 ? 'Erreur interne' : 'Demande refusée'),
          status,
          instance: request.path,
          requestId: request.id,
        }),
      );
  }
}
