import { DiscoveryService, MetadataScanner } from '@nestjs/core';
import { routesOf } from '../../src/platform/access/routes.js';
import { type Holder, problem, World } from './world.js';

let world: World;
let officer: Holder;
beforeAll(async () => {
  world = await World.open();
  officer = await world.person('procurement_officer', { buyerId: null, groupId: world.own.groupId });
});
afterAll(() => world.close());

const group = () => `/groups/${world.own.groupId}`;

describe('a token', () => {
  test('with a narrow scope is refused everywhere else: every other route, asked for real', async () => {
    const token = await world.token(officer, ['group.read']);
    expect((await world.api(group(), token)).status).toBe(200);
    const others = routesOf(
      world.app.get(DiscoveryService, { strict: false }),
      world.app.get(MetadataScanner, { strict: false }),
    ).filter(({ key }) => key !== undefined && key !== 'group.read');
    expect(others.length).toBeGreaterThan(25);
    for (const { method, path } of others) {
      const address = path
        .replace(':groupId', world.own.groupId)
        .replace(':buyerId', world.own.buyerId)
        .replace(':personId', officer.personId!)
        .replace(/:\w+Id/, world.own.groupId);
      const response = await world.api(address, token, {
        method,
        headers: { 'If-Match': '"1"' },
        ...(['POST', 'PUT', 'PATCH'].includes(method) ? { body: '{}' } : {}),
      });
      // A body that says nothing, or is no file, may be refused before its right is asked for: nothing is done either way.
      expect([`${method} ${path}`, [403, 404, 415, 422].includes(response.status)]).toEqual([
        `${method} ${path}`,
        true,
      ]);
      await response.arrayBuffer();
    }
  });

  test('narrowed to a group sees no other, even one of its person’s', async () => {
    const both = await world.person('administrator', { buyerId: null, groupId: null });
    const token = await world.token(both, ['group.read'], { groupId: world.own.groupId });
    expect((await world.api(group(), token)).status).toBe(200);
    expect((await world.api(`/groups/${world.other.groupId}`, both)).status).toBe(200);
    expect(await problem(world.api(`/groups/${world.other.groupId}`, token))).toEqual([404, 'NOT_FOUND']);
  });

  test('gives no right that its person has not, nor one that asks for a person', async () => {
    const ask = (keys: readonly string[]) =>
      world.post('/me/tokens', officer, { label: 'essai', keys, days: 1 });
    expect(await problem(ask(['buyer.journal.read', 'group.read', 'person.list']))).toEqual([
      422,
      'TOKEN_RIGHT_NOT_HELD',
    ]);
    expect(await problem(ask(['account.secure']))).toEqual([422, 'TOKEN_RIGHT_PERSONAL']);
    const token = await world.token(officer, ['account.self']);
    expect(
      await problem(world.post('/me/tokens', token, { label: 'x', keys: ['account.self'], days: 1 })),
    ).toEqual([403, 'FORBIDDEN']);
  });

  test('narrowed to nothing that exists, or to two things, is not made', async () => {
    const ask = (narrowing: object) =>
      world.post('/me/tokens', officer, { label: 'essai', keys: ['group.read'], days: 1, ...narrowing });
    const nowhere = '0199f3a4-5b6c-7d8e-9f01-23456789abcd';
    expect(await problem(ask({ groupId: nowhere }))).toEqual([422, 'PLACE_UNKNOWN']);
    expect(await problem(ask({ buyerId: nowhere }))).toEqual([422, 'PLACE_UNKNOWN']);
    expect(await problem(ask({ groupId: world.own.groupId, buyerId: world.own.buyerId }))).toEqual([
      422,
      'TOKEN_NARROWED_TWICE',
    ]);
  });

  test('ends with its date, its revocation, its person’s role, or its person’s account', async () => {
    const token = await world.token(officer, ['group.read']);
    const read = () => problem(world.api(group(), token));
    const last = `(select id from api_token order by id desc limit 1)`;
    const set = (what: string) => world.source.query(`update api_token set ${what} where id = ${last}`);
    await set(`created_at = created_at - interval '1 year', expires_at = now() - interval '1 second'`);
    expect(await read()).toEqual([401, 'UNAUTHENTICATED']);
    await set(`expires_at = now() + interval '1 day'`);
    expect((await read())[0]).toBe(200);
    await set(`revoked_at = now()`);
    expect(await read()).toEqual([401, 'UNAUTHENTICATED']);
    await set(`revoked_at = null`);
    await world.source.query(`update role_grant set revoked_at = now() where person_id = $1`, [
      officer.personId,
    ]);
    expect(await read()).toEqual([404, 'NOT_FOUND']);
    await world.source.query(`update role_grant set revoked_at = null where person_id = $1`, [
      officer.personId,
    ]);
    await world.source.query(`update person set closed_at = now() where id = $1`, [officer.personId]);
    expect(await read()).toEqual([401, 'UNAUTHENTICATED']);
    await world.source.query(`update person set closed_at = null where id = $1`, [officer.personId]);
  });

  test('is shown once: its list says what it is for and when it served, the database keeps a hash', async () => {
    const token = await world.token(officer, ['group.read', 'account.self']);
    const secret = token.headers['Authorization']!.replace('Bearer ', '');
    await world.api(group(), token);
    const list = await (await world.api('/me/tokens', officer)).text();
    expect(list).not.toContain(secret);
    const [{ lastUsedAt, label }] = (JSON.parse(list) as { items: [{ lastUsedAt: string; label: string }] })
      .items;
    expect(label).toBe('essai');
    expect(Date.now() - Date.parse(lastUsedAt)).toBeLessThan(60_000);
    const [row] = await world.source.query<{ all: string }[]>(
      `select string_agg(row_to_json(t)::text, '') as all from api_token t`,
    );
    expect(row!.all).not.toContain(secret.slice(6));
  });

  test('sent again with the same Idempotency-Key is the same token, made once', async () => {
    const send = () =>
      world.post(
        '/me/tokens',
        officer,
        { label: 'deux fois', keys: ['group.read'], days: 1 },
        {
          'Idempotency-Key': 'une-cle-a-moi-0001',
        },
      );
    const [first, second] = [await send(), await send()];
    expect(second.headers.get('idempotency-replayed')).toBe('true');
    expect(await second.json()).toEqual(await first.json());
  });

  test('of no known kind, or of another’s making, is nobody’s', async () => {
    for (const text of ['halle_inconnu-inconnu-inconnu', 'Basic YTpi', 'lecture.x', ''])
      expect(
        await problem(world.api(group(), { personId: null, headers: { Authorization: `Bearer ${text}` } })),
      ).toEqual([401, 'UNAUTHENTICATED']);
  });
});
