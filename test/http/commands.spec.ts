import { Body, Controller, HttpCode, Injectable, Param, Post, Put } from '@nestjs/common';
import { IsOptional, IsString } from 'class-validator';
import { DataSource } from 'typeorm';
import { type Call, CurrentCall } from '../../src/platform/access/call.js';
import { Public } from '../../src/platform/access/requires.js';
import { Clock } from '../../src/platform/clock/clock.js';
import { Commands } from '../../src/platform/http/commands.js';
import { Refused } from '../../src/platform/refusals/refused.js';
import { createTestDatabase, type TestDatabase } from '../support/server.js';
import { answer, openProbe, type ProbeApplication } from './probe.js';

const SECRET = 'jeton-montre-une-seule-fois';

class Order {
  @IsString()
  title: string;
  @IsOptional()
  @IsString()
  fail?: string;
}

@Injectable()
class Orders {
  constructor(private readonly commands: Commands) {}

  create(call: Call, { title, fail }: Order): Promise<object> {
    return this.commands.run(call, async (tx, at) => {
      await tx.query('insert into probe_order (title, at) values ($1, $2)', [title, at]);
      await tx.query('select pg_sleep(0.05)');
      if (fail !== undefined) throw new Refused('FORBIDDEN');
      return { title, at, secret: SECRET, none: undefined };
    });
  }
}

@Public('a probe')
@Controller('probe')
class ProbeController {
  constructor(private readonly orders: Orders) {}

  @Post('orders')
  create(@CurrentCall() call: Call, @Body() order: Order): Promise<object> {
    return this.orders.create(call, order);
  }
  @Post('groups/:name/orders')
  @HttpCode(201)
  createIn(@CurrentCall() call: Call, @Body() order: Order, @Param('name') _: string): Promise<object> {
    return this.orders.create(call, order);
  }
  @Put('orders')
  replace(@CurrentCall() call: Call, @Body() order: Order): Promise<object> {
    return this.orders.create(call, order);
  }
}

let database: TestDatabase;
let probe: ProbeApplication;
let sql: DataSource;
let now = new Date('2027-03-01T08:00:00Z');
beforeAll(async () => {
  database = await createTestDatabase({ HALLE_SIGN_IN_LIMIT: '1000' });
  probe = await openProbe(database, [ProbeController], [Orders]);
  sql = probe.app.get(DataSource);
  await sql.query('create table probe_order (title text, at timestamptz)');
  probe.app.get(Clock).now = () => now;
});
beforeEach(async () => {
  await sql.query('truncate probe_order, idempotency_record');
});
afterAll(async () => {
  await probe.close();
  await database.drop();
});

const KEY = '019ab6f0-1111-7000-8000-000000000001';
const post = (body: object, key?: string, who = 'p', path = '/probe/orders') =>
  probe.post(path, body, { 'X-Probe': who, ...(key === undefined ? {} : { 'Idempotency-Key': key }) });
const count = async (table = 'probe_order'): Promise<number> =>
  (await sql.query<{ n: number }[]>(`select count(*)::int as n from ${table}`))[0]!.n;

describe('a command', () => {
  test('asks who acts', async () => {
    const response = await probe.api('/probe/orders', {
      method: 'POST',
      body: '{"title":"Sel"}',
      headers: { 'Content-Type': 'application/json' },
    });
    expect(response.headers.get('www-authenticate')).toContain('Bearer');
    expect(await answer(response)).toMatchObject([401, { code: 'UNAUTHENTICATED' }]);
  });

  test('without a key is done each time', async () => {
    expect((await post({ title: 'Sel' })).status).toBe(201);
    expect((await post({ title: 'Sel' })).status).toBe(201);
    expect([await count(), await count('idempotency_record')]).toEqual([2, 0]);
  });

  test('sent again with its key is done once, and answers the same', async () => {
    const first = await post({ title: 'Sel' }, KEY);
    const again = await post({ title: 'Sel' }, KEY);
    expect([first.headers.get('idempotency-replayed'), again.headers.get('idempotency-replayed')]).toEqual([
      null,
      'true',
    ]);
    const [one, two] = [await answer(first), await answer(again)];
    expect(two).toEqual(one);
    expect(one).toEqual([201, { title: 'Sel', at: '2027-03-01T08:00:00.000Z', secret: SECRET }]);
    expect(await count()).toBe(1);
  });

  test('sent twenty times at once is done once', async () => {
    const answers = await Promise.all(Array.from({ length: 20 }, () => post({ title: 'Sel' }, KEY)));
    expect(answers.map(({ status }) => status)).toEqual(Array<number>(20).fill(201));
    expect(answers.filter(({ headers }) => headers.get('idempotency-replayed') === null)).toHaveLength(1);
    expect(await count()).toBe(1);
  });

  test('refused, it leaves no claim: the key serves again', async () => {
    expect((await post({ title: 'Sel', fail: 'yes' }, KEY)).status).toBe(403);
    expect([await count(), await count('idempotency_record')]).toEqual([0, 0]);
    expect((await post({ title: 'Sel' }, KEY)).status).toBe(201);
  });

  test('another request under the same key is refused', async () => {
    await post({ title: 'Sel' }, KEY);
    const mismatch = [422, { code: 'IDEMPOTENCY_MISMATCH' }];
    expect(await answer(post({ title: 'Plants' }, KEY))).toMatchObject(mismatch);
    expect(await answer(post({ title: 'Sel' }, KEY, 'p', '/probe/groups/a/orders'))).toMatchObject(mismatch);
    expect(await count()).toBe(1);
  });

  test('the key of one is not the key of another, nor of another token', async () => {
    for (const who of ['p', 'q', 'p/t1', 'p/t2'])
      expect((await post({ title: 'Sel' }, KEY, who)).status).toBe(201);
    expect(await count()).toBe(4);
  });

  test.each(['court', 'é'.repeat(9), 'a b c d e f', 'x'.repeat(256)])(
    'the key %s is refused',
    async (key) => {
      const response = await post({ title: 'Sel' }, Buffer.from(key, 'utf8').toString('latin1'));
      expect(await answer(response)).toMatchObject([400, { code: 'MALFORMED_IDEMPOTENCY_KEY' }]);
    },
  );

  test('other methods ignore the key', async () => {
    for (let time = 0; time < 2; time += 1)
      await probe.api('/probe/orders', {
        method: 'PUT',
        body: '{"title":"Sel"}',
        headers: { 'Content-Type': 'application/json', 'X-Probe': 'p', 'Idempotency-Key': KEY },
      });
    expect([await count(), await count('idempotency_record')]).toEqual([2, 0]);
  });

  test('a key is kept 24 hours, then swept', async () => {
    await post({ title: 'Sel' }, KEY);
    await post({ title: 'Sel' }, `${KEY}-autre`);
    now = new Date('2027-03-02T07:59:59Z');
    expect((await post({ title: 'Sel' }, KEY)).headers.get('idempotency-replayed')).toBe('true');
    now = new Date('2027-03-02T08:00:00Z');
    expect((await post({ title: 'Sel' }, KEY)).headers.get('idempotency-replayed')).toBeNull();
    expect([await count(), await count('idempotency_record')]).toEqual([3, 1]);
  });

  test('nothing in the database tells the key or the result', async () => {
    await post({ title: 'Sel' }, KEY);
    const [record] = await sql.query<{ row: string }[]>(
      `select encode(key_hash, 'escape') || encode(request_hash, 'escape') || encode(sealed_result, 'escape') as row
       from idempotency_record`,
    );
    const { row } = record!;
    expect(row.length).toBeGreaterThan(100);
    for (const word of [KEY, SECRET, 'title', 'Sel']) expect(row).not.toContain(word);
  });
});
