import type { CallHandler, ExecutionContext, NestInterceptor } from '@nestjs/common';
import { Injectable } from '@nestjs/common';
import type { Request, Response } from 'express';
import { type Observable, tap } from 'rxjs';

/** The strong entity tag of a state that carries its `version`: `"3"`; undefined for anything else. */
export function etagOf(state: unknown): string | undefined {
  if (typeof state !== 'object' || state === null || !('version' in state)) return undefined;
  return Number.isSafeInteger(state.version) ? `"${String(state.version)}"` : undefined;
}

/**
 * `ETag` on every answer whose body carries a `version`: what the next `If-Match` repeats. It says nothing of what the body
 * tells besides (how many joined, in which clusters): such an answer is never « not modified » (RFC 9110 §13.1.2).
 */
@Injectable()
export class VersionTag implements NestInterceptor {
  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const http = context.switchToHttp();
    const response = http.getResponse<Response>();
    return next.handle().pipe(
      tap((body: unknown) => {
        const etag = etagOf(body);
        if (etag === undefined || response.headersSent) return;
        response.set('ETag', etag);
        delete http.getRequest<Request>().headers['if-none-match'];
      }),
    );
  }
}
