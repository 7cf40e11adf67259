import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { DataSource, type EntityManager } from 'typeorm';
import type { JournalEntry, JournalState } from '../../src/platform/journal/changes.js';
import { ChainAudit, INSTALLATION_CHAIN, lineHash } from '../../src/platform/journal/journal-chain.js';
import { JournalQueries, UnknownCursor } from '../../src/platform/journal/journal.queries.js';
import { Journal } from '../../src/platform/journal/journal.js';
import { createTestDatabase, type TestDatabase } from '../support/server.js';
import { OPERATOR } from '../support/trace.js';

let database: TestDatabase;
let source: DataSource;
const journal = new Journal();
const queries = new JournalQueries();
const AT = new Date('2026-11-25T09:31:58.123Z');

beforeAll(async () => {
  database = await createTestDatabase();
  source = new DataSource({ type: 'postgres', url: database.databaseUrl, extra: { max: 20 } });
  await source.initialize();
});
afterAll(async () => {
  await source.destroy();
  await database.drop();
});

const entry = (groupId: string | null, changes: Partial<JournalEntry> = {}): JournalEntry => ({
  groupId,
  buyerId: null,
  subject: 'lot',
  subjectId: '1',
  key: 'lots.catalogue',
  before: null,
  after: { title: 'Sel' },
  ...changes,
});
const write = (...entries: JournalEntry[]) =>
  source.transaction((tx) => journal.write(tx, OPERATOR, AT, entries));
const stored = (chain: string | null = null) =>
  source.transaction(async (tx) => {
    const lines = [];
    for await (const line of queries.stored(tx, chain)) lines.push(line);
    return lines;
  });
async function faults(): Promise<unknown[]> {
  const audit = new ChainAudit(await queries.heads(source.manager, null), []);
  return [...(await stored()).flatMap((line) => audit.read(line)), ...audit.end()];
}

describe('the journal refuses', () => {
  test.each([
    ['update journal_entry set subject = $1', ['autre'], /update refused on journal_entry/],
    ['delete from journal_entry', [], /delete refused on journal_entry/],
    ['delete from journal_entry where false', [], /delete refused on journal_entry/],
    ['truncate journal_entry', [], /truncate refused on journal_entry/],
    ['truncate journal_chain', [], /truncate refused on journal_chain/],
    ['delete from journal_chain', [], /delete refused on journal_chain/],
    ['update journal_chain set position = position + 1', [], /that of its last line/],
    ['update journal_chain set position = 0', [], /that of its last line/],
    ['update journal_chain set hash = hash', [], /that of its last line/],
    [
      `insert into journal_chain values (gen_random_uuid(), 7, decode(repeat('00', 32), 'hex'))`,
      [],
      /that of its last line/,
    ],
  ])('%s, even to the owner of the tables', async (statement, parameters, sentence) => {
    await write(entry(null), entry(null));
    const before = await stored();
    await expect(source.query(statement, parameters)).rejects.toThrow(sentence);
    // Not even where ordinary triggers are put to sleep.
    await expect(
      source.transaction(async (tx) => {
        await tx.query(`set local session_replication_role = replica`);
        await tx.query(statement, parameters);
      }),
    ).rejects.toThrow(sentence);
    expect(await stored()).toEqual(before);
  });

  test('what is no actor, no channel, no subject', async () => {
    const wrong = (changes: object, entries = [entry(null)]) =>
      source.transaction((tx) => journal.write(tx, { ...OPERATOR, ...changes }, AT, entries));
    await expect(wrong({ actorKind: 'x' })).rejects.toThrow(/journal_entry_actor_kind_is_known/);
    await expect(wrong({ channel: 'x' })).rejects.toThrow(/journal_entry_channel_is_known/);
    await expect(wrong({}, [entry(null, { subject: '' })])).rejects.toThrow(/journal_entry_has_a_subject/);
    await expect(wrong({}, [entry(null, { subjectId: '' })])).rejects.toThrow(
      /journal_entry_has_a_subject_id/,
    );
    await expect(wrong({}, [entry(null, { key: '' })])).rejects.toThrow(/journal_entry_key_is_not_empty/);
  });

  test('a place of its own choosing: the database numbers and hashes', async () => {
    const id = randomUUID();
    await source.query(
      `insert into journal_entry (id, chain, position, previous_hash, hash, at, actor_kind, channel, subject, subject_id, key)
       values ($1::uuid, $1::uuid, 99, 'x', 'x', now()::timestamptz(0), 'system', 'job', 's', $1::uuid::text, 'k')`,
      [id],
    );
    const line = (await stored(INSTALLATION_CHAIN)).find(({ subjectId }) => subjectId === id)!;
    expect(line.id).not.toBe(id);
    expect(line.position).not.toBe(99);
    expect(await faults()).toEqual([]);
  });
});

describe('a line', () => {
  const text = fc
    .string({ unit: 'binary', minLength: 1, maxLength: 12 })
    .map((t) => t.replaceAll('\0', '\u0001'));
  const uuid = fc.uuid({ version: 7 });
  const json = fc.option(
    fc.dictionary(fc.string({ unit: 'binary' }), fc.jsonValue({ stringUnit: 'binary' }), { maxKeys: 5 }),
  ) as fc.Arbitrary<JournalState | null>;
  const someone = fc.record({
    actorKind: fc.constantFrom('person', 'reader', 'operator', 'system'),
    actorId: fc.option(uuid),
    actorName: fc.option(text),
    tokenId: fc.option(uuid),
    onBehalfOf: fc.option(uuid),
    channel: fc.constantFrom('api', 'import', 'cli', 'page', 'job'),
    requestId: fc.option(text),
  } as const);

  test('has the hash that TypeScript computes, whatever it holds', async () => {
    const groups = [null, randomUUID(), randomUUID()];
    const anything = fc.record({
      trace: someone,
      at: fc.date({ min: new Date('1970-01-01'), max: new Date('2199-12-31'), noInvalidDate: true }),
      entries: fc.array(
        fc.record({
          groupId: fc.constantFrom(...groups),
          buyerId: fc.option(uuid),
          subject: text,
          subjectId: text,
          key: text,
          before: json,
          after: json,
        }),
        { minLength: 1, maxLength: 5 },
      ),
    });
    for (const { trace, at, entries } of fc.sample(anything, 150))
      await source.transaction((tx) => journal.write(tx, trace, at, entries));
    const lines = await stored();
    expect(lines.length).toBeGreaterThan(200);
    for (const line of lines) expect(line.hash).toEqual(lineHash(line));
    expect(await faults()).toEqual([]);
  });

  test('keeps the changed keys, exactly, and is written only when there are some', async () => {
    const groupId = randomUUID();
    await write(
      entry(groupId, {
        before: { a: '1.10', b: { c: [1, null] } },
        after: { a: '1.1', b: { c: [1, null] } },
      }),
      entry(groupId, { before: { a: 1 }, after: { a: 1 } }),
      entry(groupId, { before: { name: 'x' }, after: { name: 'y' }, personal: ['name'] }),
    );
    await write(entry(groupId, { before: { a: 1 }, after: { a: 1 } }));
    const { lines } = await queries.ofGroup(source.manager, groupId, { limit: 9, cursor: null });
    expect(lines.map(({ position, before, after }) => ({ position, before, after }))).toEqual([
      { position: 2, before: { name: 'donnée personnelle' }, after: { name: 'donnée personnelle' } },
      { position: 1, before: { a: '1.10' }, after: { a: '1.1' } },
    ]);
    expect(lines[0]).toMatchObject({ ...OPERATOR, at: AT, groupId, subject: 'lot', key: 'lots.catalogue' });
    expect(JSON.stringify(await stored(groupId))).not.toMatch(/"[xy]"/);
  });

  test('is not there when its transaction rolls back, and leaves no gap', async () => {
    const groupId = randomUUID();
    await write(entry(groupId));
    await expect(
      source.transaction(async (tx) => {
        await journal.write(tx, OPERATOR, AT, [entry(groupId), entry(groupId)]);
        throw new Error('the command failed');
      }),
    ).rejects.toThrow('the command failed');
    await write(entry(groupId));
    expect((await stored(groupId)).map((line) => line.position)).toEqual([1, 2]);
    expect(await faults()).toEqual([]);
  });

  test('follows the others of its transaction, statement after statement', async () => {
    const groupId = randomUUID();
    await source.transaction(async (tx) => {
      for (let i = 0; i < 3; i += 1)
        await journal.write(tx, OPERATOR, AT, [entry(groupId), entry(null), entry(groupId)]);
    });
    const lines = await stored(groupId);
    expect(lines.map((line) => line.position)).toEqual([1, 2, 3, 4, 5, 6]);
    expect(lines.map((line) => line.id)).toEqual(lines.map((line) => line.id).sort());
    expect(await faults()).toEqual([]);
  });
});

describe('fifty writers at once', () => {
  const inParallel = (work: (tx: EntityManager, i: number) => Promise<void>) =>
    Promise.all(Array.from({ length: 50 }, (_, i) => source.transaction((tx) => work(tx, i))));

  test('on one chain that does not exist yet: every line, in a row', async () => {
    const groupId = randomUUID();
    await inParallel((tx, i) =>
      journal.write(tx, OPERATOR, AT, [entry(groupId, { subjectId: `${i}` }), entry(groupId)]),
    );
    const lines = await stored(groupId);
    expect(lines.map((line) => line.position)).toEqual(Array.from({ length: 100 }, (_, i) => i + 1));
    expect(await faults()).toEqual([]);
  });

  test('on several chains, named in different orders: no deadlock, no gap', async () => {
    const groups = Array.from({ length: 6 }, () => randomUUID());
    await inParallel((tx, i) => {
      const order = groups.map((_, place) => groups[(place * (i % 2 === 0 ? 1 : 5) + i) % 6]!);
      return journal.write(tx, OPERATOR, AT, [...order.map((group) => entry(group)), entry(null)]);
    });
    for (const group of groups)
      expect((await stored(group)).map((line) => line.position)).toEqual(
        Array.from({ length: 50 }, (_, i) => i + 1),
      );
    expect(await faults()).toEqual([]);
  });
});

describe('pages, newest first', () => {
  async function walk(
    page: (
      cursor: string | null,
    ) => Promise<{ lines: readonly { subjectId: string }[]; next: string | null }>,
  ): Promise<string[][]> {
    const pages: string[][] = [];
    for (let cursor: string | null = null, first = true; first || cursor !== null; first = false) {
      const { lines, next } = await page(cursor);
      pages.push(lines.map((line) => line.subjectId));
      cursor = next;
    }
    return pages;
  }

  test('of a group, though lines arrive meanwhile', async () => {
    const groupId = randomUUID();
    await write(...['1', '2', '3', '4', '5', '6'].map((subjectId) => entry(groupId, { subjectId })));
    const pages = await walk(async (cursor) => {
      const found = await queries.ofGroup(source.manager, groupId, { limit: 2, cursor });
      await write(entry(groupId, { subjectId: 'later' }));
      return found;
    });
    expect(pages).toEqual([
      ['6', '5'],
      ['4', '3'],
      ['2', '1'],
    ]);
  });

  test('of a buyer in all its groups, and all of it in order for an export', async () => {
    const buyerId = randomUUID();
    const [one, two] = [randomUUID(), randomUUID()];
    const told: string[] = [];
    for (let i = 0; i < 7; i += 1) {
      const subjectId = `n${i}`;
      // Two of them at one same instant: their ids keep the order.
      const at = new Date(AT.getTime() + (i === 3 ? 2 : i) * 1_000);
      await source.transaction((tx) =>
        journal.write(tx, OPERATOR, at, [
          entry(i % 2 === 0 ? one : two, { buyerId, subjectId }),
          entry(one, { buyerId: randomUUID() }),
        ]),
      );
      told.push(subjectId);
    }
    const pages = await walk((cursor) => queries.ofBuyer(source.manager, buyerId, { limit: 3, cursor }));
    expect(pages.flat()).toEqual([...told].reverse());
    expect(pages.map((page) => page.length)).toEqual([3, 3, 1]);
    const exported = [];
    for await (const line of queries.concerning(source.manager, buyerId)) exported.push(line.subjectId);
    expect(exported).toEqual(told);
  });

  test('a cursor that no page gave is refused', async () => {
    const asked = { limit: 2, cursor: `1' or true` };
    await expect(queries.ofGroup(source.manager, null, asked)).rejects.toThrow(UnknownCursor);
    await expect(queries.ofBuyer(source.manager, randomUUID(), asked)).rejects.toThrow(UnknownCursor);
  });
});
