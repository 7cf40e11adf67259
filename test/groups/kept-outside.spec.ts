import { randomUUID } from 'node:crypto';
import type { KeptRow } from '../../src/autonomy/kept-outside.queries.js';
import type { FamilyLedgerAnswer } from '../../src/needs/family-ledger.dto.js';
import { FACT_WORDS } from '../../src/platform/journal/fact-words.js';
import { KEY_WORDS } from '../../src/platform/journal/words.js';
import { type Holder, problem, World } from '../accounts/world.js';

/** What communes keep outside the group, over HTTP. */
let world: World;
let secretary: Holder;
let officer: Holder;
let stranger: Holder;
beforeAll(async () => {
  world = await World.open();
  const { buyerId, groupId } = world.own;
  secretary = await world.person('commune_secretary', { buyerId, groupId: null });
  officer = await world.person('procurement_officer', { buyerId: null, groupId });
  stranger = await world.person('commune_validator', { buyerId: world.other.buyerId, groupId: null });
});
afterAll(() => world.close());

const BREAD = {
  nature: 'fournitures',
  family: 'fournitures',
  label: 'Pain frais',
  annualAmount: '12500.5',
  reason: 'Livraison avant 7 h',
};
const mine = (rest = '') => `/groups/${world.own.groupId}/members/${world.own.buyerId}/kept-outside${rest}`;
const keep = async (body: object = BREAD, holder = secretary): Promise<KeptRow> => {
  const response = await world.post(mine(), holder, body);
  if (response.status !== 201) throw new Error(await response.text());
  return (await response.json()) as KeptRow;
};
const change = (kept: Pick<KeptRow, 'id'>, version: number, body: unknown, holder = secretary) =>
  world.api(mine(`/${kept.id}`), holder, {
    method: 'PUT',
    body: JSON.stringify(body),
    headers: { 'If-Match': `"${version}"` },
  });
const release = (kept: Pick<KeptRow, 'id'>, version: number, holder = secretary) =>
  world.api(mine(`/${kept.id}`), holder, { method: 'DELETE', headers: { 'If-Match': `"${version}"` } });

/** A supplier of the directory, as `POST /suppliers` would write it. */
const supplier = (siret: string, name: string, key: string, erasedAt: string | null = null) =>
  world.source.query(
    `insert into supplier (id, siret, name, search_key, created_at, erased_at) values ($1, $2, $3, $4, now(), $5)`,
    [randomUUID(), erasedAt === null ? siret : null, name, key, erasedAt],
  );

describe('a purchase kept outside', () => {
  test('names no supplier of the directory, whatever its form and its capitals', async () => {
    await supplier('55210055400013', 'Pépinières de la Jouanne', 'pepinieres de la jouanne');
    await supplier('55210055400021', 'SARL Boulangerie Dupont', 'sarl boulangerie dupont');
    await supplier('55210055400039', 'Pomona', 'pomona');
    await supplier('55210055400047', 'Pain', 'pain');
    await supplier('', 'Granits du Nord', 'granits du nord', '2026-01-01');
    const answer = async (body: object) => {
      const response = await world.post(mine(), secretary, { ...BREAD, ...body });
      const kept = (await response.json()) as KeptRow;
      if (response.status === 201) expect((await release(kept, 1)).status).toBe(204);
      const { code, errors = [] } = kept as {
        code?: string;
        errors?: { pointer: string; detail: string }[];
      };
      return [response.status, code, ...errors.map(({ pointer, detail }) => `${pointer} ${detail}`)];
    };
    const sentence = (name: string) =>
      `«\u00a0${name}\u00a0» désigne un fournisseur\u00a0: décrire l’achat, le site ou le motif sans dire chez qui il se fait.`;
    expect(
      await answer({ label: 'Pépinières de la Jouanne', reason: 'Fourni par Boulangerie Dupont' }),
    ).toEqual([
      ...[422, 'SUPPLIER_NAMED', `#/label ${sentence('Pépinières de la Jouanne')}`],
      `#/reason ${sentence('Boulangerie Dupont')}`,
    ]);
    expect(await answer({ label: 'Fruits de POMONA' })).toEqual([
      422,
      'SUPPLIER_NAMED',
      `#/label ${sentence('POMONA')}`,
    ]);
    // A short word is a word; what was erased is known no more.
    for (const label of ['Pain', 'Pépinières', 'Granits du Nord'])
      expect((await answer({ label }))[0]).toBe(201);
    const kept = await keep();
    expect(await problem(change(kept, 1, { ...BREAD, site: 'Chez Boulangerie  Dupont' }))).toEqual([
      ...[422, 'SUPPLIER_NAMED'],
    ]);
    expect((await release(kept, 1)).status).toBe(204);
    const plan = await world.source.transaction(async (tx) => {
      await tx.query(`set local enable_seqscan = off`);
      return tx.query<object[]>(
        `explain select from supplier where erased_at is null and supplier_bare_name(search_key) = any($1::text[])`,
        [['a', 'b']],
      );
    });
    expect(JSON.stringify(plan)).toContain('supplier_by_bare_name');
  });

  test('is recorded by the commune or by the officer, corrected, released; the journal says by whom', async () => {
    const kept = await keep();
    expect(kept).toMatchObject({
      ...BREAD,
      annualAmount: '12500.50',
      site: null,
      version: 1,
      buyerName: 'Argentré',
    });
    const corrected = await change(kept, 1, { ...BREAD, site: 'École du bourg' }, officer);
    expect([corrected.status, corrected.headers.get('etag')]).toEqual([200, '"2"']);
    expect(await problem(change(kept, 1, BREAD))).toEqual([412, 'STALE_VERSION']);
    expect(await problem(release(kept, 1))).toEqual([412, 'STALE_VERSION']);
    expect((await release(kept, 2)).status).toBe(204);
    expect(await problem(release(kept, 2))).toEqual([404, 'NOT_FOUND']);
    const lines = await world.source.query<{ key: string; actor: string; before: object; after: object }[]>(
      `select key, actor_id as actor, before, after from journal_entry
       where subject = 'kept-outside' and subject_id = $1 and buyer_id = $2 order by position`,
      [kept.id, world.own.buyerId],
    );
    expect(lines.map(({ key, actor }) => [key, actor])).toEqual([
      ['groups.keep-outside', secretary.personId],
      ['groups.change-kept-outside', officer.personId],
      ['groups.release-kept-outside', secretary.personId],
    ]);
    for (const { key, after } of lines.slice(0, 2))
      expect([KEY_WORDS[key], ...Object.keys(after).map((fact) => FACT_WORDS[fact])]).not.toContain(
        undefined,
      );
    expect(lines[1]).toMatchObject({ before: { site: null }, after: { site: 'École du bourg' } });
  });

  test('never tells who the supplier is: each place is shown, and nothing is kept', async () => {
    const response = await world.post(mine(), secretary, {
      ...BREAD,
      label: 'Pain de la SARL Dupont',
      site: 'École',
      reason: 'comme avant, SIRET 552 100 554 00013',
    });
    expect(response.status).toBe(422);
    const body = (await response.json()) as { code: string; errors: { pointer: string; detail: string }[] };
    expect([body.code, body.errors.map(({ pointer }) => pointer)]).toEqual([
      'SUPPLIER_NAMED',
      ['#/label', '#/reason'],
    ]);
    expect(body.errors[0]!.detail).toBe(
      '«\u00a0SARL\u00a0» désigne un fournisseur\u00a0: décrire l’achat, le site ou le motif sans dire chez qui il se fait.',
    );
    const kept = await keep();
    expect(await problem(change(kept, 1, { ...BREAD, family: 'chez 552100554' }))).toEqual([
      422,
      'SUPPLIER_NAMED',
    ]);
    await release(kept, 1);
  });

  test.each([
    [{ ...BREAD, label: null }, ['#/label']],
    [{ ...BREAD, label: '  ' }, ['#/label']],
    [
      { nature: 'sel', family: '', label: 'x', annualAmount: '-3', reason: ' ' },
      ['#/annualAmount', '#/family', '#/nature', '#/reason'],
    ],
    [{ ...BREAD, annualAmount: '12 500,00' }, ['#/annualAmount']],
    [{ ...BREAD, annualAmount: 12500 }, ['#/annualAmount']],
    [{ ...BREAD, annualAmount: '1.234' }, ['#/annualAmount']],
    [{ ...BREAD, annualAmount: '12345678901' }, ['#/annualAmount']],
    [{ ...BREAD, supplier: 'Dupont' }, ['#/supplier']],
  ])('shape %#: refused, with every place', async (body, pointers) => {
    const response = await world.post(mine(), secretary, body);
    expect(response.status).toBe(422);
    const { errors } = (await response.json()) as { errors: { pointer: string }[] };
    expect([...new Set(errors.map(({ pointer }) => pointer))].sort()).toEqual(pointers);
  });

  test('corrected by two at once: one version, one refusal', async () => {
    const kept = await keep();
    const answers = await Promise.all(
      [1, 2, 3, 4, 5, 6].map((euros) => change(kept, 1, { ...BREAD, annualAmount: `${euros}.00` })),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 412, 412, 412, 412, 412]);
    await release(kept, 2);
  });

  test('is seen by its commune and the officer; another commune does not know that it is there', async () => {
    const kept = await keep();
    const all = (await (
      await world.api(`/groups/${world.own.groupId}/kept-outside`, officer)
    ).json()) as object;
    expect(all).toMatchObject({ items: [{ id: kept.id }] });
    expect(await (await world.api(mine(), secretary)).json()).toEqual(all);
    expect(await problem(world.api(`/groups/${world.own.groupId}/kept-outside`, secretary))).toEqual([
      403,
      'FORBIDDEN',
    ]);
    // A commune of the same group.
    await world.source.query(
      `insert into membership (group_id, buyer_id, joined_at) values ($1, $2, now())`,
      [world.own.groupId, world.other.buyerId],
    );
    expect(await problem(world.api(mine(), stranger))).toEqual([404, 'NOT_FOUND']);
    expect(await problem(release(kept, 1, stranger))).toEqual([404, 'NOT_FOUND']);
    // The right id under the wrong member.
    const elsewhere = `/groups/${world.own.groupId}/members/${world.other.buyerId}/kept-outside/${kept.id}`;
    const asOther = await world.api(elsewhere, stranger, {
      method: 'DELETE',
      headers: { 'If-Match': '"1"' },
    });
    expect(asOther.status).toBe(404);
    await world.source.query(`delete from membership where group_id = $1 and buyer_id = $2`, [
      world.own.groupId,
      world.other.buyerId,
    ]);
    await release(kept, 1);
  });

  test('is nothing for a buyer that is not invited, that answered that it does not join, or that withdrew', async () => {
    const outside = `/groups/${world.own.groupId}/members/${world.other.buyerId}/kept-outside`;
    expect(await problem(world.post(outside, officer, BREAD))).toEqual([404, 'NOT_FOUND']);
    expect(await problem(world.post(outside, stranger, BREAD))).toEqual([404, 'NOT_FOUND']);
    await world.source.query(
      `insert into membership (group_id, buyer_id, declined_at) values ($1, $2, now())`,
      [world.own.groupId, world.other.buyerId],
    );
    expect(await problem(world.post(outside, officer, BREAD))).toEqual([409, 'BUYER_DECLINED']);
    await world.source.query(
      `update membership set declined_at = null, joined_at = now(), withdrawn_at = now()
       where group_id = $1 and buyer_id = $2`,
      [world.own.groupId, world.other.buyerId],
    );
    expect(await problem(world.post(outside, officer, BREAD))).toEqual([409, 'HAS_WITHDRAWN']);
    await world.source.query(`delete from membership where group_id = $1 and buyer_id = $2`, [
      world.own.groupId,
      world.other.buyerId,
    ]);
  });
});

describe('the family ledger', () => {
  const ledger = async (query = ''): Promise<FamilyLedgerAnswer> => {
    const path = `/groups/${world.own.groupId}/members/${world.own.buyerId}/family-ledger${query}`;
    const response = await world.api(path, secretary);
    if (response.status !== 200) throw new Error(await response.text());
    return (await response.json()) as FamilyLedgerAnswer;
  };
  /** A consultation with one lot of salt, of which the commune needs that many euros a year. */
  const consult = async (title: string, euros: string, standing = 'valid'): Promise<string> => {
    const [consultation, lot, item] = [randomUUID(), randomUUID(), randomUUID()];
    const { groupId, buyerId } = world.own;
    await world.source.query(
      `insert into consultation (id, group_id, title, firm_years, renewals) values ($1, $2, $3, 1, 3)`,
      [consultation, groupId, title],
    );
    await world.source.query(
      `insert into lot (id, consultation_id, number, title, cpv_code, family, contract_form)
       values ($1, $2, 1, 'Sel', '34927100', 'fournitures', 'bons_de_commande')`,
      [lot, consultation],
    );
    await world.source.query(
      `insert into item (id, consultation_id, lot_id, position, code, designation, unit, packaging, unit_price, vat_rate, m57_nature)
       values ($1, $2, $3, 1, 'A1', 'Sel', 'tonne', '', $4, 20, '60632')`,
      [item, consultation, lot, euros],
    );
    await world.source.query(
      `insert into lot_participation (consultation_id, lot_id, buyer_id) values ($1, $2, $3)`,
      [consultation, lot, buyerId],
    );
    await world.source.query(
      `insert into need_line (consultation_id, item_id, buyer_id, lot_id, standing, estimate) values ($1, $2, $3, $4, $5, 1)`,
      [consultation, item, buyerId, lot, standing],
    );
    return consultation;
  };

  test('adds what is kept to what the group buys, valid needs only, and warns where the total decides', async () => {
    expect((await ledger()).families).toEqual([]);
    const salt = await consult('Sel 2027', '47499.5');
    await consult('Sel hors délai', '90000', 'late');
    const kept = await keep();
    const found = await ledger('?on=2027-03-01');
    expect(found).toMatchObject({
      on: '2027-03-01',
      consultations: [{ id: salt, title: 'Sel 2027' }],
      families: [
        {
          ...{ family: 'fournitures', works: false, share: '47499.50', residue: '12500.50' },
          ...{ total: '60000.00', threshold: '60000.00' },
          check: { rule: 'FAMILY_NOT_SPLIT', verdict: 'warn' },
        },
      ],
    });
    await change(kept, 1, { ...BREAD, annualAmount: '12500.49' });
    expect((await ledger('?on=2027-03-01')).families[0]!.check.verdict).toBe('ok');
  });

  test('of one consultation only, when two years of the same purchase would add up', async () => {
    const other = await consult('Sel 2028', '1000');
    expect((await ledger()).families[0]!.share).toBe('48499.50');
    expect((await ledger(`?consultationId=${other}`)).families[0]!.share).toBe('1000.00');
    const path = `/groups/${world.own.groupId}/members/${world.own.buyerId}/family-ledger`;
    expect(await problem(world.api(`${path}?consultationId=${randomUUID()}`, secretary))).toEqual([
      404,
      'NOT_FOUND',
    ]);
    expect(await problem(world.api(`${path}?on=2027-02-30`, secretary))).toEqual([422, 'VALIDATION']);
    expect(await problem(world.api(`${path}?consultationId=7`, secretary))).toEqual([422, 'VALIDATION']);
    expect(await problem(world.api(path, stranger))).toEqual([404, 'NOT_FOUND']);
  });
});

test('the last lock: constraints of the database, by their names', async () => {
  const insert = async (more: object): Promise<string> => {
    const row = {
      ...{ id: randomUUID(), group_id: world.own.groupId, buyer_id: world.own.buyerId },
      ...{ nature: 'fournitures', family: 'pain', label: 'Pain', site: null, annual_amount: '1' },
      ...{ reason: 'r', recorded_at: '2026-11-25', version: 1 },
      ...more,
    };
    const columns = Object.keys(row);
    return world.source
      .query(
        `insert into kept_outside (${columns.join()}) values (${columns.map((_, i) => `$${i + 1}`).join()})`,
        Object.values(row),
      )
      .then(
        () => 'accepted',
        (error: unknown) => (error as { driverError: { constraint: string } }).driverError.constraint,
      );
  };
  expect(await insert({ group_id: randomUUID() })).toBe('kept_outside_group');
  expect(await insert({ buyer_id: randomUUID() })).toBe('kept_outside_buyer');
  expect(await insert({ nature: 'sel' })).toBe('kept_outside_nature_is_known');
  expect(await insert({ family: ' ' })).toBe('kept_outside_has_a_family');
  expect(await insert({ label: null })).toBe('kept_outside_names_an_item_or_a_site');
  expect(await insert({ annual_amount: '-0.01' })).toBe('kept_outside_amount_is_positive');
  expect(await insert({ reason: '' })).toBe('kept_outside_has_a_reason');
  expect(await insert({ version: 0 })).toBe('kept_outside_version_is_positive');
  for (const text of ['552100554', 'chez 552 100 554', '55210055400013', '552.100.554-00013'])
    expect(await insert({ site: text })).toBe('kept_outside_holds_no_siren');
  expect(await insert({ site: '02 43 49 46 47', reason: '53000 Laval' })).toBe('accepted');
});
