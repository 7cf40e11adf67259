import { Body, Controller, Get, HttpException, Param, Post } from '@nestjs/common';
import { IsString } from 'class-validator';
import { DataSource } from 'typeorm';
import { Public } from '../../src/platform/access/requires.js';
import { loggedPath } from '../../src/platform/http/request-log.js';
import { errorLine } from '../../src/platform/log/error-line.js';
import { createTestDatabase, type TestDatabase } from '../support/server.js';
import { openProbe, type ProbeApplication } from './probe.js';

const SECRET = 'kZ3vR8q_Lw0Xn-5Tb7Yc1Df9Gh2Jk4Mp6Qs8Ut0Vw';

class Person {
  @IsString()
  email: string;
}

@Public('a probe')
@Controller('probe')
class ProbeController {
  constructor(private readonly dataSource: DataSource) {}

  @Get('links/:secret')
  link(@Param('secret') _secret: string): object {
    return { ok: true };
  }
  @Post('people')
  create(@Body() { email }: Person): Promise<unknown> {
    return this.dataSource.query('insert into probe_person (email) values ($1)', [email]);
  }
  @Post('casts')
  cast(@Body() { email }: Person): Promise<unknown> {
    return this.dataSource.query('select $1::text::uuid', [email]);
  }
  @Get('mail')
  mail(): never {
    throw new Error('550 no such user <marie.dupont@laval.fr>', {
      cause: new Error('smtp://halle:motdepasse@mail.laval.fr'),
    });
  }
  @Get('teapot')
  teapot(): never {
    throw new HttpException('marie.dupont@laval.fr', 418);
  }
}

let database: TestDatabase;
let probe: ProbeApplication;
beforeAll(async () => {
  database = await createTestDatabase();
  probe = await openProbe(database, [ProbeController]);
  await probe.app
    .get(DataSource)
    .query('create table probe_person (email text constraint probe_person_email_is_unique unique)');
});
beforeEach(() => {
  probe.lines.length = 0;
});
afterAll(async () => {
  await probe.close();
  await database.drop();
});

/** The answer is sent before its line is written. */
const written = () => new Promise((resolve) => setTimeout(resolve, 50));

describe('the log', () => {
  test('of a request: method, path, status, duration, id, and the caller by kind and id', async () => {
    await probe.api(`/probe/links/${SECRET}?token=${SECRET}`, {
      headers: {
        'X-Request-Id': 'demande-1',
        'X-Probe': 'p1/t1',
        Cookie: SECRET,
        Authorization: `Bearer ${SECRET}`,
      },
    });
    await written();
    expect(probe.lines).toHaveLength(1);
    expect(probe.lines[0]).toMatchObject({
      req: { id: 'demande-1', method: 'GET', path: '/api/v1/probe/links/…' },
      res: { status: 200 },
      responseTime: expect.any(Number) as number,
      caller: { kind: 'person', id: 'p1', tokenId: 't1' },
    });
    expect(JSON.stringify(probe.lines)).not.toContain(SECRET);
  });

  test('keeps the ids that a path is made of', () => {
    const id = '019ab6f0-1111-7000-8000-000000000001';
    expect(loggedPath(`/api/v1/groups/${id}?q=x`)).toBe(`/api/v1/groups/${id}`);
    expect(loggedPath(`/r/${SECRET}/pdf`)).toBe('/r/…/pdf');
  });

  test('of a broken constraint names it, and nobody', async () => {
    for (const expected of [201, 500])
      expect((await probe.post('/probe/people', { email: 'marie.dupont@laval.fr' })).status).toBe(expected);
    await written();
    const failures = probe.lines.filter(({ msg }) => msg === 'request failed');
    expect(failures).toHaveLength(1);
    expect(failures[0]).toMatchObject({
      err: { code: '23505', constraint: 'probe_person_email_is_unique', table: 'probe_person' },
      requestId: expect.any(String) as string,
    });
    expect(JSON.stringify(probe.lines)).not.toMatch(/marie|dupont|laval\.fr|insert into/);
  });

  test('of what went wrong is told once, without addresses, passwords or values', async () => {
    await probe.post('/probe/casts', { email: 'marie.dupont@laval.fr' });
    await probe.api('/probe/mail');
    await written();
    const failures = probe.lines.filter(({ err }) => err !== undefined);
    expect(failures).toMatchObject([
      { err: { message: 'data exception 22P02' } },
      { err: { message: '550 no such user <…@…>', cause: { message: 'smtp://…@mail.laval.fr' } } },
    ]);
    expect(JSON.stringify(failures)).not.toMatch(/marie|dupont|motdepasse/);
    expect(JSON.stringify(failures)).toMatch(/log\.spec\.ts/);
  });

  test('of a refusal is only the line of its request', async () => {
    expect((await probe.api('/probe/teapot')).status).toBe(400);
    await written();
    expect(probe.lines).toHaveLength(1);
    expect(JSON.stringify(probe.lines)).not.toContain('marie');
  });
});

test('anything thrown has a line', () => {
  expect(errorLine('marie@laval.fr')).toEqual({ type: 'string', message: '…@…', stack: undefined });
  expect(errorLine(undefined)).toMatchObject({ type: 'undefined' });
});
