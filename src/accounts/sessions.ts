import { promisify } from 'node:util';
import { Inject, Injectable, type NestMiddleware, type OnApplicationShutdown } from '@nestjs/common';
import connectPgSimple from 'connect-pg-simple';
import type { NextFunction, Request, RequestHandler, Response } from 'express';
import session from 'express-session';
import pg from 'pg';
import { RuntimeConfig } from '../platform/config/config.js';
import { SESSION_COOKIE } from '../platform/http/api-documentation.js';
import { isApi } from '../platform/http/api-prefix.js';
import { LOGGER, type Logger } from '../platform/log/logger.js';
import { SigningKeys } from './signing-keys.js';

declare module 'express-session' {
  interface SessionData {
    /** Who signed in. */
    personId: string;
    /** When, in milliseconds: however much it serves, a session ends one day. */
    openedAt: number;
  }
}

/** A secretary is interrupted all day: a session outlives a working day, and ends after a night without use. */
const IDLE_MS = 12 * 3_600_000;
const LONGEST_MS = 30 * 86_400_000;
const CONNECTIONS = 4;

/**
 * Sessions of people, kept in PostgreSQL so that every process knows them. Nothing is written for those who do not sign
 * in. The cookie is out of reach of scripts, and no other site can send it with a change.
 */
@Injectable()
export class Sessions implements NestMiddleware, OnApplicationShutdown {
  private opened: Promise<RequestHandler> | undefined;
  private close: () => Promise<void> = () => Promise.resolve();

  constructor(
    private readonly runtime: RuntimeConfig,
    private readonly signingKeys: SigningKeys,
    @Inject(LOGGER) private readonly log: Logger,
  ) {}

  async use(request: Request, response: Response, next: NextFunction): Promise<void> {
    // What watches this machine asks without a session, and even when the database is gone.
    if (!isApi(request.originalUrl)) {
      next();
      return;
    }
    // Opened by the first request: a process that serves none has no use for connections.
    const handle = await (this.opened ??= this.open());
    handle(request, response, next);
  }

  async onApplicationShutdown(): Promise<void> {
    await this.close();
  }

  private async open(): Promise<RequestHandler> {
    const key = await this.signingKeys.current().catch((error: unknown) => {
      this.opened = undefined;
      throw error;
    });
    const complain = (error: unknown): void => {
      this.log.error({ err: error }, 'sessions cannot be read or written');
    };
    const pool = new pg.Pool({
      connectionString: this.runtime.databaseUrl,
      max: CONNECTIONS,
      application_name: 'halle sessions',
    });
    pool.on('error', complain);
    const Store = connectPgSimple(session);
    const store = new Store({ pool, tableName: 'user_session', errorLog: complain });
    this.close = async () => {
      store.close();
      await pool.end();
    };
    return session({
      name: SESSION_COOKIE,
      secret: key.toString('base64'),
      store,
      resave: false,
      saveUninitialized: false,
      rolling: true,
      cookie: { httpOnly: true, sameSite: 'lax', secure: 'auto', maxAge: IDLE_MS },
    });
  }
}

/** Opens a session for someone who proved who they are: a new one, so that nobody can have planted it. */
export async function openSession(request: Request, personId: string, at: Date): Promise<void> {
  await promisify(request.session.regenerate.bind(request.session))();
  request.session.personId = personId;
  request.session.openedAt = at.getTime();
  // Regenerated: it is another object.
  await promisify(request.session.save.bind(request.session))();
}

/** Whose session it is; undefined when it is nobody's, or has lasted too long. */
export function sessionPerson({ session: { personId, openedAt } }: Request, at: Date): string | undefined {
  return openedAt !== undefined && at.getTime() - openedAt < LONGEST_MS ? personId : undefined;
}

/** Ends the session, here and for every process. */
export async function endSession(request: Request, response: Response): Promise<void> {
  await promisify(request.session.destroy.bind(request.session))();
  response.clearCookie(SESSION_COOKIE);
}
