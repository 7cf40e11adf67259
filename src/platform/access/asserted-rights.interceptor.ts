import { type CallHandler, type ExecutionContext, Injectable, type NestInterceptor } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { Response } from 'express';
import { type Observable, tap } from 'rxjs';
import type { IdentifiedRequest } from './call.js';
import { RequiredKey } from './requires.js';

/**
 * A route names a right; the service that loads the row must have asserted it. An answer for which it never was is not
 * sent: forgetting the question must not look like a yes. An answer given again (Idempotency-Key) was asserted the first
 * time, for the same caller.
 */
@Injectable()
export class AssertedRights implements NestInterceptor {
  constructor(private readonly reflector: Reflector) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const key = this.reflector.get(RequiredKey, context.getHandler());
    if (key === undefined) return next.handle();
    const http = context.switchToHttp();
    return next.handle().pipe(
      tap(() => {
        const again = http.getResponse<Response>().getHeader('Idempotency-Replayed') !== undefined;
        if (!again && http.getRequest<IdentifiedRequest>().caller?.hasRequired(key) !== true)
          throw new Error(`the right ${key} was not asserted`);
      }),
    );
  }
}
