import { randomUUID } from 'node:crypto';
import { getMetadataStorage } from 'class-validator';
import { encodeCursor } from '../../src/platform/http/pages.js';
import { type Holder, problem, World } from '../accounts/world.js';

/** What a person or a program may send by mistake: null, a list within a list, half a character. */
let world: World;
let officer: Holder;
beforeAll(async () => {
  world = await World.open();
  officer = await world.person('procurement_officer', { buyerId: null, groupId: world.own.groupId });
});
afterAll(() => world.close());

interface Use {
  readonly target: unknown;
  readonly propertyName: string;
  readonly name?: string;
}
interface Described {
  readonly nullable?: boolean;
}

test('a field that is never null in what we describe refuses null', () => {
  const registry = (getMetadataStorage() as unknown as { validationMetadatas: Map<unknown, Use[]> })
    .validationMetadatas;
  const lenient = [...registry.values()].flat().filter(({ name }) => name === 'isOptional');
  expect(lenient.length).toBeGreaterThan(10);
  const open = lenient.flatMap(({ target, propertyName }) => {
    const { prototype, name } = target as { prototype: object; name: string };
    const said = Reflect.getMetadata('swagger/apiModelProperties', prototype, propertyName) as
      Described | undefined;
    return said?.nullable === true ? [] : [`${name}.${propertyName}`];
  });
  // A question in an address is a text or is not there.
  expect(open.filter((place) => !/Query\./.test(place))).toEqual([]);
});

test('an item is not emptied of what it must say', async () => {
  const [consultationId, lotId, itemId] = [randomUUID(), randomUUID(), randomUUID()];
  const sql = (text: string, values: unknown[]) => world.source.query(text, values);
  await sql(
    `insert into consultation (id, group_id, title, firm_years, renewals) values ($1, $2, 'Nulls', 1, 0)`,
    [consultationId, world.own.groupId],
  );
  await sql(
    `insert into lot (id, consultation_id, number, title, cpv_code, family, contract_form)
     values ($1, $2, 1, 'Sel', '34927100', 'fournitures', 'bons_de_commande')`,
    [lotId, consultationId],
  );
  await sql(
    `insert into item (id, consultation_id, lot_id, position, code, designation, unit, packaging, unit_price, vat_rate, m57_nature)
     values ($1, $2, $3, 1, 'S-1', 'Sel', 'tonne', '1', 92, 20, '6068')`,
    [itemId, consultationId, lotId],
  );
  for (const field of ['code', 'designation', 'unit', 'packaging', 'unitPrice', 'vatRate', 'm57Nature']) {
    const answer = await world.api(`/items/${itemId}`, officer, {
      method: 'PATCH',
      body: JSON.stringify({ [field]: null }),
      headers: { 'If-Match': '"1"' },
    });
    expect([field, answer.status]).toEqual([field, 422]);
  }
});

test('a list within a list is told, with its place', async () => {
  const answer = await world.api(`/groups/${world.own.groupId}/missions`, officer, {
    method: 'PUT',
    body: JSON.stringify({ missions: [[]] }),
    headers: { 'If-Match': '"0"' },
  });
  expect([answer.status, await answer.json()]).toMatchObject([
    422,
    { errors: [{ pointer: '#/missions/0', code: 'isNotList' }] },
  ]);
});

test('half a character in an address of mail is told to anyone', async () => {
  const answer = await world.api('/sessions', undefined, {
    method: 'POST',
    body: '{"email":"a\\ud800@b.fr","password":"x"}',
  });
  expect([answer.status, await answer.json()]).toMatchObject([
    422,
    { errors: [{ pointer: '#/email', code: 'isKeepable' }] },
  ]);
});

test('a cursor that holds what no database keeps is none of ours', async () => {
  const after = encodeCursor([0, '\u0000', randomUUID()]);
  expect(await problem(world.api(`/buyers?after=${after}`, officer))).toEqual([422, 'VALIDATION']);
});

describe('a query key that a route does not have', () => {
  const asked = async (path: string, holder: Holder) => {
    const response = await world.api(path, holder);
    const { errors } = (await response.json()) as { errors?: { in: string; pointer: string }[] };
    return [response.status, errors?.map((fault) => `${fault.in} ${fault.pointer}`)];
  };

  test('is refused, whether the list has pages or not', async () => {
    const id = randomUUID();
    await world.source.query(
      `insert into consultation (id, group_id, title, firm_years, renewals) values ($1, $2, 'Sel', 1, 3)`,
      [...[id, world.own.groupId]],
    );
    for (const path of ['/buyers', '/me', `/consultations/${id}/lots`, `/consultations/${id}`]) {
      expect([path, ...(await asked(`${path}?limite=3&b%7Ec`, officer))]).toEqual([
        ...[path, 422],
        ['query #/limite', 'query #/b~0c'],
      ]);
      expect((await world.api(path, officer)).status).toBe(200);
    }
    expect(await asked('/buyers?constructor=1', officer)).toEqual([422, ['query #/constructor']]);
  });

  test('is left alone in links that people follow from a mail', async () => {
    expect(await problem(world.api('/one-time-links/x?utm_source=lettre'))).not.toEqual([422, 'VALIDATION']);
  });
});

test('a text that shows nothing, or that turns the direction of reading, is no text', async () => {
  const asked = async (body: object) => {
    const response = await world.post(`/groups/${world.own.groupId}/consultations`, officer, body);
    const { errors } = (await response.json()) as { errors?: { pointer: string; code: string }[] };
    return [response.status, errors?.map(({ pointer, code }) => `${pointer} ${code}`)];
  };
  const years = { firmYears: 1, renewals: 0 };
  for (const blank of [' ', '\u200b', '\u0007', '\u3164'])
    expect(await asked({ ...years, title: blank, object: `${blank}\n${blank}` })).toEqual([
      422,
      ['#/title isLength', '#/object isLength'],
    ]);
  expect(await asked({ ...years, title: 'Sel\u202enif', object: 'Du sel\n\u2066et du sable' })).toEqual([
    422,
    ['#/title readsAsWritten', '#/object readsAsWritten'],
  ]);
  expect(await asked({ ...years, title: 'Sel\u200b fin', object: 'Du sel\net du sable' })).toEqual([
    201,
    undefined,
  ]);
});
