import { DataSource } from 'typeorm';
import { REFUSALS } from '../../src/platform/refusals/catalogue.js';
import { CONSTRAINTS } from '../../src/platform/refusals/constraints.js';
import { SENTENCES } from '../../src/platform/http/validation.messages.js';
import { seal, unseal } from '../../src/platform/http/sealed.js';
import { createTestDatabase, type TestDatabase } from '../support/server.js';

let database: TestDatabase;
let sql: DataSource;
beforeAll(async () => {
  database = await createTestDatabase();
  sql = await new DataSource({ type: 'postgres', url: database.databaseUrl }).initialize();
});
afterAll(async () => {
  await sql.destroy();
  await database.drop();
});

describe('the catalogue of refusals', () => {
  test('speaks of constraints that exist', async () => {
    const rows = await sql.query<{ name: string }[]>(
      `select conname as name from pg_constraint where connamespace = 'public'::regnamespace
       union select indexrelid::regclass::text from pg_index where indisunique
       union select tgname from pg_trigger where not tgisinternal`,
    );
    const known = new Set(rows.map(({ name }) => name));
    expect(Object.keys(CONSTRAINTS).filter((name) => !known.has(name))).toEqual([]);
  });

  test('has a sentence for what two people may both do at once: every unique constraint of a room', async () => {
    /** Written by Halle alone, under a lock or drawn at random: nobody can break them by what they send. */
    const ours = [
      ...['cost_line_position_is_unique', 'document_is_unique', 'dossier_number_is_unique'],
      ...['journal_entry_position_is_unique', 'one_time_link_secret_is_unique', 'api_token_secret_is_unique'],
      ...['law_figure_position_is_unique', 'mail_is_written_once', 'mail_message_id_is_unique'],
      'need_version_receipt_is_unique',
      ...['document_particular_is_unique', 'document_set_is_unique', 'document_set_item_is_unique'],
    ];
    const rows = await sql.query<{ name: string }[]>(
      `select conname as name from pg_constraint where connamespace = 'public'::regnamespace and contype = 'u'
       -- Those that only serve a foreign key hold the row's own id.
       and pg_get_constraintdef(oid) not like '%(id, %'
       -- A unique index may forbid what a constraint cannot say: only among the rows that count.
       union select indexrelid::regclass::text from pg_index
       where indisunique and indpred is not null and indrelid::regclass::text !~ '[.]'`,
    );
    const silent = rows
      .map(({ name }) => name)
      .filter((name) => !(name in CONSTRAINTS) && !ours.includes(name));
    expect(silent).toEqual([]);
  });

  test('is written in French typography, and in whole sentences', () => {
    const sentences = [
      ...Object.values(REFUSALS).map(({ detail }) =>
        (detail as (...words: unknown[]) => string)('Une phrase.'),
      ),
      ...Object.values(CONSTRAINTS).map(([, sentence]) => sentence),
      ...Object.values(SENTENCES).map((say) => say([1, 2])),
    ];
    for (const sentence of sentences) {
      expect(sentence).toMatch(/[.»]$/);
      expect(sentence).not.toMatch(/'|…\.|« | »/);
      expect(
        sentence.replace(/Authorization: |If-Match: |Content-Type: |https:|HH:MM|T\d\d:.*/g, ''),
      ).not.toMatch(/[^\u00a0\u202f][:;?!»]/);
    }
  });

  test('holds a status of the 4xx or 5xx for every code', () => {
    for (const [code, { status, title }] of Object.entries(REFUSALS))
      expect([code, status >= 400 && status < 600, title]).toEqual([
        code,
        true,
        expect.stringMatching(/^[A-ZÉ]/) as string,
      ]);
  });
});

describe('what is sealed', () => {
  const place = Buffer.from('place');
  const value = { at: new Date('2027-03-01T08:00:00Z'), amount: 12n, list: [undefined, null, 'é'] };

  test('opens with its secret, at its place, and keeps dates', () => {
    expect(unseal('secret-1', place, seal('secret-1', place, value))).toEqual(value);
    expect(unseal('secret-1', place, seal('secret-1', place, undefined))).toBeUndefined();
  });

  test('opens with nothing else, nor changed; twice the same value does not show', () => {
    const sealed = seal('secret-1', place, value);
    expect(() => unseal('secret-2', place, sealed)).toThrow();
    expect(() => unseal('secret-1', Buffer.from('other'), sealed)).toThrow();
    for (const at of [0, 16, 28, sealed.length - 1]) {
      const changed = Buffer.from(sealed);
      changed[at]! ^= 1;
      expect(() => unseal('secret-1', place, changed)).toThrow();
    }
    expect(seal('secret-1', place, value).equals(sealed)).toBe(false);
  });
});
