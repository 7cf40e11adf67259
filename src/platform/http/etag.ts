import type { CallHandler, ExecutionContext, NestInterceptor } from '@nestjs/common';
import { Injectable } from '@nestjs/common';
import type { Response } from 'express';
import { type Observable, tap } from 'rxjs';

/** The strong entity tag of a state that carries its `version`: `"3"`; undefined for anything else. */
export function etagOf(state: unknown): string | undefined {
  if (typeof state !== 'object' || state === null || !('version' in state)) return undefined;
  return Number.isSafeInteger(state.version) ? `"${String(state.version)}"` : undefined;
}

/**
 * `ETag` on every answer whose body carries a `version`: what the next `If-Match` repeats. Express compares it with
 * `If-None-Match` and answers 304 (RFC 9110 §13.1.2).
 */
@Injectable()
export class VersionTag implements NestInterceptor {
  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const response = context.switchToHttp().getResponse<Response>();
    return next.handle().pipe(
      tap((body: unknown) => {
        const etag = etagOf(body);
        if (etag !== undefined && !response.headersSent) response.set('ETag', etag);
      }),
    );
  }
}
