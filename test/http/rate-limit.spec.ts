import { Controller, Get, Post } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Public } from '../../src/platform/access/requires.js';
import { addressKey } from '../../src/platform/http/address-key.js';
import { createTestDatabase, type TestDatabase } from '../support/server.js';
import { answer, openProbe, type ProbeApplication } from './probe.js';

@Public('a probe')
@Controller('probe')
class ProbeController {
  @Get('ok')
  ok(): object {
    return { ok: true };
  }
  @Post('session')
  signIn(): object {
    return { ok: true };
  }
}

let database: TestDatabase;
let probes: ProbeApplication[];
let sql: DataSource;
beforeAll(async () => {
  const settings = { HALLE_RATE_LIMIT: '6', HALLE_SIGN_IN_LIMIT: '3', HALLE_TRUSTED_PROXIES: '1' };
  database = await createTestDatabase(settings);
  probes = [await openProbe(database, [ProbeController]), await openProbe(database, [ProbeController])];
  sql = probes[0]!.app.get(DataSource);
});
beforeEach(async () => {
  await sql.query('truncate rate_limit');
});
afterAll(async () => {
  for (const probe of probes) await probe.close();
  await database.drop();
});

const as = (who: string): RequestInit => ({ headers: { 'X-Probe': who } });
const from = (address: string, method = 'GET'): RequestInit => ({
  method,
  headers: { 'X-Forwarded-For': address },
});
/** `times` requests, each to the next instance in turn. */
async function send(times: number, path: string, init: RequestInit): Promise<Response[]> {
  const responses: Response[] = [];
  for (let time = 0; time < times; time += 1) responses.push(await probes[time % 2]!.api(path, init));
  return responses;
}
const statuses = (responses: readonly Response[]) => responses.map(({ status }) => status);

describe('limits', () => {
  test('are shared by two instances; what is left is told, and when to come back', async () => {
    const responses = await send(7, '/probe/ok', as('p'));
    expect(statuses(responses)).toEqual([200, 200, 200, 200, 200, 200, 429]);
    expect(responses.map(({ headers }) => /r=(\d+)/.exec(headers.get('ratelimit')!)![1])).toEqual([
      '5',
      '4',
      '3',
      '2',
      '1',
      '0',
      '0',
    ]);
    const last = responses.at(-1)!;
    expect(last.headers.get('ratelimit-policy')).toBe('"caller";q=6;w=60');
    const wait = Number(last.headers.get('retry-after'));
    expect(wait).toBeGreaterThan(0);
    expect(wait).toBeLessThanOrEqual(60);
    expect(await answer(last)).toMatchObject([
      429,
      {
        code: 'TOO_MANY_REQUESTS',
        detail: `La limite est atteinte. Recommencez dans ${wait}\u00a0${wait > 1 ? 'secondes' : 'seconde'}.`,
      },
    ]);
  });

  test('hold against many requests at once', async () => {
    const responses = await Promise.all(
      Array.from({ length: 30 }, (_, time) => probes[time % 2]!.api('/probe/ok', as('p'))),
    );
    expect(responses.filter(({ status }) => status === 200)).toHaveLength(6);
  });

  test('count each person, token and address apart', async () => {
    await send(7, '/probe/ok', as('p'));
    for (const init of [as('q'), as('p/t1'), from('198.51.100.7')])
      expect(statuses(await send(1, '/probe/ok', init))).toEqual([200]);
  });

  test('are stricter for what is sent without an account, by address, whoever one says one is', async () => {
    expect(statuses(await send(4, '/probe/session', from('198.51.100.1', 'POST')))).toEqual([
      201, 201, 201, 429,
    ]);
    expect(statuses(await send(1, '/probe/session', from('198.51.100.2', 'POST')))).toEqual([201]);
    // One trusted proxy: what the client wrote before it is not believed.
    expect(statuses(await send(1, '/probe/session', from('192.0.2.9, 198.51.100.1', 'POST')))).toEqual([429]);
  });

  test('count what is refused before its turn too: unknown addresses, unreadable bodies', async () => {
    expect(statuses(await send(7, '/nulle-part', from('198.51.100.3')))).toEqual([
      ...Array<number>(6).fill(404),
      429,
    ]);
    const body = { ...from('198.51.100.4', 'POST'), body: 'x' };
    expect(statuses(await send(7, '/probe/session', body))).toEqual([...Array<number>(6).fill(415), 429]);
  });

  test('leave health, metrics and the documentation alone', async () => {
    for (const path of ['/health/live', '/metrics', '/api/docs'])
      for (let time = 0; time < 8; time += 1)
        expect([path, (await fetch(`${probes[0]!.url}${path}`)).status]).toEqual([path, 200]);
  });

  test('that cannot be counted: signing in is refused, the rest goes on and is logged', async () => {
    await sql.query('alter table rate_limit rename to rate_limit_away');
    try {
      expect(statuses(await send(2, '/probe/ok', as('p')))).toEqual([200, 200]);
      expect(await answer(probes[0]!.api('/probe/session', { method: 'POST' }))).toMatchObject([
        503,
        { code: 'UNAVAILABLE' },
      ]);
    } finally {
      await sql.query('alter table rate_limit_away rename to rate_limit');
    }
    expect(probes[0]!.lines.filter(({ msg }) => msg === 'requests cannot be counted').length).toBeGreaterThan(
      1,
    );
  });
});

test.each([
  ['203.0.113.9', '203.0.113.9'],
  ['::ffff:203.0.113.9', '203.0.113.9'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
  ['2001:db8:1:2::1', '2001:db8:1:2::/64'],
  ['2001:db8::1', '2001:db8:0:0::/64'],
  ['::1', '0:0:0:0::/64'],
  ['fe80::1%eth0', 'fe80:0:0:0::/64'],
  [undefined, 'unknown'],
])('%s is counted as %s', (address, key) => {
  expect(addressKey(address)).toBe(key);
});
