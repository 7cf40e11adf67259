import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { Response } from 'express';
import type { IdentifiedRequest } from '../access/call.js';
import { PublicRoute } from '../access/requires.js';
import { isApi } from './api-prefix.js';
import { RateLimit } from './rate-limit.js';

/** Limits what comes in under the API. After the guard that says who asks: a caller is counted by itself, not by address. */
@Injectable()
export class RateLimitGuard implements CanActivate {
  constructor(
    private readonly limit: RateLimit,
    private readonly reflector: Reflector,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<IdentifiedRequest>();
    const response = context.switchToHttp().getResponse<Response>();
    if (!isApi(request.originalUrl)) return true;
    await this.limit.checkCaller(request, response);
    const open = this.reflector.getAllAndOverride(PublicRoute, [context.getHandler(), context.getClass()]);
    if (open !== undefined && request.method === 'POST') await this.limit.checkSignIn(request, response);
    return true;
  }
}
