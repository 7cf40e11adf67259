import { Agent, get, type IncomingMessage } from 'node:http';
import { Body, Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { IsString } from 'class-validator';
import { DataSource } from 'typeorm';
import { Public } from '../../src/platform/access/requires.js';
import { Refused } from '../../src/platform/refusals/refused.js';
import { createTestDatabase, type TestDatabase } from '../support/server.js';
import { answer, openProbe, type ProbeApplication } from './probe.js';

class Text {
  @IsString()
  text: string;
}

@Public('a probe')
@Controller('probe')
class ProbeController {
  constructor(private readonly dataSource: DataSource) {}

  @Get('ok')
  ok(): object {
    return { ok: true };
  }
  @Post('text')
  @HttpCode(200)
  text(@Body() { text }: Text): object {
    return { length: text.length };
  }
  @Get('things/:id')
  thing(@Param('id') id: string): object {
    return { id };
  }
  @Get('refused')
  refused(): never {
    throw new Refused('FORBIDDEN');
  }
  @Get('broken')
  broken(): never {
    throw new Error('secret-value of marie@laval.fr');
  }
  @Get('sql/:statement')
  sql(@Param('statement') statement: string): Promise<unknown> {
    return this.dataSource.query(STATEMENTS[statement]!);
  }
}

const BUYER = `insert into buyer (id, siret, name) values (gen_random_uuid(), '21530130000012', 'marie@laval.fr')`;
const STATEMENTS: Record<string, string> = {
  known: `${BUYER}; ${BUYER}`,
  unknown: `create table pg_temp.mail (address text constraint mail_is_unique unique);
            insert into pg_temp.mail values ('marie@laval.fr'), ('marie@laval.fr')`,
  cast: `select 'marie@laval.fr'::uuid`,
  deadlock: `do $$ begin raise exception 'marie@laval.fr' using errcode = '40P01'; end $$`,
  syntax: `selekt 'marie@laval.fr'`,
};

let database: TestDatabase;
let probe: ProbeApplication;
beforeAll(async () => {
  database = await createTestDatabase({ HALLE_BODY_LIMIT_KB: '4', HALLE_SIGN_IN_LIMIT: '1000' });
  probe = await openProbe(database, [ProbeController]);
});
afterAll(async () => {
  await probe.close();
  await database.drop();
});

const send = (body: string, type: string | undefined = 'application/json') =>
  probe.api('/probe/text', { method: 'POST', body, headers: type ? { 'Content-Type': type } : {} });

describe('what a request goes through', () => {
  test('the rooms are under /api/v1, health and metrics are not', async () => {
    expect(await answer(probe.api('/probe/ok'))).toEqual([200, { ok: true }]);
    expect((await fetch(`${probe.url}/probe/ok`)).status).toBe(404);
    expect((await fetch(`${probe.url}/health/live`)).status).toBe(200);
    expect((await fetch(`${probe.url}/metrics`)).status).toBe(200);
    expect((await probe.api('/health/live')).status).toBe(404);
  });

  test('a connection is kept longer than the minute that reverse proxies keep theirs', async () => {
    const { headers } = await new Promise<IncomingMessage>((resolve, reject) => {
      get(`${probe.url}/health/live`, { agent: new Agent({ keepAlive: true }) }, (message) => {
        message.destroy();
        resolve(message);
      }).on('error', reject);
    });
    expect(headers['keep-alive']).toBe('timeout=65');
  });

  test('every answer has its request id and protective headers, and is kept by no shared cache', async () => {
    const { headers } = await probe.api('/probe/ok', { headers: { 'X-Request-Id': 'demande-12' } });
    expect(headers.get('x-request-id')).toBe('demande-12');
    expect(headers.get('x-powered-by')).toBeNull();
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('cache-control')).toBe('private, no-cache');
  });

  test('JSON bodies up to the limit, and nothing else', async () => {
    expect(await answer(send('{"text":"sel"}'))).toEqual([200, { length: 3 }]);
    expect(await answer(send('{"text":"sel"}', 'application/json; charset=UTF-8'))).toEqual([
      200,
      { length: 3 },
    ]);
    expect(await answer(send(JSON.stringify({ text: 'x'.repeat(5000) })))).toMatchObject([
      413,
      { code: 'BODY_TOO_LARGE' },
    ]);
    for (const body of ['{"text":', '"', "{'text':1}"])
      expect(await answer(send(body))).toMatchObject([400, { code: 'MALFORMED_JSON' }]);
    for (const type of [
      'text/plain',
      'application/x-www-form-urlencoded',
      'application/json; charset=latin1',
    ])
      expect(await answer(send('text=sel', type))).toMatchObject([415, { code: 'UNSUPPORTED_MEDIA_TYPE' }]);
  });

  test('JSON whose bytes are not UTF-8 is refused, not kept with letters replaced', async () => {
    const bytes = (text: string) => Buffer.from(text, 'latin1');
    const post = (body: Buffer) =>
      probe.api('/probe/text', {
        method: 'POST',
        body: new Uint8Array(body),
        headers: { 'Content-Type': 'application/json' },
      });
    for (const text of ['{"text":"Argentr\xe9"}', '{"text":"\xed\xa0\x80"}', '{"text":"\xc3"}'])
      expect(await answer(post(bytes(text)))).toMatchObject([
        400,
        { code: 'MALFORMED_UTF8', detail: expect.stringContaining('UTF-8') as string },
      ]);
    expect(await answer(post(Buffer.from('{"text":"é\ufffd"}')))).toEqual([200, { length: 2 }]);
    expect(await answer(post(Buffer.from('\ufeff{"text":"sel"}')))).toEqual([200, { length: 3 }]);
  });

  test('an id in a path that is no UUID names nothing', async () => {
    const id = '019ab6f0-0000-7000-8000-000000000001';
    expect(await answer(probe.api(`/probe/things/${id}`))).toEqual([200, { id }]);
    for (const wrong of ['1', 'x', `${id}0`, "%27or'1"])
      expect(await answer(probe.api(`/probe/things/${wrong}`))).toMatchObject([404, { code: 'NOT_FOUND' }]);
    expect(await answer(probe.api('/probe/things/%FF'))).toMatchObject([400, { code: 'MALFORMED_REQUEST' }]);
  });
});

describe('a refusal', () => {
  test('is a problem (RFC 9457) in French, with a stable code', async () => {
    const response = await probe.api('/probe/refused?secret=1', {
      headers: { 'X-Request-Id': 'demande-13' },
    });
    expect(response.status).toBe(403);
    expect(response.headers.get('content-type')).toBe('application/problem+json; charset=utf-8');
    expect(response.headers.get('content-language')).toBe('fr');
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(await response.json()).toEqual({
      type: 'urn:halle:problem:FORBIDDEN',
      code: 'FORBIDDEN',
      title: 'Action non permise',
      status: 403,
      detail: expect.stringMatching(/^Votre rôle/) as string,
      instance: '/api/v1/probe/refused',
      requestId: 'demande-13',
    });
  });

  test('of an address is the same inside and outside the API', async () => {
    for (const url of [`${probe.url}/nulle-part`, `${probe.url}/api/v1/nulle-part`, `${probe.url}/api/v2/x`])
      expect(await answer(fetch(url))).toMatchObject([404, { code: 'NOT_FOUND', title: 'Introuvable' }]);
  });

  test('of a method says which ones the address accepts', async () => {
    const id = '019ab6f0-0000-7000-8000-000000000001';
    for (const [url, method, allow] of [
      [`/api/v1/probe/things/${id}`, 'DELETE', 'GET, HEAD'],
      ['/api/v1/probe/text', 'GET', 'POST'],
      ['/health/live', 'POST', 'GET, HEAD'],
    ] as const) {
      const response = await fetch(`${probe.url}${url}`, { method });
      expect([url, response.headers.get('allow')]).toEqual([url, allow]);
      expect(await answer(response)).toMatchObject([405, { code: 'METHOD_NOT_ALLOWED' }]);
    }
  });

  test('of the database speaks by the name of its constraint; other errors tell nothing', async () => {
    expect(await answer(probe.api('/probe/sql/known'))).toMatchObject([
      409,
      { code: 'ALREADY_EXISTS', detail: 'Un acheteur porte déjà ce SIRET.' },
    ]);
    const busy = await probe.api('/probe/sql/deadlock');
    expect([busy.status, busy.headers.get('retry-after')]).toEqual([503, '1']);
    for (const path of ['sql/unknown', 'sql/cast', 'sql/syntax', 'broken']) {
      const response = await probe.api(`/probe/${path}`);
      const text = await response.text();
      expect([path, response.status]).toEqual([path, 500]);
      expect(text).not.toMatch(/marie|secret-value|select|insert|uuid|\.ts|\.js|at /i);
      expect(JSON.parse(text)).toMatchObject({ code: 'INTERNAL' });
    }
  });
});
