import { randomUUID } from 'node:crypto';
import { createLogger } from '../../src/platform/log/logger.js';
import { startHttp } from '../../src/processes/http.js';
import { cookieOf, type Holder, problem, World } from './world.js';

let world: World;
beforeAll(async () => {
  world = await World.open();
});
afterAll(() => world.close());

const PASSWORD = 'quatre arbres sur la place';
const secretary = () => world.person('commune_secretary', { buyerId: world.own.buyerId, groupId: null });
const me = (holder: Holder, init: RequestInit = {}) => world.api('/me', holder, init);
const emailOf = async (holder: Holder): Promise<string> =>
  ((await (await me(holder)).json()) as { email: string }).email;

describe('a session', () => {
  test('is known to every process, and ends for all of them', async () => {
    const holder = await secretary();
    const other = await startHttp(world.database, createLogger({ logLevel: 'fatal' }, 'test', 2));
    try {
      const elsewhere = async () =>
        (await fetch(`${await other.getUrl()}/api/v1/me`, { headers: holder.headers })).status;
      expect(await elsewhere()).toBe(200);
      expect((await world.api('/session', holder, { method: 'DELETE' })).status).toBe(204);
      expect(await elsewhere()).toBe(401);
      expect(await problem(me(holder))).toEqual([401, 'UNAUTHENTICATED']);
    } finally {
      await other.close();
    }
  });

  test('ends with the account', async () => {
    const holder = await secretary();
    const administrator = await world.person('administrator', { buyerId: null, groupId: null });
    const closed = await world.post(`/people/${holder.personId}/closure`, administrator, {});
    expect(closed.status).toBe(204);
    expect(await problem(me(holder))).toEqual([401, 'UNAUTHENTICATED']);
    const [left] = await world.source.query<{ count: number }[]>(
      `select count(*)::int as count from user_session where sess ->> 'personId' = $1`,
      [holder.personId],
    );
    expect(left!.count).toBe(0);
  });

  test('serves no other site: a change must come from our own pages, or from a program', async () => {
    const holder = await secretary();
    const rename = (headers: Record<string, string>) =>
      me(holder, {
        method: 'PATCH',
        body: JSON.stringify({ name: 'Claire Durand' }),
        headers: { 'If-Match': '"1"', ...headers },
      });
    for (const headers of [
      { 'Sec-Fetch-Site': 'cross-site' },
      { 'Sec-Fetch-Site': 'same-site' },
      { Origin: 'https://ailleurs.example' },
      { Origin: 'null' },
    ] as Record<string, string>[])
      expect(await problem(rename(headers))).toEqual([403, 'FOREIGN_ORIGIN']);
    expect((await me(holder, { headers: { 'Sec-Fetch-Site': 'cross-site' } })).status).toBe(200);
    expect((await rename({ 'Sec-Fetch-Site': 'same-origin', Origin: world.url })).status).toBe(200);
  });

  test('that has lasted a month ends, however much it serves', async () => {
    const holder = await secretary();
    expect((await me(holder)).status).toBe(200);
    await world.source.query(
      `update user_session set sess = jsonb_set(sess::jsonb, '{openedAt}', to_jsonb($2::bigint))::json
       where sess ->> 'personId' = $1`,
      [holder.personId, Date.now() - 31 * 86_400_000],
    );
    expect(await problem(me(holder))).toEqual([401, 'UNAUTHENTICATED']);
  });

  test('ends when another one of its person chooses a password', async () => {
    const holder = await secretary();
    const email = await emailOf(holder);
    await world.api('/me/password', holder, { method: 'PUT', body: JSON.stringify({ password: PASSWORD }) });
    const opened = await world.post('/sessions', undefined, { email, password: PASSWORD });
    const second = { personId: holder.personId, headers: { Cookie: cookieOf(opened) } };
    const password = 'cinq arbres sur la place';
    await world.api('/me/password', second, { method: 'PUT', body: JSON.stringify({ password }) });
    expect((await me(second)).status).toBe(200);
    expect(await problem(me(holder))).toEqual([401, 'UNAUTHENTICATED']);
  });

  test('with a forged cookie is nobody’s', async () => {
    const holder = await secretary();
    const forged = holder.headers['Cookie']!.replace(/.{4}$/, 'AAAA');
    expect(await problem(me({ personId: null, headers: { Cookie: forged } }))).toEqual([
      401,
      'UNAUTHENTICATED',
    ]);
  });
});

describe('one’s own account', () => {
  test('is changed on the version that was read: 428 without it, 412 with an older one and the present state', async () => {
    const holder = await secretary();
    const rename = (name: string, headers: Record<string, string>) =>
      me(holder, { method: 'PATCH', body: JSON.stringify({ name }), headers });
    expect(await problem(rename('Anne', {}))).toEqual([428, 'VERSION_REQUIRED']);
    const renamed = await rename('Anne Leroy', { 'If-Match': '"1"' });
    expect([renamed.status, renamed.headers.get('etag')]).toEqual([200, '"2"']);
    const stale = await rename('Claire', { 'If-Match': '"1"' });
    expect([stale.status, stale.headers.get('etag'), await stale.json()]).toMatchObject([
      412,
      '"2"',
      { code: 'STALE_VERSION', current: { name: 'Anne Leroy', version: 2 } },
    ]);
  });

  test('two changes of one version at once: one is made, the other is told', async () => {
    const holder = await secretary();
    const answers = await Promise.all(
      ['Anne', 'Claire', 'Léa', 'Zoé'].map((name) =>
        me(holder, { method: 'PATCH', body: JSON.stringify({ name }), headers: { 'If-Match': '"1"' } }),
      ),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 412, 412, 412]);
  });
});

describe('a password', () => {
  test('is chosen, then opens a session; it is never kept, and a wrong one says no more than an unknown address', async () => {
    const holder = await secretary();
    const email = await emailOf(holder);
    const choose = (password: string) =>
      world.api('/me/password', holder, { method: 'PUT', body: JSON.stringify({ password }) });
    expect(await problem(choose('court'))).toEqual([422, 'PASSWORD_TOO_WEAK']);
    expect((await choose(PASSWORD)).status).toBe(204);
    const signIn = (address: string, password: string) =>
      world.post('/sessions', undefined, { email: address, password });
    const opened = await signIn(email.toUpperCase(), PASSWORD);
    expect([opened.status, await opened.json()]).toEqual([201, { personId: holder.personId }]);
    expect((await me({ personId: null, headers: { Cookie: cookieOf(opened) } })).status).toBe(200);
    const [wrong, unknown] = [
      await signIn(email, `${PASSWORD} `),
      await signIn(`${randomUUID()}@mairie.example`, PASSWORD),
    ];
    const told = async (response: Response) => {
      const { requestId: _, ...rest } = (await response.json()) as Record<string, unknown>;
      return rest;
    };
    expect(wrong.status).toBe(401);
    expect(await told(wrong)).toEqual(await told(unknown));
    const [row] = await world.source.query<{ hash: string }[]>(
      `select password_hash as hash from person where id = $1`,
      [holder.personId],
    );
    expect(row!.hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  });

  test('takes as long for an unknown address as for a known one: both are hashed', async () => {
    const holder = await secretary();
    const email = await emailOf(holder);
    await world.api('/me/password', holder, { method: 'PUT', body: JSON.stringify({ password: PASSWORD }) });
    // Not a time, which a busy machine would make lie: the work itself, which no password can skip.
    const { verifyPassword } = await import('../../src/accounts/passwords.js');
    expect(await verifyPassword(null, 'nobody has this password')).toBe(false);
    expect(
      await problem(world.post('/sessions', undefined, { email, password: 'un autre que le bon' })),
    ).toEqual([401, 'WRONG_PASSWORD']);
  });
});

test('guesses at one password are limited, whatever addresses they come from', async () => {
  const guarded = await World.open({ HALLE_SIGN_IN_LIMIT: '5', HALLE_TRUSTED_PROXIES: '1' });
  try {
    const guess = (from: number) =>
      problem(
        guarded.post(
          '/sessions',
          undefined,
          { email: 'claire@mairie.example', password: 'un autre que le bon' },
          { 'X-Forwarded-For': `198.51.100.${from}` },
        ),
      );
    for (let from = 1; from <= 5; from += 1) expect(await guess(from)).toEqual([401, 'WRONG_PASSWORD']);
    expect(await guess(6)).toEqual([429, 'TOO_MANY_REQUESTS']);
    const [row] = await guarded.source.query<{ keys: string }[]>(
      `select string_agg(key, ' ') as keys from rate_limit`,
    );
    expect(row!.keys).not.toContain('claire');
  } finally {
    await guarded.close();
  }
});

describe('a mandate', () => {
  const read = (delegate: Holder) => world.api(`/buyers/${world.own.buyerId}`, delegate);

  test('gives its rights between its dates only', async () => {
    const before = await world.delegate(world.own.buyerId, '2190-01-01', '2190-12-31');
    expect(await problem(read(before))).toEqual([404, 'NOT_FOUND']);
    const during = await world.delegate(world.own.buyerId);
    expect((await read(during)).status).toBe(200);
    await world.source.query(
      `update role_grant set starts_on = '2020-01-01', ends_on = '2020-12-31' where person_id = $1 and role = 'delegate'`,
      [during.personId],
    );
    expect(await problem(read(during))).toEqual([404, 'NOT_FOUND']);
  });

  test('contested by the buyer gives nothing from that instant, and the journal says by whom and why', async () => {
    const delegate = await world.delegate(world.own.buyerId);
    const holder = await secretary();
    const { items } = (await (await world.api(`/buyers/${world.own.buyerId}/roles`, holder)).json()) as {
      items: { id: string; personId: string }[];
    };
    const mandate = items.find(({ personId }) => personId === delegate.personId)!;
    const contest = () =>
      world.post(`/buyers/${world.own.buyerId}/mandates/${mandate.id}/contestation`, holder, {
        reason: 'Le conseil n’a pas délibéré.',
      });
    expect((await contest()).status).toBe(204);
    expect(await problem(read(delegate))).toEqual([404, 'NOT_FOUND']);
    expect(await problem(contest())).toEqual([409, 'MANDATE_ALREADY_CONTESTED']);
    const journal = (await (
      await world.api(`/buyers/${world.own.buyerId}/journal?limit=1`, holder)
    ).json()) as {
      items: object[];
    };
    expect(journal.items[0]).toMatchObject({
      actorKind: 'person',
      actorId: holder.personId,
      buyerId: world.own.buyerId,
      key: 'accounts.contest-mandate',
      after: { reason: 'Le conseil n’a pas délibéré.' },
      channel: 'api',
    });
  });

  test('is one at a time for one person: contested, nothing else lets it in', async () => {
    const validator = await world.person('commune_validator', { buyerId: world.own.buyerId, groupId: null });
    const email = `${randomUUID()}@agglo.example`;
    const delegate = await world.nobody(email);
    const give = (startsOn: string, endsOn: string, to = email) =>
      world.post(`/buyers/${world.own.buyerId}/mandates`, validator, {
        email: to,
        reference: 'délibération 12',
        startsOn,
        endsOn,
      });
    const answers = await Promise.all([1, 2, 3, 4].map(() => give('2026-01-01', '2199-06-30')));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409, 409]);
    expect(await problem(give('2199-06-30', '2199-12-31'))).toEqual([409, 'MANDATE_ALREADY_GIVEN']);
    expect((await give('2199-07-01', '2199-12-31')).status).toBe(201);
    const { id } = (await answers.find(({ status }) => status === 201)!.json()) as { id: string };
    const contested = await world.post(
      `/buyers/${world.own.buyerId}/mandates/${id}/contestation`,
      validator,
      {
        reason: 'sans délibération',
      },
    );
    expect(contested.status).toBe(204);
    expect(await problem(read(delegate))).toEqual([404, 'NOT_FOUND']);
    expect(await problem(give('2026-01-01', '2199-06-30', await emailOf(validator)))).toEqual([
      422,
      'MANDATE_TO_ONESELF',
    ]);
  });

  test('with dates that cannot be, or for someone unknown, is refused', async () => {
    const validator = await world.person('commune_validator', { buyerId: world.own.buyerId, groupId: null });
    const give = (terms: object) =>
      world.post(`/buyers/${world.own.buyerId}/mandates`, validator, {
        email: 'personne@agglo.example',
        reference: 'délibération 12',
        startsOn: '2026-12-01',
        endsOn: '2199-03-31',
        ...terms,
      });
    expect(await problem(give({}))).toEqual([422, 'PERSON_UNKNOWN']);
    expect(await problem(give({ startsOn: '2027-02-31' }))).toEqual([422, 'VALIDATION']);
    expect(await problem(give({ endsOn: '2026-11-30' }))).toEqual([422, 'MANDATE_DATES_DISORDERED']);
    expect(await problem(give({ startsOn: '2020-01-01', endsOn: '2020-12-31' }))).toEqual([
      422,
      'MANDATE_DATES_DISORDERED',
    ]);
  });
});

test('an accent typed on another machine is the same password', async () => {
  const holder = await secretary();
  const email = await emailOf(holder);
  const password = 'éléphant à bicyclette';
  await world.api('/me/password', holder, {
    method: 'PUT',
    body: JSON.stringify({ password: password.normalize('NFD') }),
  });
  expect(
    (await world.post('/sessions', undefined, { email, password: password.normalize('NFC') })).status,
  ).toBe(201);
});

describe('the journal, for those it concerns', () => {
  test('is paged to its end without loss or repeat, and taken away as a file', async () => {
    const holder = await secretary();
    for (let time = 0; time < 5; time += 1) await world.delegate(world.own.buyerId);
    const seen: string[] = [];
    let next: string | undefined = `/buyers/${world.own.buyerId}/journal?limit=2`;
    while (next !== undefined) {
      const response: Response = await world.api(next, holder);
      expect(response.status).toBe(200);
      const page = (await response.json()) as { items: { id: string }[] };
      seen.push(...page.items.map(({ id }) => id));
      next = /^<\/api\/v1([^>]+)>; rel="next"$/.exec(response.headers.get('link') ?? '')?.[1];
    }
    const [count] = await world.source.query<{ count: number }[]>(
      `select count(*)::int as count from journal_entry where buyer_id = $1`,
      [world.own.buyerId],
    );
    expect([seen.length, new Set(seen).size]).toEqual([count!.count, count!.count]);
    const file = await world.api(`/buyers/${world.own.buyerId}/journal.csv`, holder);
    expect(file.headers.get('content-type')).toBe('text/csv; charset=utf-8');
    const text = await file.text();
    expect(text).toContain('mandat donné');
    expect(text).not.toContain('@agglo.example');
  });

  test('refuses a cursor that it did not give', async () => {
    const holder = await secretary();
    const cursor = Buffer.from('["1 or 1=1"]').toString('base64url');
    expect(await problem(world.api(`/buyers/${world.own.buyerId}/journal?after=${cursor}`, holder))).toEqual([
      400,
      'MALFORMED_CURSOR',
    ]);
    expect(await problem(world.api(`/buyers/${world.own.buyerId}/journal?after=%20`, holder))).toEqual([
      422,
      'VALIDATION',
    ]);
  });
});
