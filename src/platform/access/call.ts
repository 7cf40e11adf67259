import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { Request, Response } from 'express';
import { Refused } from '../refusals/refused.js';
import type { Caller } from './caller.js';

/** An HTTP request whose caller is known: the guard of `accounts` put it there. */
export type IdentifiedRequest = Request & { caller?: Caller };

/** A request as a controller hands it to a command: who asks, and the request and answer that carry its headers. */
export interface Call {
  readonly caller: Caller;
  readonly request: Request;
  readonly response: Response;
}

/** The call of a route that requires a right. */
export const CurrentCall = createParamDecorator((_: unknown, context: ExecutionContext): Call => {
  const http = context.switchToHttp();
  const request = http.getRequest<IdentifiedRequest>();
  if (!request.caller) throw new Refused('UNAUTHENTICATED');
  return { caller: request.caller, request, response: http.getResponse<Response>() };
});
