import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { Request, Response } from 'express';
import type { IdentifiedRequest } from '../platform/access/call.js';
import type { Caller } from '../platform/access/caller.js';
import { PublicRoute, RequiredKey } from '../platform/access/requires.js';
import { Clock } from '../platform/clock/clock.js';
import { RateLimit } from '../platform/http/rate-limit.js';
import { Refused } from '../platform/refusals/refused.js';
import { type Entry, RightsService } from './rights.service.js';
import { sessionPerson } from './sessions.js';

const SAFE = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Tells who asks, before anything else: a token or reading link in `Authorization: Bearer`, or a session's cookie. What
 * the caller may do on a given row is asserted by the service that loads it.
 */
@Injectable()
export class IdentityGuard implements CanActivate {
  constructor(
    private readonly rights: RightsService,
    private readonly reflector: Reflector,
    private readonly limit: RateLimit,
    private readonly clock: Clock,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const open = this.reflector.getAllAndOverride(PublicRoute, [context.getHandler(), context.getClass()]);
    if (open !== undefined) return true;
    const request = context.switchToHttp().getRequest<IdentifiedRequest & { id?: string }>();
    const caller = await this.identify(request, { channel: 'api', requestId: request.id ?? null });
    if (!caller) {
      // Whoever tries secrets is counted too, by address.
      await this.limit.checkCaller(request, context.switchToHttp().getResponse<Response>());
      throw new Refused('UNAUTHENTICATED');
    }
    request.caller = caller.expect(this.reflector.get(RequiredKey, context.getHandler()));
    return true;
  }

  private async identify(request: Request, entry: Entry): Promise<Caller | null> {
    const { authorization } = request.headers;
    if (authorization !== undefined) {
      const [, secret] = /^Bearer ([\w.-]{20,200})$/i.exec(authorization.trim()) ?? [];
      return secret === undefined ? null : this.rights.ofCredential(secret, entry);
    }
    const personId = sessionPerson(request, this.clock.now());
    if (personId === undefined) return null;
    if (!SAFE.has(request.method) && !isFromOurPages(request)) throw new Refused('FOREIGN_ORIGIN');
    return this.rights.ofPerson(personId, entry);
  }
}

/**
 * A browser joins the cookie to what another site sends too, and says where it comes from: a change must come from our
 * own pages, or from a program, which says nothing. SameSite already refuses most of it; this covers sibling domains.
 */
function isFromOurPages(request: Request): boolean {
  const site = request.headers['sec-fetch-site'];
  if (site !== undefined) return site === 'same-origin' || site === 'none';
  const { origin } = request.headers;
  return origin === undefined || (URL.canParse(origin) && new URL(origin).host === request.headers.host);
}
