import { DiscoveryService, MetadataScanner } from '@nestjs/core';
import type { Reach } from '../../src/accounts/permission.rules.js';
import { type Key, PERMISSIONS, VISIBLE_BY } from '../../src/accounts/permissions.rules.js';
import { type Holding, ROLE_NAMES, ROLES, type Role } from '../../src/accounts/roles.rules.js';
import { routesOf } from '../../src/platform/access/routes.js';
import { allRecipes } from './recipes/all.js';
import type { Recipe, Sent, Target } from './recipes/recipe.js';
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

/** The requests of each room. A route that is in none of them fails the test. */
const RECIPES: Readonly<Record<string, Recipe>> = allRecipes(() => world);

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
        reach === 'wherever held' ||
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

const send = (method: string, { path, body, text, headers }: Sent, holder?: Holder): Promise<Response> =>
  world.api(path, holder, {
    method,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    ...(text === undefined ? {} : { body: text }),
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
      'GET /contestations/:word',
      'GET /health/live',
      'GET /health/ready',
      'GET /holidays',
      'GET /law',
      'GET /metrics',
      'GET /one-time-links/:secret',
      'GET /readings/:word',
      'POST /contestations/:word',
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
            instance: `/api/v1${sent.path.replace(/\?.*/, '')}`,
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

  test('are told before what is wrong in the writing, to whoever holds them nowhere', async () => {
    const [seen, awaited]: [string[], string[]] = [[], []];
    // Those of the routes before may have made a group, and so hold a right there.
    const newcomers = new Map<Kind, Holder>();
    for (const kind of KINDS) newcomers.set(kind, await holderOf(kind, true));
    for (const { method, path, key } of named().filter((route) => route.method !== 'GET')) {
      const sent = await RECIPES[`${method} ${path}`]!('own', await holderOf(KINDS[0]!, false));
      if (sent.body === undefined) continue;
      for (const kind of KINDS) {
        const answer = expected(kind, key!, 'own');
        if (answer === 200 || (kind.role === null && sent.path.includes('/me'))) continue;
        const holder = newcomers.get(kind)!;
        const response = await send(method, { path: sent.path, body: { inconnu: 1 } }, holder);
        await response.arrayBuffer();
        const label = `${method} ${path}, ${kind.role ?? 'no role'} on ${kind.on ?? 'nothing'}: `;
        seen.push(label + response.status);
        awaited.push(label + answer);
      }
    }
    expect(seen.length).toBeGreaterThan(200);
    expect(seen).toEqual(awaited);
  });
});
