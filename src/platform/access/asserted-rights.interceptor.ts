import { type CallHandler, type ExecutionContext, Injectable, type NestInterceptor } from '@nestjs/common';
import type { Response } from 'express';
import { type Observable, tap } from 'rxjs';
import type { IdentifiedRequest } from './call.js';

/**
 * A route names a right; the service that loads the row must have asserted it. An answer for which it never was is not
 * sent, as a command for which it never was is not committed (`Commands`): forgetting the question must not look like a
 * yes. An answer given again (Idempotency-Key) was asserted the first
 * time, for the same caller.
 */
@Injectable()
export class AssertedRights implements NestInterceptor {
  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const http = context.switchToHttp();
    return next.handle().pipe(
      tap(() => {
        const again = http.getResponse<Response>().getHeader('Idempotency-Replayed') !== undefined;
        if (!again) http.getRequest<IdentifiedRequest>().caller?.checkAsserted();
      }),
    );
  }
}
