import {
  type CanActivate,
  type ExecutionContext,
  Injectable,
  Module,
  type Provider,
  type Type,
} from '@nestjs/common';
import { APP_GUARD, NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { type Logger, pino } from 'pino';
import { AppModule } from '../../src/app.module.js';
import type { IdentifiedRequest } from '../../src/platform/access/call.js';
import { Caller } from '../../src/platform/access/caller.js';
import type { RuntimeConfig } from '../../src/platform/config/config.js';
import { configureHttp } from '../../src/platform/http/pipeline.js';
import { errorLine } from '../../src/platform/log/error-line.js';

/** Says who asks from `X-Probe: <person id>[/<token id>]`, in the place of the guard of `accounts`. */
@Injectable()
class ProbeGuard implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    const request = context.switchToHttp().getRequest<IdentifiedRequest>();
    const [personId, tokenId = null] = request.get('x-probe')?.split('/') ?? [];
    if (personId !== undefined)
      request.caller = new Caller(
        {
          actorKind: 'person',
          actorId: personId,
          actorName: null,
          tokenId,
          onBehalfOf: null,
          channel: 'api',
          requestId: null,
        },
        personId,
        () => ({ verdict: 'allowed', onBehalfOf: null }),
      );
    return true;
  }
}

export interface ProbeApplication {
  readonly app: NestExpressApplication;
  readonly url: string;
  /** What the log received, line by line. */
  readonly lines: Record<string, unknown>[];
  /** `fetch` below `/api/v1`. */
  api(path: string, init?: RequestInit): Promise<Response>;
  /** A POST of JSON, as the person `p`. */
  post(path: string, body: unknown, headers?: Record<string, string>): Promise<Response>;
  close(): Promise<void>;
}

/** The whole application with controllers of a test in it, listening, on a real database. */
export async function openProbe(
  runtime: RuntimeConfig,
  controllers: Type[],
  providers: Provider[] = [],
): Promise<ProbeApplication> {
  const lines: Record<string, unknown>[] = [];
  const log: Logger = pino(
    { level: 'info', serializers: { err: errorLine } },
    { write: (line: string) => lines.push(JSON.parse(line) as Record<string, unknown>) },
  );
  @Module({})
  class Probe {}
  const app = await NestFactory.create<NestExpressApplication>(
    {
      module: Probe,
      imports: [AppModule.for('http', runtime, log)],
      controllers,
      providers: [{ provide: APP_GUARD, useClass: ProbeGuard }, ...providers],
    },
    { logger: false, abortOnError: false },
  );
  try {
    await configureHttp(app, runtime, log);
    await app.listen(0, '127.0.0.1');
  } catch (error) {
    // What the start opened before it was refused would keep the tests alive.
    await app.close();
    throw error;
  }
  const url = await app.getUrl();
  const api = (path: string, init?: RequestInit): Promise<Response> => fetch(`${url}/api/v1${path}`, init);
  return {
    app,
    url,
    lines,
    api,
    post: (path, body, headers = {}) =>
      api(path, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', 'X-Probe': 'p', ...headers },
        body: JSON.stringify(body),
      }),
    close: () => app.close(),
  };
}

/** Status and JSON of an answer, for one assertion. */
export const answer = async (response: Response | Promise<Response>): Promise<[number, unknown]> => {
  const received = await response;
  return [received.status, await received.json()];
};
