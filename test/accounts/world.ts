import { randomUUID } from 'node:crypto';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { DataSource } from 'typeorm';
import { InvitationsService } from '../../src/accounts/invitations.service.js';
import { ReadingLinksService } from '../../src/accounts/reading-links.service.js';
import { RolesService } from '../../src/accounts/roles.service.js';
import type { Role } from '../../src/accounts/roles.rules.js';
import { operator } from '../../src/cli/operator.js';
import { createLogger } from '../../src/platform/log/logger.js';
import { startHttp } from '../../src/processes/http.js';
import { createTestDatabase, type TestDatabase } from '../support/server.js';

const NOW = (): Date => new Date();

export interface Place {
  readonly buyerId: string | null;
  readonly groupId: string | null;
}

/** Someone who is signed in, or holds a token or a reading link: the headers to send. */
export interface Holder {
  readonly personId: string | null;
  readonly headers: Record<string, string>;
}

/** Two buyers, each invited to a group of its own, on the whole application, listening on a real database. */
export class World {
  private constructor(
    readonly database: TestDatabase,
    readonly app: NestExpressApplication,
    readonly url: string,
    readonly own: { readonly buyerId: string; readonly groupId: string },
    readonly other: { readonly buyerId: string; readonly groupId: string },
  ) {}

  static async open(settings: Record<string, string> = {}): Promise<World> {
    const database = await createTestDatabase({
      PORT: '0',
      HALLE_SIGN_IN_LIMIT: '10000',
      HALLE_RATE_LIMIT: '10000',
      // Nobody listens there: invitations are accepted, and no worker of this test sends them.
      SMTP_URL: 'smtp://127.0.0.1:1',
      ...settings,
    });
    const app = await startHttp(database, createLogger({ logLevel: 'fatal' }, 'test', 2));
    const source = app.get(DataSource);
    const place = async (siret: string, name: string) => {
      const [buyerId, groupId, coordinatorId] = [randomUUID(), randomUUID(), randomUUID()];
      await source.query(`insert into buyer (id, siret, name) values ($1, $2, $3), ($4, $5, $6)`, [
        ...[buyerId, siret, name],
        ...[coordinatorId, siret.replace(/^2/, '3'), `Agglomération de ${name}`],
      ]);
      await source.query(`insert into purchasing_group (id, coordinator_id, title) values ($1, $2, $3)`, [
        ...[groupId, coordinatorId, `Achats de ${name}`],
      ]);
      await source.query(`insert into membership (group_id, buyer_id, joined_at) values ($1, $2, now())`, [
        ...[groupId, buyerId],
      ]);
      return { buyerId, groupId };
    };
    const own = await place('21530007000012', 'Argentré');
    const other = await place('21530054200010', 'Changé');
    return new World(database, app, await app.getUrl(), own, other);
  }

  get source(): DataSource {
    return this.app.get(DataSource);
  }

  async close(): Promise<void> {
    await this.app.close();
    await this.database.drop();
  }

  /** `fetch` below `/api/v1`. */
  api(path: string, holder?: Holder, init: RequestInit = {}): Promise<Response> {
    const headers = {
      ...holder?.headers,
      ...(init.body === undefined ? {} : { 'Content-Type': 'application/json' }),
      ...(init.headers as Record<string, string> | undefined),
    };
    return fetch(`${this.url}/api/v1${path}`, { ...init, headers, redirect: 'manual' });
  }

  post(path: string, holder: Holder | undefined, body: unknown, headers = {}): Promise<Response> {
    return this.api(path, holder, { method: 'POST', body: JSON.stringify(body), headers });
  }

  /** The secret of an invitation made by an operator. */
  invitation(role: Role, place: Place, email = `${randomUUID()}@mairie.example`): Promise<string> {
    const person = { email, name: 'Claire Martin', role, ...place };
    return this.source.transaction((tx) =>
      this.app.get(InvitationsService).inviteByHand(tx, operator(), NOW(), person),
    );
  }

  /** Someone who accepted an invitation to that role, and is signed in. */
  async person(role: Role, place: Place): Promise<Holder> {
    if (role === 'elected_reader') return this.reader(place.groupId!);
    if (role === 'delegate') return this.delegate(place.buyerId!);
    return this.signIn(await this.invitation(role, place));
  }

  /** Someone with an account and no role. */
  async nobody(email = `${randomUUID()}@mairie.example`): Promise<Holder> {
    const holder = await this.signIn(
      await this.invitation('finance_officer', { buyerId: this.own.buyerId, groupId: null }, email),
    );
    await this.source.query(`update role_grant set revoked_at = now() where person_id = $1`, [
      holder.personId,
    ]);
    return holder;
  }

  /** Uses a one-time link and keeps the session's cookie. */
  async signIn(secret: string, answer: object = {}): Promise<Holder> {
    const response = await this.post(`/one-time-links/${secret}/session`, undefined, answer);
    if (response.status !== 201) throw new Error(`${response.status} ${await response.text()}`);
    const { personId } = (await response.json()) as { personId: string };
    return { personId, headers: { Cookie: cookieOf(response) } };
  }

  async reader(groupId: string, days = 30): Promise<Holder> {
    const { url } = await this.source.transaction((tx) =>
      this.app
        .get(ReadingLinksService)
        .issue(tx, operator(), NOW(), { groupId, buyerIds: [] }, { label: 'conseil municipal', days }),
    );
    return { personId: null, headers: { Authorization: `Bearer ${url.split('/').at(-1)!}` } };
  }

  async delegate(buyerId: string, startsOn = '2026-01-01', endsOn = '2199-12-31'): Promise<Holder> {
    const email = `${randomUUID()}@agglo.example`;
    const holder = await this.nobody(email);
    await this.source.transaction((tx) =>
      this.app.get(RolesService).giveMandate(tx, operator(), NOW(), buyerId, {
        email,
        reference: 'délibération 12',
        startsOn,
        endsOn,
      }),
    );
    return holder;
  }

  /** A token of the person, with these rights. */
  async token(holder: Holder, keys: readonly string[], narrowing: object = {}): Promise<Holder> {
    const response = await this.post('/me/tokens', holder, { label: 'essai', keys, days: 1, ...narrowing });
    if (response.status !== 201) throw new Error(await response.text());
    const { secret } = (await response.json()) as { secret: string };
    return { personId: holder.personId, headers: { Authorization: `Bearer ${secret}` } };
  }
}

export const cookieOf = (response: Response): string =>
  response.headers
    .getSetCookie()
    .map((cookie) => cookie.split(';')[0]!)
    .join('; ');

/** Status and code of a problem. */
export async function problem(response: Response | Promise<Response>): Promise<[number, string | undefined]> {
  const received = await response;
  const text = await received.text();
  return [received.status, text === '' ? undefined : (JSON.parse(text) as { code?: string }).code];
}
