import { randomUUID } from 'node:crypto';
import { DiscoveryService, MetadataScanner } from '@nestjs/core';
import { type Key, PERMISSIONS, type Reach, VISIBLE_BY } from '../../src/accounts/permissions.rules.js';
import { type Holding, ROLE_NAMES, ROLES, type Role } from '../../src/accounts/roles.rules.js';
import { routesOf } from '../../src/platform/access/routes.js';
import { type Holder, World } from './world.js';

/**
 * Every route × every role, wherever it may be held × what is one's own and what is another's. The routes are read from
 * the application; the expected answer from the permission table, by the few lines of `expected` below, which share
 * nothing with the code that judges.
 */
let world: World;
beforeAll(async () => {
  world = await World.open();
});
afterAll(() => world.close());

type Target = 'own' | 'other';
interface Sent {
  readonly path: string;
  readonly body?: unknown;
  readonly headers?: Record<string, string>;
  /** The request ends the session that makes it. */
  readonly endsSession?: true;
}
type Recipe = (target: Target, holder: Holder) => Sent | Promise<Sent>;

const place = (target: Target) => world[target];
const invited = () => ({ email: `${randomUUID()}@mairie.example`, name: 'Anne Leroy' });

async function freshRole(role: Role, on: { buyerId?: string; groupId?: string }): Promise<string> {
  const { personId } = await world.nobody();
  const [row] = await world.source.query<{ id: string }[]>(
    `insert into role_grant (id, person_id, role, buyer_id, group_id, granted_at) values ($1, $2, $3, $4, $5, now())
     returning id`,
    [randomUUID(), personId, role, on.buyerId ?? null, on.groupId ?? null],
  );
  return row!.id;
}

async function freshMandate(buyerId: string): Promise<string> {
  const { personId } = await world.delegate(buyerId);
  const [row] = await world.source.query<{ id: string }[]>(
    `select id from role_grant where person_id = $1 and role = 'delegate'`,
    [personId],
  );
  return row!.id;
}

async function freshInvitation(on: { buyerId: string | null; groupId: string | null }): Promise<string> {
  const email = `${randomUUID()}@mairie.example`;
  await world.invitation('finance_officer', on, email);
  const [row] = await world.source.query<{ id: string }[]>(`select id from one_time_link where email = $1`, [
    email,
  ]);
  return row!.id;
}

async function freshReadingLink(groupId: string): Promise<string> {
  await world.reader(groupId);
  const [row] = await world.source.query<{ id: string }[]>(
    `select id from reading_link where group_id = $1 order by id desc limit 1`,
    [groupId],
  );
  return row!.id;
}

const buyerPath = (rest: string) => (target: Target) => ({ path: `/buyers/${place(target).buyerId}${rest}` });
const groupPath = (rest: string) => (target: Target) => ({ path: `/groups/${place(target).groupId}${rest}` });

/** How to make a request that succeeds for whoever may make it. A route that is not here fails the test. */
const RECIPES: Record<string, Recipe> = {
  'GET /me': () => ({ path: '/me' }),
  'PATCH /me': async (_, holder) => {
    const [row] = await world.source.query<{ version: number }[]>(
      `select version from person where id = $1`,
      [holder.personId],
    );
    return {
      path: '/me',
      body: { name: 'Claire Durand' },
      headers: { 'If-Match': `"${row?.version ?? 1}"` },
    };
  },
  'PUT /me/password': () => ({ path: '/me/password', body: { password: 'quatre arbres sur la place' } }),
  'GET /me/tokens': () => ({ path: '/me/tokens' }),
  'POST /me/tokens': () => ({
    path: '/me/tokens',
    body: { label: 'essai', keys: ['account.self'], days: 3 },
  }),
  'DELETE /me/tokens/:tokenId': async (_, holder) => {
    const id = randomUUID();
    if (holder.personId)
      await world.source.query(
        `insert into api_token (id, person_id, label, secret_sha256, keys, created_at, expires_at)
         values ($1::uuid, $2, 'essai', sha256(gen_random_uuid()::text::bytea), '{account.self}', now(), now() + interval '1 day')`,
        [id, holder.personId],
      );
    return { path: `/me/tokens/${id}` };
  },
  'DELETE /session': () => ({ path: '/session', endsSession: true }),
  'GET /people': () => ({ path: '/people' }),
  'GET /people/:personId': async (target, holder) => ({
    path: `/people/${target === 'own' ? (holder.personId ?? randomUUID()) : (await world.nobody()).personId!}`,
  }),
  'POST /people/:personId/closure': async () => ({
    path: `/people/${(await world.nobody()).personId!}/closure`,
  }),
  'POST /administrators/invitations': () => ({ path: '/administrators/invitations', body: invited() }),
  'GET /buyers/:buyerId': buyerPath(''),
  'GET /buyers/:buyerId/roles': buyerPath('/roles'),
  'GET /buyers/:buyerId/invitations': buyerPath('/invitations'),
  'GET /buyers/:buyerId/journal': buyerPath('/journal'),
  'GET /buyers/:buyerId/journal.csv': buyerPath('/journal.csv'),
  'DELETE /buyers/:buyerId/roles/:roleId': async (target) => {
    const { buyerId } = place(target);
    return { path: `/buyers/${buyerId}/roles/${await freshRole('finance_officer', { buyerId })}` };
  },
  'POST /buyers/:buyerId/invitations': (target) => ({
    ...buyerPath('/invitations')(target),
    body: { ...invited(), role: 'commune_secretary' },
  }),
  'DELETE /buyers/:buyerId/invitations/:invitationId': async (target) => {
    const { buyerId } = place(target);
    return { path: `/buyers/${buyerId}/invitations/${await freshInvitation({ buyerId, groupId: null })}` };
  },
  'POST /buyers/:buyerId/mandates': async (target) => {
    const email = `${randomUUID()}@agglo.example`;
    await world.nobody(email);
    const body = { email, reference: 'délibération 12', startsOn: '2026-01-01', endsOn: '2199-12-31' };
    return { ...buyerPath('/mandates')(target), body };
  },
  'DELETE /buyers/:buyerId/mandates/:mandateId': async (target) => {
    const { buyerId } = place(target);
    return { path: `/buyers/${buyerId}/mandates/${await freshMandate(buyerId)}` };
  },
  'POST /buyers/:buyerId/mandates/:mandateId/contestation': async (target) => {
    const { buyerId } = place(target);
    return {
      path: `/buyers/${buyerId}/mandates/${await freshMandate(buyerId)}/contestation`,
      body: { reason: 'sans délibération' },
    };
  },
  'GET /groups/:groupId': groupPath(''),
  'GET /groups/:groupId/roles': groupPath('/roles'),
  'GET /groups/:groupId/invitations': groupPath('/invitations'),
  'GET /groups/:groupId/journal': groupPath('/journal'),
  'GET /groups/:groupId/reading-links': groupPath('/reading-links'),
  'POST /groups/:groupId/reading-links': (target) => ({
    ...groupPath('/reading-links')(target),
    body: { label: 'conseil municipal', days: 30 },
  }),
  'DELETE /groups/:groupId/reading-links/:linkId': async (target) => {
    const { groupId } = place(target);
    return { path: `/groups/${groupId}/reading-links/${await freshReadingLink(groupId)}` };
  },
  'DELETE /groups/:groupId/roles/:roleId': async (target) => {
    const { groupId } = place(target);
    return { path: `/groups/${groupId}/roles/${await freshRole('legal_validator', { groupId })}` };
  },
  'POST /groups/:groupId/invitations': (target) => ({
    ...groupPath('/invitations')(target),
    body: { ...invited(), role: 'legal_validator' },
  }),
  'DELETE /groups/:groupId/invitations/:invitationId': async (target) => {
    const { groupId } = place(target);
    return { path: `/groups/${groupId}/invitations/${await freshInvitation({ buyerId: null, groupId })}` };
  },
};

interface Kind {
  readonly role: Role | null;
  readonly on: Holding | null;
}
const KINDS: Kind[] = [
  ...ROLE_NAMES.flatMap((role) => ROLES[role].heldOn.map((on) => ({ role, on }))),
  { role: null, on: null },
];

/** 200 stands for any success. */
function expected({ role, on }: Kind, key: Key, target: Target): 200 | 403 | 404 {
  const can = (right: Key): boolean => {
    const roles = PERMISSIONS[right].roles as Partial<Record<Role | 'anyone', Reach | readonly Reach[]>>;
    const own = target === 'own';
    if (roles.anyone && own && role !== 'elected_reader') return true;
    const reaches = role ? [roles[role] ?? []].flat() : [];
    return reaches.some(
      (reach) =>
        reach === 'everything' ||
        (own && reach === 'own group' && on === 'group') ||
        (own && ['own buyer', 'group of own buyer'].includes(reach) && on === 'buyer'),
    );
  };
  if (can(key)) return 200;
  const visible = VISIBLE_BY[PERMISSIONS[key].about];
  return visible === null || visible.some(can) ? 403 : 404;
}

const routes = () =>
  routesOf(
    world.app.get(DiscoveryService, { strict: false }),
    world.app.get(MetadataScanner, { strict: false }),
  );
const named = () => routes().filter((route) => route.key !== undefined);

/** One person per kind, made once: signing in hashes nothing, but 10 kinds × 30 routes would. */
const holders = new Map<string, Holder>();
async function holderOf(kind: Kind, fresh: boolean): Promise<Holder> {
  const name = `${kind.role} ${kind.on}`;
  const known = fresh ? undefined : holders.get(name);
  if (known) return known;
  const { buyerId, groupId } = world.own;
  const holder =
    kind.role === null
      ? await world.nobody()
      : await world.person(kind.role, {
          buyerId: kind.on === 'buyer' ? buyerId : null,
          groupId: kind.on === 'group' ? groupId : null,
        });
  if (!fresh) holders.set(name, holder);
  return holder;
}

const send = (method: string, { path, body, headers }: Sent, holder?: Holder): Promise<Response> =>
  world.api(path, holder, {
    method,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    ...(headers ? { headers } : {}),
  });

describe('rights', () => {
  test('every route that needs a right has its request here, and no other', () => {
    expect(
      named()
        .map(({ method, path }) => `${method} ${path}`)
        .sort(),
    ).toEqual(Object.keys(RECIPES).sort());
  });

  test('public routes are few, and each says why', () => {
    const open = routes().filter((route) => route.publicReason !== undefined);
    expect(open.map(({ method, path }) => `${method} ${path}`).sort()).toEqual([
      'GET /health/live',
      'GET /health/ready',
      'GET /metrics',
      'GET /one-time-links/:secret',
      'GET /readings/:word',
      'POST /one-time-links/:secret/session',
      'POST /sessions',
      'POST /sign-in-links',
    ]);
  });

  test.each(Object.keys(RECIPES))('%s', async (name) => {
    const [method] = name.split(' ') as [string];
    const { key } = named().find((route) => `${route.method} ${route.path}` === name)!;
    const about = PERMISSIONS[key!].about;
    const targets: Target[] =
      about === 'installation' ||
      name.includes(' /me') ||
      name.includes(' /session') ||
      name.includes('closure')
        ? [name.includes('closure') ? 'other' : 'own']
        : ['own', 'other'];
    const [seen, awaited]: [string[], string[]] = [[], []];
    for (const kind of KINDS)
      for (const target of targets) {
        const shared = await holderOf(kind, false);
        const sent = await RECIPES[name]!(target, shared);
        const holder = sent.endsSession ? await holderOf(kind, true) : shared;
        const response = await send(method, sent, holder);
        const label = `${kind.role ?? 'no role'} on ${kind.on ?? 'nothing'}, ${target}: `;
        seen.push(label + (response.ok ? 200 : response.status));
        awaited.push(label + expected(kind, key!, target));
        if (!response.ok) {
          expect(response.headers.get('content-type')).toContain('application/problem+json');
          expect(await response.json()).toMatchObject({
            status: response.status,
            instance: `/api/v1${sent.path}`,
          });
        } else await response.arrayBuffer();
      }
    const anonymous = await send(method, await RECIPES[name]!('own', { personId: null, headers: {} }));
    expect([anonymous.status, anonymous.headers.get('www-authenticate')]).toEqual([
      401,
      'Bearer realm="halle"',
    ]);
    expect(seen).toEqual(awaited);
  });
});
