import { randomUUID } from 'node:crypto';
import { parisDate } from '../../src/calendar/plain-date.js';
import { FIGURE_CODES } from '../../src/law/figures.js';
import type { LawAnswer, LawFigureAnswer, LawRuleAnswer } from '../../src/lawbook/lawbook.dto.js';
import { refusalOf } from '../../src/platform/http/refusal-of.js';
import { FACT_WORDS } from '../../src/platform/journal/fact-words.js';
import { KEY_WORDS, SUBJECT_WORDS } from '../../src/platform/journal/words.js';
import type { Refused } from '../../src/platform/refusals/refused.js';
import { type Holder, problem, World } from '../accounts/world.js';
import { answer } from './probe.js';

let world: World;
let administrator: Holder;
beforeAll(async () => {
  world = await World.open();
  administrator = await world.person('administrator', { buyerId: null, groupId: null });
});
afterAll(() => world.close());

/** Nobody signs in to read the law. */
async function law(on?: string): Promise<LawAnswer> {
  const response = await world.api(`/law${on === undefined ? '' : `?on=${on}`}`);
  expect(response.status).toBe(200);
  return (await response.json()) as LawAnswer;
}
const figure = async (on: string, code: string): Promise<LawRuleAnswer | undefined> =>
  (await law(on)).rules.find((rule) => rule.code === code);
const given = (over: Record<string, unknown> = {}) => ({
  code: 'decp',
  value: '50000.00',
  validFrom: '2030-01-01',
  validTo: '2031-01-01',
  source: 'décret 2029-1',
  checkedOn: '2026-11-20',
  verified: true,
  ...over,
});

describe('the law of a day', () => {
  test('is open to all, and each figure tells its article, dates and source', async () => {
    const read = await law('2026-11-26');
    expect(read.on).toBe('2026-11-26');
    expect(read.rules.map(({ code }) => code)).toEqual([...FIGURE_CODES]);
    expect(read.rules.find(({ code }) => code === 'dispense_fs')).toEqual({
      code: 'dispense_fs',
      label: 'Dispense de publicité et de mise en concurrence, fournitures et services',
      value: '60000.00',
      unit: 'euros',
      article: 'CCP R2122-8',
      validFrom: '2026-04-01',
      validTo: null,
      source: 'La Vie communale, seuils et décrets au 1er janvier 2026',
      checkedOn: '2026-11-23',
      verified: true,
    });
  });

  test.each([
    ['formalisee_fs', '2025-12-31', '221000.00', '2024-01-01', '2026-01-01'],
    ['formalisee_fs', '2026-01-01', '216000.00', '2026-01-01', '2028-01-01'],
    ['formalisee_travaux', '2025-12-31', '5538000.00', '2024-01-01', '2026-01-01'],
    ['formalisee_travaux', '2026-01-01', '5404000.00', '2026-01-01', '2028-01-01'],
    ['dispense_fs', '2026-03-31', '40000.00', null, '2026-04-01'],
    ['dispense_fs', '2026-04-01', '60000.00', '2026-04-01', null],
    ['profil_acheteur', '2026-03-31', '40000.00', null, '2026-04-01'],
    ['profil_acheteur', '2026-04-01', '60000.00', '2026-04-01', null],
    ['petits_lots_part', '2026-01-01', '20.00', null, null],
    ['suspension_electronique', '2026-01-01', '11', null, null],
    ['critere_environnemental', '2026-08-21', '1', '2026-08-21', null],
  ])('%s on %s is %s', async (code, on, value, validFrom, validTo) => {
    expect(await figure(on, code)).toMatchObject({ value, validFrom, validTo });
  });

  test('leaves out what nobody knows on that day, and what is not yet in force', async () => {
    expect(await figure('2028-01-01', 'formalisee_fs')).toBeUndefined();
    expect(await figure('2026-08-20', 'critere_environnemental')).toBeUndefined();
  });

  test('is that of today, in Paris, when no day is asked for', async () => {
    const before = parisDate(new Date());
    const { on } = await law();
    expect([before, parisDate(new Date())]).toContain(on);
  });

  test.each(['2026-02-30', '01/04/2026', '', '2026-04-01T00:00:00Z', '2026-04-01&on=2026-04-02'])(
    'refuses « %s » as a day',
    async (on) => {
      const [status, told] = await answer(world.api(`/law?on=${on}`));
      expect([status, told]).toEqual([
        422,
        expect.objectContaining({
          errors: [expect.objectContaining({ in: 'query', pointer: '#/on', code: 'isPlainDate' })],
        }),
      ]);
    },
  );
});

describe('a figure that is recorded', () => {
  test('prevails on the days that it covers and on no other, and is in the journal', async () => {
    const response = await world.post('/law', administrator, given());
    expect(response.status).toBe(201);
    const { id, ...recorded } = (await response.json()) as LawFigureAnswer;
    expect(recorded).toEqual({
      ...given(),
      label: 'Publication des données essentielles',
      unit: 'euros',
      article: 'CCP R2196-1',
    });
    expect(await figure('2029-12-31', 'decp')).toMatchObject({ value: '40000.00', validTo: '2030-01-01' });
    expect(await figure('2030-01-01', 'decp')).toEqual(recorded);
    expect(await figure('2030-12-31', 'decp')).toEqual(recorded);
    expect(await figure('2031-01-01', 'decp')).toMatchObject({ value: '40000.00' });

    const lines = await world.source.query<
      { subject: string; key: string; actor_id: string; before: unknown; after: Record<string, unknown> }[]
    >(`select subject, key, actor_id, before, after from journal_entry where subject_id = $1`, [id]);
    expect(lines).toEqual([
      {
        subject: 'law-figure',
        key: 'law.record',
        actor_id: administrator.personId,
        before: null,
        after: { ...given(), unit: 'euros' },
      },
    ]);
    expect([SUBJECT_WORDS['law-figure'], KEY_WORDS['law.record']]).not.toContain(undefined);
    expect(Object.keys(lines[0]!.after).filter((fact) => !(fact in FACT_WORDS))).toEqual([]);
  });

  test('is mended by another one: the last recorded prevails', async () => {
    const year = { code: 'ecrit', validFrom: '2040-01-01', validTo: null };
    for (const value of ['30000.00', '35000.00'])
      expect((await world.post('/law', administrator, given({ ...year, value }))).status).toBe(201);
    expect(await figure('2040-01-01', 'ecrit')).toMatchObject({ value: '35000.00', validTo: null });
  });

  test('changes nothing of what was launched before it was recorded', async () => {
    const [launched, planned] = [randomUUID(), randomUUID()];
    for (const [id, title] of [
      [launched, 'Lancée'],
      [planned, 'Prévue'],
    ])
      await world.source.query(
        `insert into consultation (id, group_id, title, firm_years, renewals) values ($1, $2, $3, 1, 0)`,
        [id, world.own.groupId, title],
      );
    await world.source.query(`update consultation set launched_at = now() where id = $1`, [launched]);
    const officer = await world.person('procurement_officer', { buyerId: null, groupId: world.own.groupId });
    const from = async (id: string): Promise<string> => {
      const read = (await (await world.api(`/consultations/${id}/procedure`, officer)).json()) as {
        checks: { rule: string; figures: Record<string, string> }[];
      };
      return read.checks.find(({ rule }) => rule === 'PROCEDURE')!.figures[
        'procédure formalisée à partir de'
      ]!;
    };
    const today = parisDate(new Date());
    const tomorrow = new Date(Date.now() + 48 * 3_600_000).toISOString().slice(0, 10);
    const higher = given({ code: 'formalisee_fs', value: '300000', validFrom: today, validTo: tomorrow });
    expect(await from(planned)).toMatch(/^216.000,00/);
    expect((await world.post('/law', administrator, higher)).status).toBe(201);
    expect([await from(launched), await from(planned)]).toEqual([
      expect.stringMatching(/^216.000,00/),
      expect.stringMatching(/^300.000,00/),
    ]);
  });

  test('repeals a duty, from a day on', async () => {
    const repealed = given({
      code: 'specification_durable',
      value: '0',
      validFrom: '2041-01-01',
      validTo: null,
    });
    expect((await world.post('/law', administrator, repealed)).status).toBe(201);
    expect(await figure('2040-12-31', 'specification_durable')).toMatchObject({ validTo: '2041-01-01' });
    expect(await figure('2041-01-01', 'specification_durable')).toBeUndefined();
  });

  test('makes known what was not: the thresholds of 2028', async () => {
    const asked = given({ code: 'formalisee_fs_reseaux', value: '440000', validFrom: '2028-01-01' });
    expect((await world.post('/law', administrator, { ...asked, validTo: '2030-01-01' })).status).toBe(201);
    expect(await figure('2028-01-01', 'formalisee_fs_reseaux')).toMatchObject({ value: '440000.00' });
    expect(await figure('2030-01-01', 'formalisee_fs_reseaux')).toBeUndefined();
  });

  test('reaches what is judged of a lot: its terms and its protection', async () => {
    const [consultationId, lotId] = [randomUUID(), randomUUID()];
    await world.source.query(
      `insert into consultation (id, group_id, title, firm_years, renewals, planned_launch_on)
       values ($1, $2, 'Sel', 1, 0, '2035-06-01')`,
      [consultationId, world.own.groupId],
    );
    await world.source.query(
      `insert into lot (id, consultation_id, number, title, cpv_code, family, contract_form)
       values ($1, $2, 1, 'Sel', '34927100', 'fournitures', 'bons_de_commande')`,
      [lotId, consultationId],
    );
    const officer = await world.person('procurement_officer', { buyerId: null, groupId: world.own.groupId });
    interface Told {
      readonly rule: string;
      readonly figures: Record<string, string>;
    }
    const figuresOf = async (path: string, rule: string): Promise<string> => {
      const read = (await (await world.api(path, officer)).json()) as Record<'items' | 'duties', Told[]>;
      const found = (read.items ?? read.duties).find((check) => check.rule === rule);
      return Object.values(found!.figures)
        .join(' | ')
        .replace(/[\u00a0\u202f]/g, ' ');
    };
    const advance = () => figuresOf(`/lots/${lotId}/checks`, 'ADVANCE_RATE');
    const spending = () => figuresOf(`/lots/${lotId}/protection`, 'SPASER');
    expect([await advance(), await spending()]).toEqual([
      expect.stringContaining('de 5 % à 30 %'),
      '50 000 000,00 €',
    ]);
    const from = { validFrom: '2035-01-01', validTo: '2036-01-01' };
    for (const more of [
      { code: 'avance_min', value: '10.00' },
      { code: 'spaser', value: '40000000.00' },
    ])
      expect((await world.post('/law', administrator, given({ ...from, ...more }))).status).toBe(201);
    expect([await advance(), await spending()]).toEqual([
      expect.stringContaining('de 10 % à 30 %'),
      '40 000 000,00 €',
    ]);
  });

  test('is for administrators alone', async () => {
    const officer = await world.person('procurement_officer', { buyerId: null, groupId: world.own.groupId });
    expect(await problem(world.post('/law', officer, given()))).toEqual([403, 'FORBIDDEN']);
    expect(await problem(world.post('/law', undefined, given()))).toEqual([401, 'UNAUTHENTICATED']);
  });

  test('is refused with every fault at once', async () => {
    const wrong = given({
      ...{ value: '60 000', validFrom: '2030-01-01', validTo: '2029-01-01', source: ' ' },
      ...{ checkedOn: '2026-13-01', verified: 'oui' },
    });
    const [status, told] = await answer(world.post('/law', administrator, wrong));
    const { errors } = told as { errors: { pointer: string; code: string; detail: string }[] };
    expect([status, errors.map(({ pointer, code }) => `${pointer} ${code}`)]).toEqual([
      422,
      [
        ...['#/value figureValue', '#/validTo endsAfterItBegins', '#/source isLength'],
        ...['#/checkedOn isPlainDate', '#/verified isBoolean'],
      ],
    ]);
    expect(errors[0]!.detail).toMatch(/^Un montant en euros HT est attendu, .*"60000\.00"\.$/);
  });

  test.each([
    ['delai_ao_ouvert', '35.5', /^Un nombre entier de jours, dix ans au plus, est attendu/],
    ['petits_lots_part', '20 %', /^Un taux en pour cent, 100 au plus/],
    ['clause_sociale', '2', /^Ce code est une obligation/],
  ])('%s does not take « %s »', async (code, value, sentence) => {
    const [status, told] = await answer(world.post('/law', administrator, given({ code, value })));
    const { errors } = told as { errors: { pointer: string; detail: string }[] };
    expect([status, errors.map(({ pointer }) => pointer)]).toEqual([422, ['#/value']]);
    expect(errors[0]!.detail).toMatch(sentence);
  });

  test('is of a code that Halle knows, and its source was not read tomorrow', async () => {
    const of = async (over: Record<string, unknown>) => {
      const [status, told] = await answer(world.post('/law', administrator, given(over)));
      const { errors } = told as { errors: { pointer: string; code: string }[] };
      return [status, ...errors.map(({ pointer, code }) => `${pointer} ${code}`)];
    };
    expect(await of({ code: 'inconnu' })).toEqual([422, '#/code isIn']);
    expect(await of({ code: 'toString' })).toEqual([422, '#/code isIn']);
    expect(await of({ checkedOn: '2199-01-01' })).toEqual([422, '#/checkedOn checkedInFuture']);
  });

  test('is never changed nor removed, not even in SQL', async () => {
    await world.post(
      '/law',
      administrator,
      given({ code: 'innovation', validFrom: '2050-01-01', validTo: null }),
    );
    for (const sql of ['update law_figure set value = 1', 'delete from law_figure', 'truncate law_figure'])
      await expect(world.source.query(sql)).rejects.toMatchObject({
        driverError: { constraint: 'law_figure_is_append_only' },
      });
    expect(await figure('2050-01-01', 'innovation')).toMatchObject({ value: '50000.00' });
  });

  test.each<[string, string, string | null, string, string]>([
    ['-1', '2030-01-01', null, 'JORF', 'Un chiffre du droit n’est pas négatif.'],
    [
      '1',
      '2030-01-01',
      '2030-01-01',
      'JORF',
      'Le premier jour hors vigueur vient après le premier jour en vigueur\u00a0: corriger l’un ou l’autre.',
    ],
    ['1', '2030-01-01', null, ' ', 'Un chiffre du droit dit où il a été lu.'],
  ])(
    'its row is kept sound by the database: %s, from %s to %s',
    async (value, from, to, source, sentence) => {
      const refused = await world.source
        .query(
          `insert into law_figure (id, code, value, valid_from, valid_to, source, checked_on, verified, recorded_at)
         values ($1, 'decp', $2, $3, $4, $5, '2026-11-20', true, now())`,
          [randomUUID(), value, from, to, source],
        )
        .then(
          () => null,
          (error: unknown): Refused => refusalOf(error),
        );
      expect([refused?.status, refused?.message]).toEqual([422, sentence]);
    },
  );
});
