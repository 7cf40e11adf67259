import { type CallHandler, type ExecutionContext, Injectable, type NestInterceptor } from '@nestjs/common';
import { catchError, type Observable } from 'rxjs';
import { Refused } from '../refusals/refused.js';
import type { IdentifiedRequest } from './call.js';

/** What is said of the writing of a request, before the service that would judge the right has its row. */
const OF_FORM = new Set<string>([
  ...['VALIDATION', 'BODY_TOO_DEEP', 'VERSION_REQUIRED', 'MALFORMED_VERSION'],
  ...['MALFORMED_IDEMPOTENCY_KEY', 'MALFORMED_CURSOR'],
]);

/**
 * Whoever may not do a thing is told so, rather than how to ask for it: a shape at fault is told only to a caller whose
 * roles give the right somewhere. Whether they give it on that row is known once it is loaded, after the shapes.
 */
@Injectable()
export class RightsFirst implements NestInterceptor {
  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const { caller } = context.switchToHttp().getRequest<IdentifiedRequest>();
    return next.handle().pipe(
      catchError((error: unknown) => {
        if (error instanceof Refused && OF_FORM.has(String(error.code))) caller?.refuseIfNeverAllowed();
        throw error;
      }),
    );
  }
}
