import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { INestApplicationContext } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { documentKinds } from '../../src/documents/document-kinds.js';
import { Templates } from '../../src/platform/markdown/templates.js';
import { DossiersService, type TakenDossier } from '../../src/documents/dossiers.service.js';
import { Caller } from '../../src/platform/access/caller.js';
import { sha256Of } from '../../src/platform/files/file-store.js';
import { ProtectionService } from '../../src/protection/protection.service.js';
import { openIdleApplication } from '../support/application.js';
import { recordSample } from '../support/record-sample.js';
import { createTestDatabase, type TestDatabase } from '../support/server.js';
import { OPERATOR } from '../support/trace.js';

/**
 * The flag of a lot is procedural: levers act, through what they change in lots and terms; the flag, its justification and
 * the list of levers reach no document. Twins have the same levers’ effects; one is flagged.
 */
interface Twin {
  readonly database: TestDatabase;
  readonly app: INestApplicationContext;
  readonly consultationId: string;
}
const AT = new Date('2027-01-15T09:00:00Z');
const ANYONE = new Caller(OPERATOR, null, () => ({ verdict: 'allowed', onBehalfOf: null }));
let flagged: Twin;
let bare: Twin;

async function openTwin(): Promise<Twin> {
  const database = await createTestDatabase();
  const app = await openIdleApplication(database);
  await recordSample(app, ['--key', 'population']);
  const source = app.get(DataSource);
  const [row] = await source.query<{ id: string }[]>('select id from consultation');
  // What levers do: a finer lot, a commune that keeps a lot outside.
  await source.query(`update lot set title = title || ', secteur nord' where number = 6`);
  await source.query(`update lot set contract_form = 'ordinaire' where number = 9`);
  await source.query(
    `update lot_participation set form_signed_on = '2027-01-14'
     where lot_id = (select id from lot where number = 6)`,
  );
  await giveEverythingToSay(source);
  return { database, app, consultationId: row!.id };
}

/** What some documents of the group are about: an avenant, a coordinator that has not decided, a member that withdrew. */
async function giveEverythingToSay(source: DataSource): Promise<void> {
  await source.query(
    `insert into agreement_version (group_id, number, label, summary, adopted_on, recorded_at)
     select g.id, v.number, v.label, v.summary, '2026-04-15', '2026-04-16T09:00:00Z'
     from purchasing_group g, (values (1, 'Convention constitutive', ''), (2, 'Avenant n° 1', 'Un lot de plus.'))
       as v (number, label, summary)
     where not exists (select from agreement_version a where a.group_id = g.id and a.number = v.number)`,
  );
  await source.query(
    `update membership m
     set decision_kind = null, resolution_on = null, resolution_number = null, sent_to_prefecture_on = null,
         enforceable_on = null
     from purchasing_group g where g.id = m.group_id and g.coordinator_id = m.buyer_id`,
  );
  await source.query(
    `update membership
     set declined_at = null, decline_reason = null, joined_at = '2026-05-02T09:00:00Z',
         withdrawn_at = '2026-09-01T09:00:00Z', withdrawal_reason = 'Achète seule.'
     where (group_id, buyer_id) =
       (select m.group_id, m.buyer_id from membership m join buyer b on b.id = m.buyer_id
        where m.joined_at is null order by b.siret limit 1)`,
  );
  await source.query(
    `update buyer set kind = 'epci' where id = (select coordinator_id from purchasing_group)`,
  );
}

beforeAll(async () => {
  flagged = await openTwin();
  bare = await openTwin();
}, 120_000);
afterAll(async () => {
  for (const { app, database } of [flagged, bare]) {
    await app.close();
    await database.drop();
  }
});

const take = ({ app, consultationId }: Twin): Promise<TakenDossier> =>
  app.get(DataSource).transaction((tx) => app.get(DossiersService).take(tx, OPERATOR, AT, consultationId));

async function flag(
  { app }: Twin,
  lotNumber: number,
  levers: { lever: string; record: object }[],
): Promise<void> {
  const [lot] = await app
    .get(DataSource)
    .query<{ id: string }[]>(`select id from lot where number = $1`, [lotNumber]);
  await app.get(DataSource).transaction((tx) =>
    app.get(ProtectionService).decide(tx, ANYONE, AT, lot!.id, null, {
      justification: 'ZYGOMORPHE : des lots plus petits laissent répondre plusieurs entreprises.',
      levers: levers.map(({ lever, record }) => ({ lever, record: { ...record } })),
    }),
  );
}

describe('twins, one flagged and one not', () => {
  test('their dossiers are the same to the byte, and setting the flag makes no new version', async () => {
    const before = await take(flagged);
    const rows = (source: DataSource) => source.query(`select * from lot order by number`);
    const lots = await rows(flagged.app.get(DataSource));
    await flag(flagged, 6, [
      {
        lever: 'SPLIT_LOTS',
        record: { grounds: ['volume'], division: 'ZYGOMORPHE par secteur', capacity: 'trois' },
      },
      { lever: 'KEPT_OUTSIDE', record: { excluded: ['école'], perimeter: 'annexe 2' } },
    ]);
    await flag(flagged, 8, [{ lever: 'ADVANCE', record: { rate: '20' } }]);
    expect(await rows(flagged.app.get(DataSource))).toEqual(lots);
    const after = await take(flagged);
    expect([after.isNew, after.version.sha256]).toEqual([false, before.version.sha256]);
    const other = await take(bare);
    expect(other.version).toEqual(after.version);
    const text = JSON.stringify(after.version.content);
    expect(sha256Of(Buffer.from(text))).toBe(after.version.sha256);
    expect(text).toContain('secteur nord');
    for (const word of ['ZYGOMORPHE', 'SPLIT_LOTS', 'TPE-PME', 'protection'])
      expect(text).not.toContain(word);
  });

  test.each(documentKinds(new Templates(null)).map((kind) => [kind.kind, kind] as const))(
    'every %s is the same to the byte',
    async (_, kind) => {
      const [one, two] = [(await take(flagged)).version, (await take(bare)).version];
      const subjects = kind.subjects(one);
      expect(subjects).toEqual(kind.subjects(two));
      expect(subjects.length).toBeGreaterThan(0);
      for (const subject of subjects) {
        const hashes = await Promise.all(
          [one, two].map(async (version) => sha256Of(await kind.render(kind.model(version, subject)))),
        );
        expect(`${subject} ${hashes[0]!}`).toBe(`${subject} ${hashes[1]!}`);
      }
    },
    180_000,
  );
});

test('nothing outside src/protection names the tables of the flag and of its levers', () => {
  const src = fileURLToPath(new URL('../../src/', import.meta.url));
  const files = readdirSync(src, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(ts|cjs|sql)$/.test(entry.name))
    .map((entry) => `${entry.parentPath}/${entry.name}`);
  const naming = files.filter((file) =>
    /\blot_(protection|lever)\b|\bLotProtection\b/.test(readFileSync(file, 'utf8')),
  );
  expect(files.length).toBeGreaterThan(200);
  expect(naming.length).toBeGreaterThan(1);
  expect(naming.filter((file) => !file.includes('/src/protection/'))).toEqual([]);
});
