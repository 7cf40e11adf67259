import type { INestApplicationContext } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { BuyersService } from '../../src/buyers/buyers.service.js';
import { AnswersService } from '../../src/members/answers.service.js';
import { LotsQueries } from '../../src/lots/lots.queries.js';
import { ReplaceCatalogueService } from '../../src/catalogue/replace-catalogue.service.js';
import { type NeedLineInput, NeedsService } from '../../src/needs/needs.service.js';
import { ChainAudit } from '../../src/platform/journal/journal-chain.js';
import { type JournalLine, JournalQueries } from '../../src/platform/journal/journal.queries.js';
import { FACT_WORDS } from '../../src/platform/journal/fact-words.js';
import { KEY_WORDS, SUBJECT_WORDS } from '../../src/platform/journal/words.js';
import { openIdleApplication } from '../support/application.js';
import { recordSample } from '../support/record-sample.js';
import { createTestDatabase, type TestDatabase } from '../support/server.js';
import { OPERATOR } from '../support/trace.js';

let database: TestDatabase;
let app: INestApplicationContext;
let source: DataSource;
let groupId: string;
let consultationId: string;
const AT = new Date('2026-11-25T09:31:58.123Z');
const LAVAL = '21530130000012';

beforeAll(async () => {
  database = await createTestDatabase();
  app = await openIdleApplication(database);
  source = app.get(DataSource);
});
afterAll(async () => {
  await app.close();
  await database.drop();
});

const linesOf = async (group: string | null): Promise<JournalLine[]> =>
  [
    ...(await app.get(JournalQueries).ofGroup(source.manager, group, { limit: 10_000, cursor: null })).lines,
  ].reverse();
const buyerId = async (siret: string): Promise<string> =>
  (await source.query<{ id: string }[]>('select id from buyer where siret = $1', [siret]))[0]!.id;
/** What a command wrote: position apart. */
async function written(command: () => Promise<unknown>, group: string | null = groupId) {
  const before = (await linesOf(group)).length;
  await command();
  return (await linesOf(group)).slice(before).map(({ subject, key, buyerId: buyer, before: was, after }) => ({
    subject,
    key,
    buyer,
    was,
    after,
  }));
}
const tally = (lines: readonly JournalLine[]): Record<string, number> => {
  const counts: Record<string, number> = {};
  for (const { subject, key } of lines) counts[`${subject} ${key}`] = (counts[`${subject} ${key}`] ?? 0) + 1;
  return counts;
};

describe('the sample campaign in the journal', () => {
  test('one line for each thing, by whom, at one instant; in French words', async () => {
    await recordSample(app, ['--key', 'population']);
    [{ groupId, consultationId } = { groupId: '', consultationId: '' }] = await source.query<
      { groupId: string; consultationId: string }[]
    >('select group_id as "groupId", id as "consultationId" from consultation');
    const [registered, lines] = [await linesOf(null), await linesOf(groupId)];
    expect(tally(registered)).toEqual({ 'buyer buyers.register': 35 });
    const [participants] = await source.query<{ buyers: number; needs: number }[]>(
      `select (select count(distinct buyer_id)::int from lot_participation) as buyers,
              (select count(*)::int from (select distinct buyer_id, lot_id from need_line) as given) as needs`,
    );
    expect(tally(lines)).toEqual({
      'group groups.open': 1,
      'membership groups.answer': 35,
      'consultation consultations.open': 1,
      'lot lots.catalogue': 12,
      'item lots.catalogue': 72,
      'participation lots.participate': participants!.buyers,
      'needs needs.replace': participants!.needs,
      'sharing allocation.choose-sharing': 1,
      'dossier dossiers.take': 1,
      'document documents.request': 16,
    });
    for (const line of [...registered, ...lines]) {
      expect(line).toMatchObject({ ...OPERATOR, at: lines[0]!.at });
      expect([line.before, Object.keys(line.after ?? {}).length > 0]).toEqual([null, true]);
      expect([SUBJECT_WORDS[line.subject], KEY_WORDS[line.key]]).not.toContain(undefined);
      if (!['needs', 'participation'].includes(line.subject))
        for (const fact of Object.keys(line.after!)) expect(Object.keys(FACT_WORDS)).toContain(fact);
    }
  });

  test('a commune reads what concerns it: its answer, its lots, its needs', async () => {
    const laval = await buyerId(LAVAL);
    const { lines } = await app
      .get(JournalQueries)
      .ofBuyer(source.manager, laval, { limit: 100, cursor: null });
    expect(new Set(lines.map((line) => line.subject))).toEqual(
      new Set(['buyer', 'membership', 'participation', 'needs']),
    );
    const salt = await source.query<{ id: string }[]>('select id from lot where number = 1');
    const needs = lines.find((line) => line.subject === 'needs' && line.subjectId === salt[0]!.id)!;
    const rows = await source.query<{ code: string; estimate: string }[]>(
      `select code, replace(trim_scale(estimate)::text, '.', ',') as estimate
       from need_line join item on item.id = item_id where buyer_id = $1 and need_line.lot_id = $2`,
      [laval, salt[0]!.id],
    );
    expect(Object.keys(needs.after!).sort()).toEqual(rows.map((row) => row.code).sort());
    for (const { code, estimate } of rows)
      expect(needs.after![code]).toMatch(
        new RegExp(`^${estimate}( min .*)?( max .*)? (valide|hors délai|brouillon)$`),
      );
  });

  test('recorded again as it is: not one line', async () => {
    const count = () => source.query('select count(*)::int as n from journal_entry');
    const before = await count();
    await recordSample(app, ['--key', 'population']);
    expect(await count()).toEqual(before);
  });
});

describe('a command writes the changed keys only', () => {
  test('a buyer renamed', async () => {
    const rename = () =>
      source.transaction((tx) =>
        app.get(BuyersService).register(tx, OPERATOR, AT, [
          { siret: LAVAL, inseeCode: '53130', name: 'Ville de Laval' },
          { siret: '21530054200010', inseeCode: '53054', name: 'Changé' },
        ]),
      );
    expect(await written(rename, null)).toEqual([
      {
        subject: 'buyer',
        key: 'buyers.register',
        buyer: await buyerId(LAVAL),
        was: { name: 'Laval' },
        after: { name: 'Ville de Laval' },
      },
    ]);
    expect(await written(rename, null)).toEqual([]);
  });

  test('an answer corrected, another withdrawn', async () => {
    const rows = await source.query<
      {
        buyerId: string;
        joins: boolean;
        municipalPopulation: number;
        resolutionOn: string;
        resolutionNumber: string;
      }[]
    >(
      `select buyer_id as "buyerId", joined_at is not null as joins, municipal_population as "municipalPopulation",
              population_source as "populationSource", resolution_on::text as "resolutionOn",
              resolution_number as "resolutionNumber"
       from membership order by joined_at is null, buyer_id`,
    );
    const answers = rows.map((row) => ({ ...row, populationSource: 'adhesions.csv' }));
    const [first, last] = [answers[0]!, answers.at(-1)!];
    const changed = [{ ...first, municipalPopulation: 7 }, ...answers.slice(1, -1)];
    const record = (given: typeof answers) =>
      source.transaction((tx) => app.get(AnswersService).record(tx, OPERATOR, AT, groupId, given));
    const lines = await written(() => record(changed));
    expect(lines).toHaveLength(2);
    expect(lines).toContainEqual({
      subject: 'membership',
      key: 'groups.answer',
      buyer: first.buyerId,
      was: { municipalPopulation: first.municipalPopulation },
      after: { municipalPopulation: 7 },
    });
    expect(lines).toContainEqual(
      expect.objectContaining({
        buyer: last.buyerId,
        was: expect.objectContaining({ answer: 'declined' }),
        after: null,
      }),
    );
    await record(answers);
  });

  test('a need changed, one added, one removed; a member’s needs in a lot are one line', async () => {
    const rows = await source.query<
      { buyerId: string; itemId: string; lotId: string; code: string; estimate: string; standing: 'valid' }[]
    >(
      `select buyer_id as "buyerId", item_id as "itemId", need_line.lot_id as "lotId", code, estimate, standing
       from need_line join item on item.id = item_id order by buyer_id, need_line.lot_id, code`,
    );
    const lines = rows.map(({ estimate, ...row }): NeedLineInput => ({
      ...row,
      minimum: null,
      estimate: BigInt(estimate.replace('.', '')),
      maximum: null,
    }));
    const replace = (given: NeedLineInput[]) =>
      source.transaction((tx) => app.get(NeedsService).replaceNeeds(tx, OPERATOR, AT, consultationId, given));
    await replace(lines);
    const at = lines.findIndex(
      (line, i) => lines[i + 1]?.lotId === line.lotId && lines[i + 1]?.buyerId === line.buyerId,
    );
    const [one, two] = [lines[at]!, lines[at + 1]!];
    const [codeOne, codeTwo] = [rows[at]!.code, rows[at + 1]!.code];
    const others = lines.filter((line) => line !== one && line !== two);
    const wordsOf = ({ estimate, standing }: NeedLineInput) =>
      `${String(estimate)
        .padStart(4, '0')
        .replace(/(\d{3})$/, ',$1')
        .replace(/,?0+$/, '')} ` + { valid: 'valide', late: 'hors délai', draft: 'brouillon' }[standing];
    const of = { subject: 'needs', key: 'needs.replace', buyer: one.buyerId };

    const changed = { ...one, minimum: 500n, estimate: 12_500n, maximum: 20_000n, standing: 'late' as const };
    expect(await written(() => replace([...others, changed]))).toEqual([
      {
        ...of,
        was: { [codeOne]: wordsOf(one), [codeTwo]: wordsOf(two) },
        after: { [codeOne]: '12,5 min 0,5 max 20 hors délai' },
      },
    ]);
    expect(await written(() => replace([...others, changed, two]))).toEqual([
      { ...of, was: null, after: { [codeTwo]: wordsOf(two) } },
    ]);
    expect(await written(() => replace([...others, changed, two]))).toEqual([]);
  });

  test('a lot that goes takes its items along: its members read that they left it, and what they needed', async () => {
    const lots = await app.get(LotsQueries).lots(source.manager, consultationId);
    const items = await app.get(LotsQueries).items(source.manager, consultationId);
    const kept = lots.filter((lot) => lot.number !== 12);
    const catalogue = kept.map((lot) => ({
      ...lot,
      items: items
        .filter((item) => item.lotId === lot.id)
        .map((item) => ({
          ...item,
          unitPrice: BigInt(item.unitPrice.replace('.', '')),
          vatRate: BigInt(item.vatRate.replace('.', '')),
        })),
    }));
    const gone = items.filter((item) => !kept.some((lot) => lot.id === item.lotId));
    const [members] = await source.query<{ participations: number; needs: number }[]>(
      `select (select count(*)::int from lot_participation p join lot on lot.id = p.lot_id where number = 12) as participations,
              (select count(distinct buyer_id)::int from need_line n join lot on lot.id = n.lot_id where number = 12) as needs`,
    );
    const lines = await written(() =>
      source.transaction(async (tx) => {
        const codes = catalogue.flatMap((lot) => lot.items.map((item) => item.code));
        await app.get(NeedsService).withdrawItems(tx, OPERATOR, AT, consultationId, codes);
        await app.get(ReplaceCatalogueService).replace(tx, OPERATOR, AT, consultationId, catalogue);
      }),
    );
    const counted = (subject: string) => lines.filter((line) => line.subject === subject).length;
    expect([counted('lot'), counted('item')]).toEqual([1, gone.length]);
    expect([counted('participation'), counted('needs')]).toEqual([members!.participations, members!.needs]);
    for (const line of lines.filter(({ subject }) => subject === 'needs')) {
      expect([line.key, line.after]).toEqual(['needs.withdraw', null]);
      expect(gone.map((item) => item.code)).toEqual(expect.arrayContaining(Object.keys(line.was!)));
    }
    for (const line of lines.filter(({ subject }) => subject === 'participation'))
      expect([Object.keys(line.was!), line.buyer === null]).toEqual([['lot 12'], false]);
  });

  test('and the whole is still one sound journal', async () => {
    const queries = app.get(JournalQueries);
    const audit = new ChainAudit(await queries.heads(source.manager, null), []);
    await source.transaction(async (tx) => {
      for await (const line of queries.stored(tx, null)) expect(audit.read(line)).toEqual([]);
    });
    expect(audit.end()).toEqual([]);
    expect(audit.chains).toBe(2);
  });
});
