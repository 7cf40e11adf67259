import { randomUUID } from 'node:crypto';
import { type Holder, problem, World } from '../accounts/world.js';

/** Two people send the same thing at once, over HTTP: one of them is told, and nobody's work is lost in silence. */
let world: World;
let officer: Holder;
let mayor: Holder;
let consultationId: string;
beforeAll(async () => {
  world = await World.open();
  officer = await world.person('procurement_officer', { buyerId: null, groupId: world.own.groupId });
  mayor = await world.person('commune_validator', { buyerId: world.own.buyerId, groupId: null });
});
afterAll(() => world.close());
beforeEach(async () => {
  const response = await world.post(`/groups/${world.own.groupId}/consultations`, officer, {
    ...{ title: `Achats ${randomUUID()}`, firmYears: 1, renewals: 3 },
  });
  consultationId = ((await response.json()) as { id: string }).id;
});

interface Problem<T> {
  readonly code: string;
  readonly detail: string;
  readonly current: T;
}
const json = async <T>(response: Response | Promise<Response>): Promise<T> =>
  (await (await response).json()) as T;
const tag = (version: number | null): Record<string, string> =>
  version === null ? {} : { 'If-Match': `"${version}"` };
/** The one that went through, and the others, all refused with that status. */
const split = (answers: readonly Response[], status: number): [Response, readonly Response[]] => {
  const done = answers.filter(({ ok }) => ok);
  const refused = answers.filter((answer) => answer.status === status);
  expect([done.length, refused.length]).toEqual([1, answers.length - 1]);
  return [done[0]!, refused];
};
const LOT = { title: 'Sel', cpvCode: '34927100-2', family: 'fournitures', contractForm: 'bons_de_commande' };
const addLot = async (): Promise<string> =>
  (await json<{ id: string }>(world.post(`/consultations/${consultationId}/lots`, officer, LOT))).id;

describe('the bulletin of a member', () => {
  interface Form {
    readonly buyerId: string;
    readonly lotIds: string[];
    readonly signatoryName: string | null;
    readonly version: number;
  }
  const at = (buyerId = world.own.buyerId) =>
    `/consultations/${consultationId}/members/${buyerId}/participation`;
  const read = async (holder = officer): Promise<[Form, string | null]> => {
    const response = await world.api(at(), holder);
    expect(response.status).toBe(200);
    return [await json<Form>(response), response.headers.get('etag')];
  };
  const put = (lotIds: string[], version: number | null, name = 'Claire Martin', holder = officer) =>
    world.api(at(), holder, {
      method: 'PUT',
      body: JSON.stringify({
        ...{ lotIds, formSignedOn: '2026-11-20', signatoryName: name, signatoryCapacity: 'maire' },
      }),
      headers: tag(version),
    });

  test('sent by the commune and from paper at once: one is kept, the other reads it', async () => {
    const lots = [await addLot(), await addLot()];
    expect(await read(mayor)).toMatchObject([{ lotIds: [], signatoryName: null, version: 0 }, '"0"']);
    for (const version of [0, 1]) {
      const [known] = await read();
      expect(known.version > 0).toBe(version > 0);
      const [done, [stale]] = split(
        await Promise.all([
          put([lots[0]!], known.version, `Maire ${version}`, mayor),
          put([lots[1]!], known.version, `Papier ${version}`),
        ]),
        412,
      );
      const kept = await json<Form>(done);
      const [now, etag] = await read();
      expect([now, etag]).toEqual([kept, `"${kept.version}"`]);
      expect(kept.version).toBeGreaterThan(known.version);
      expect([done.headers.get('etag'), stale!.headers.get('etag')]).toEqual([etag, etag]);
      const told = await json<Problem<Form>>(stale!);
      expect([told.code, told.current]).toEqual(['STALE_VERSION', kept]);
      expect(told.detail).toContain('Son état actuel est joint');
    }
  });

  test('fifty at once, on one version: one is kept', async () => {
    const lots = [await addLot(), await addLot(), await addLot()];
    expect((await put([lots[0]!], 0)).status).toBe(200);
    const [{ version }] = await read();
    const [done] = split(
      await Promise.all(Array.from({ length: 50 }, (_, i) => put([lots[i % 3]!], version, `Maire ${i}`))),
      412,
    );
    expect((await read())[0]).toEqual(await json<Form>(done));
  });

  test('a first one goes without a version, the next says what it corrects', async () => {
    const lot = await addLot();
    const [, late] = split(await Promise.all([put([lot], null), put([], null, 'Jean Roux')]), 428);
    expect(await json(late[0]!)).toMatchObject({ code: 'VERSION_REQUIRED' });
    const [{ version, lotIds }] = await read();
    const other = lotIds.length === 0 ? [lot] : [];
    expect((await put(other, version)).status).toBe(200);
    expect(await problem(put(lotIds, version))).toEqual([412, 'STALE_VERSION']);
  });

  test('a first one that joins nothing is an answer, that nobody writes over unread', async () => {
    const lot = await addLot();
    const none = await put([], 0, 'Jean Roux', mayor);
    expect([none.status, none.headers.get('etag')]).toEqual([200, '"1"']);
    expect(await problem(put([lot], 0))).toEqual([412, 'STALE_VERSION']);
    expect(await problem(put([lot], null))).toEqual([428, 'VERSION_REQUIRED']);
    // The same again changes nothing.
    expect((await put([], 1)).headers.get('etag')).toBe('"1"');
  });

  test('a lot removed from under it is a change of it', async () => {
    const [kept, gone] = [await addLot(), await addLot()];
    await put([kept, gone], 0);
    const [{ version }] = await read();
    const lot = await world.api(`/lots/${gone}`, officer, { method: 'DELETE', headers: tag(1) });
    expect(lot.status).toBe(204);
    expect(await problem(put([kept], version))).toEqual([412, 'STALE_VERSION']);
    const [after] = await read();
    expect([after.lotIds, after.version > version]).toEqual([[kept], true]);
    // A bulletin of its own is not another member's.
    const table = await json<{ members: Form[] }>(
      world.api(`/consultations/${consultationId}/participation`, officer),
    );
    expect(table.members.map(({ buyerId, version: its }) => [buyerId, its])).toEqual([
      [world.own.buyerId, after.version],
    ]);
  });

  test('is read as the list of all is: not by a neighbour where the group closed it, nor by strangers', async () => {
    const neighbour = randomUUID();
    await world.source.query(`insert into buyer (id, siret, name) values ($1, '21530130000012', 'Laval')`, [
      neighbour,
    ]);
    await world.source.query(
      `insert into membership (group_id, buyer_id, joined_at) values ($1, $2, now())`,
      [world.own.groupId, neighbour],
    );
    const other = await world.person('commune_validator', { buyerId: neighbour, groupId: null });
    const outside = await world.person('commune_validator', { buyerId: world.other.buyerId, groupId: null });
    expect((await world.api(at(), other)).status).toBe(200);
    await world.source.query(`update purchasing_group set members_see_each_other = false`);
    expect(await problem(world.api(at(), other))).toEqual([403, 'FORBIDDEN']);
    expect((await world.api(at(neighbour), other)).status).toBe(200);
    expect((await world.api(at(), mayor)).status).toBe(200);
    expect((await world.api(at(), officer)).status).toBe(200);
    await world.source.query(`update purchasing_group set members_see_each_other = true`);
    expect(await problem(world.api(at(), outside))).toEqual([404, 'NOT_FOUND']);
    expect(await problem(world.api(at(world.other.buyerId), officer))).toEqual([404, 'NOT_FOUND']);
  });
});

describe('the catalogue', () => {
  interface Catalogue {
    readonly version: number;
    readonly items: { readonly id: string; readonly code: string; readonly version: number }[];
  }
  const HEADER =
    'lot;intitule_lot;cpv;famille;forme;code_article;designation;unite;conditionnement;prix_unitaire_estime_ht;taux_tva;nature_m57';
  const row = (code: string, price = '92') =>
    `1;Sel;34927100;fournitures;bons_de_commande;${code};Sel en vrac;tonne;1;${price};20;60633`;
  const file = (...rows: string[]): string => [HEADER, ...rows, ''].join('\r\n');
  const path = () => `/consultations/${consultationId}/catalogue`;
  const read = async (): Promise<[Catalogue, string | null]> => {
    const response = await world.api(path(), officer);
    return [await json<Catalogue>(response), response.headers.get('etag')];
  };
  const post = (text: string, version: number | null, query = '') =>
    world.api(`${path()}${query}`, officer, {
      method: 'POST',
      body: text,
      headers: { 'Content-Type': 'text/csv', ...tag(version) },
    });

  test('replaced by two files at once: one is kept, the other reads what it made', async () => {
    expect(await read()).toEqual([{ version: 0, items: [] }, '"0"']);
    for (const round of ['A', 'B']) {
      const [{ version }] = await read();
      const [done, [stale]] = split(
        await Promise.all([post(file(row(`${round}-1`)), version), post(file(row(`${round}-2`)), version)]),
        412,
      );
      const [now, etag] = await read();
      expect(now.items.map(({ code }) => code)).toEqual([
        (await json<{ itemsCreated: { code: string }[] }>(done)).itemsCreated[0]!.code,
      ]);
      expect(now.version).toBeGreaterThan(version);
      expect([done.headers.get('etag'), stale!.headers.get('etag')]).toEqual([etag, etag]);
      const told = await json<Problem<Catalogue>>(stale!);
      expect([told.code, told.current]).toEqual(['STALE_VERSION', now]);
    }
  });

  test('a first file goes without a version, the next says which one it replaces', async () => {
    const [, late] = split(
      await Promise.all([post(file(row('A-1')), null), post(file(row('A-2')), null)]),
      428,
    );
    expect(await json(late[0]!)).toMatchObject({ code: 'VERSION_REQUIRED' });
  });

  test('a lot or an item written since by hand is not written over unread', async () => {
    expect((await post(file(row('A-1'), row('A-2')), 0)).status).toBe(200);
    const taken = (await read())[0];
    const [first, second] = taken.items as [Catalogue['items'][0], Catalogue['items'][0]];
    const lots = await json<{ items: { id: string; version: number }[] }>(
      world.api(`/consultations/${consultationId}/lots`, officer),
    );
    const [{ id: lotId, version: lotVersion }] = lots.items as [{ id: string; version: number }];
    const patch = (at: string, version: number, body: object) =>
      world.api(at, officer, { method: 'PATCH', body: JSON.stringify(body), headers: tag(version) });
    const changes: [string, () => Promise<Response>][] = [
      ['an item priced anew', () => patch(`/items/${first.id}`, first.version, { unitPrice: '95' })],
      [
        'an item removed',
        () => world.api(`/items/${second.id}`, officer, { method: 'DELETE', headers: tag(second.version) }),
      ],
      [
        'an item added',
        () =>
          world.post(`/lots/${lotId}/items`, officer, {
            ...{ code: 'A-3', designation: 'Saumure', unit: 'L', unitPrice: '0.2', vatRate: '20' },
          }),
      ],
      ['a lot renamed', () => patch(`/lots/${lotId}`, lotVersion, { title: 'Sel et saumure' })],
      ['a lot added', () => world.post(`/consultations/${consultationId}/lots`, officer, LOT)],
    ];
    for (const [what, change] of changes) {
      const [{ version }] = await read();
      expect([what, (await change()).ok]).toEqual([what, true]);
      expect([what, ...(await problem(post(file(row('A-1')), version)))]).toEqual([
        ...[what, 412, 'STALE_VERSION'],
      ]);
    }
    // What no file tells does not stand in its way.
    const [{ version }] = await read();
    const now = await json<{ version: number }>(world.api(`/lots/${lotId}`, officer));
    expect((await patch(`/lots/${lotId}`, now.version, { purchaseFamily: 'sel' })).status).toBe(200);
    expect((await read())[0].version).toBe(version);
  });

  test('a rehearsal tells its version: the file then does what it said, or nothing', async () => {
    await post(file(row('A-1')), 0);
    const rehearsal = await post(file(row('A-1', '99')), null, '?dryRun=true');
    const { version } = await json<{ version: number }>(rehearsal);
    expect([rehearsal.status, rehearsal.headers.get('etag')]).toEqual([200, `"${version}"`]);
    expect((await read())[0].version).toBe(version);
    expect((await post(file(row('A-1', '97')), version)).status).toBe(200);
    expect(await problem(post(file(row('A-1', '99')), version))).toEqual([412, 'STALE_VERSION']);
    expect(await problem(post(file(row('A-1', '99')), version, '?dryRun=true'))).toEqual([
      ...[412, 'STALE_VERSION'],
    ]);
  });

  test('taken away as a file, it comes with its version; sent back as it was, it keeps it', async () => {
    await post(file(row('A-1'), row('A-2')), 0);
    const [{ version }, etag] = await read();
    for (const kind of ['csv', 'xlsx']) {
      const taken = await world.api(`${path()}.${kind}`, officer);
      expect([kind, taken.headers.get('etag')]).toEqual([kind, etag]);
      const back = await world.api(path(), officer, {
        method: 'POST',
        body: await taken.arrayBuffer(),
        headers: { 'Content-Type': taken.headers.get('content-type')!.split(';')[0]!, ...tag(version) },
      });
      expect([kind, back.status, back.headers.get('etag')]).toEqual([kind, 200, etag]);
    }
  });
});
