import { type CallHandler, type ExecutionContext, Injectable, type NestInterceptor } from '@nestjs/common';
import { ROUTE_ARGS_METADATA } from '@nestjs/common/constants.js';
import { RouteParamtypes } from '@nestjs/common/internal.js';
import { Reflector } from '@nestjs/core';
import type { Request } from 'express';
import type { Observable } from 'rxjs';
import { PublicRoute } from '../access/requires.js';
import { type Fault, Refused } from '../refusals/refused.js';
import { escapedKey } from './body-shape.js';
import { SENTENCES } from './validation.messages.js';

/**
 * Refuses query keys where a route takes none: a filter that does not exist must not look like one that filters nothing.
 * A route that takes some has its class, which refuses the others. Public routes are left alone: people follow links to
 * them, to which mail programs add keys of their own.
 */
@Injectable()
export class StrayQuery implements NestInterceptor {
  constructor(private readonly reflector: Reflector) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const [handler, controller] = [context.getHandler(), context.getClass()];
    const open = this.reflector.getAllAndOverride(PublicRoute, [handler, controller]);
    if (open === undefined && !takesQuery(controller, handler.name)) {
      const faults = Object.keys(context.switchToHttp().getRequest<Request>().query).map((key): Fault => ({
        in: 'query',
        pointer: `#/${escapedKey(key)}`,
        code: 'whitelistValidation',
        detail: SENTENCES['whitelistValidation']!([]),
      }));
      if (faults.length > 0) throw new Refused('VALIDATION', faults.length).withFaults(faults);
    }
    return next.handle();
  }
}

/** Whether a parameter of the method is `@Query()`, as Nest notes them: `<kind>:<place>`. */
function takesQuery(controller: object, method: string): boolean {
  const noted = (Reflect.getMetadata(ROUTE_ARGS_METADATA, controller, method) ?? {}) as object;
  return Object.keys(noted).some((name) => name.startsWith(`${RouteParamtypes.QUERY}:`));
}
