import { randomUUID } from 'node:crypto';
import type { INestApplicationContext } from '@nestjs/common';
import fc from 'fast-check';
import { DataSource } from 'typeorm';
import { lineAmount } from '../../src/money/amounts.js';
import { formatDecimal, parseDecimal } from '../../src/money/decimal.js';
import { type NeedLineInput, NeedLineRefused, NeedsService } from '../../src/needs/needs.service.js';
import { openIdleApplication } from '../support/application.js';
import { recordSample } from '../support/record-sample.js';
import { createTestDatabase, type TestDatabase } from '../support/server.js';
import { OPERATOR } from '../support/trace.js';

let database: TestDatabase;
let app: INestApplicationContext;
let source: DataSource;
let consultationId: string;

beforeAll(async () => {
  database = await createTestDatabase();
  app = await openIdleApplication(database);
  source = app.get(DataSource);
  await recordSample(app, []);
  const [row] = await source.query<{ id: string }[]>('select id from consultation');
  consultationId = row!.id;
});
afterAll(async () => {
  await app.close();
  await database.drop();
});

describe('need lines', () => {
  test('SQL and TypeScript round a line to the same cent', async () => {
    const pairs = fc.sample(
      fc.tuple(fc.bigInt({ min: 0n, max: 10n ** 10n }), fc.bigInt({ min: 0n, max: 10n ** 9n })),
      500,
    );
    const rows = await source.query<{ amount: string }[]>(
      `select line_amount(quantity, price)::text as amount
       from unnest($1::numeric[], $2::numeric[]) with ordinality as given (quantity, price, position) order by position`,
      [pairs.map(([q]) => formatDecimal(q, 3)), pairs.map(([, p]) => formatDecimal(p, 4))],
    );
    expect(rows.map((row) => parseDecimal(row.amount, 2))).toEqual(pairs.map(([q, p]) => lineAmount(q, p)));
  });

  test('writing the same lines again touches no row', async () => {
    const versions = () =>
      source.query<{ xmin: string; n: number }[]>(
        'select xmin::text, count(*)::int as n from need_line group by xmin::text order by 1',
      );
    const before = await versions();
    await recordSample(app, []);
    expect(await versions()).toEqual(before);
  });

  const aLine = async (): Promise<NeedLineInput> => {
    const [row] = await source.query<{ buyer_id: string; item_id: string; lot_id: string }[]>(
      'select buyer_id, item_id, lot_id from need_line limit 1',
    );
    return {
      buyerId: row!.buyer_id,
      itemId: row!.item_id,
      lotId: row!.lot_id,
      standing: 'valid',
      minimum: null,
      estimate: 1_000n,
      maximum: null,
    };
  };
  const replace = (lines: NeedLineInput[]) =>
    source.transaction((tx) =>
      app.get(NeedsService).replaceNeeds(tx, OPERATOR, new Date(), consultationId, lines),
    );

  test('a badly ordered quantity is refused by the service, and by the database itself', async () => {
    const line = await aLine();
    await expect(replace([{ ...line, minimum: 2_000n }])).rejects.toThrow(NeedLineRefused);
    await expect(replace([{ ...line, estimate: -1n }])).rejects.toThrow(NeedLineRefused);
    await expect(source.query('update need_line set minimum = estimate + 1')).rejects.toThrow(
      /need_line_quantity_ordered/,
    );
    await expect(source.query('update need_line set estimate = -1, minimum = null')).rejects.toThrow(
      /need_line_quantity_/,
    );
  });

  test('a need for a lot that the member did not join is refused by the database', async () => {
    const line = await aLine();
    const [stranger] = await source.query<{ id: string }[]>(
      `select id from buyer b where not exists (select from lot_participation p where p.buyer_id = b.id)`,
    );
    await expect(replace([{ ...line, buyerId: stranger!.id }])).rejects.toThrow(/need_line_participation/);
    await expect(replace([{ ...line, itemId: randomUUID() }])).rejects.toThrow(/need_line_item/);
    const [count] = await source.query<{ n: number }[]>('select count(*)::int as n from need_line');
    expect(count!.n).toBe(1_220); // nothing of the refused attempts remains
  });
});
