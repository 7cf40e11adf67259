import { connect } from 'node:net';
import fc from 'fast-check';
import { isTooDeep, unkeepable } from '../../src/platform/http/body-shape.js';
import { problem, World } from '../accounts/world.js';

let world: World;
beforeAll(async () => {
  world = await World.open();
});
afterAll(() => world.close());

const json = (path: string, body: string) =>
  world.api(path, undefined, { method: 'POST', body, headers: { 'Content-Type': 'application/json' } });
const faults = async (response: Promise<Response>): Promise<[number, string[]]> => {
  const received = await response;
  const { errors } = (await received.json()) as { errors?: { pointer: string; code: string }[] };
  return [received.status, (errors ?? []).map(({ pointer, code }) => `${pointer} ${code}`)];
};
const around = (depth: number, open: string, close: string): string =>
  `{"email":${open.repeat(depth)}1${close.repeat(depth)}}`;

describe('a body out of all shape', () => {
  test.each([
    ['lists', '[', ']', 3_000],
    ['objects', '{"a":', '}', 20_000],
  ])(
    'nested too deep in %s is refused, whatever it holds, and logged as no fault of ours',
    async (_, open, close, depth) => {
      for (const path of ['/sessions', '/sign-in-links'])
        expect(await problem(json(path, around(depth, open, close)))).toEqual([400, 'BODY_TOO_DEEP']);
    },
  );

  test('nested as ours may be passes to its class', async () => {
    expect((await problem(json('/sign-in-links', around(20, '[', ']'))))[1]).toBe('VALIDATION');
  });

  test.each(['null', '1', '"x"', 'true', '[]'])('%s is JSON, and is no object', async (text) => {
    expect(await faults(json('/sign-in-links', text))).toEqual([422, ['# isObject']]);
  });

  test('with a text that cannot be kept is refused where it is, with the other faults', async () => {
    const body = String.raw`{"email":"mairie","password":"a\u0000b","note":"\ud800"}`;
    expect(await faults(json('/sessions', body))).toEqual([
      422,
      ['#/password isKeepable', '#/note isKeepable', '#/note whitelistValidation', '#/email isEmail'],
    ]);
  });

  test.each(Object.getOwnPropertyNames(Object.prototype))(
    'with the key %s, that any object has, is refused as any unknown key',
    async (key) => {
      const body = `{"email":"anne@mairie.example","${key}":{"role":"administrator"}}`;
      expect(await faults(json('/sign-in-links', body))).toEqual([422, [`#/${key} whitelistValidation`]]);
    },
  );
});

const holdsListInList = (value: unknown): boolean =>
  typeof value === 'object' &&
  value !== null &&
  ((Array.isArray(value) && value.some((inner) => Array.isArray(inner))) ||
    Object.values(value).some(holdsListInList));

const holdsOwnWord = (value: unknown): boolean =>
  typeof value === 'object' &&
  value !== null &&
  Object.entries(value).some(([key, inner]) => key in Object.prototype || holdsOwnWord(inner));

describe('what is looked at before its class', () => {
  test('any well-formed value of JSON that is not deep and holds no list within a list passes', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 8, stringUnit: 'grapheme' }), (value) => {
        expect(isTooDeep(value)).toBe(false);
        if (!/\\u0000/.test(JSON.stringify(value)) && !holdsListInList(value) && !holdsOwnWord(value))
          expect(unkeepable(value, 'body')).toEqual([]);
      }),
    );
  });
});

/** A request written by hand: fetch writes none of these. */
function raw(lines: readonly string[]): Promise<string> {
  const { hostname, port } = new URL(world.url);
  return new Promise((resolve, reject) => {
    let text = '';
    const socket = connect({ host: hostname, port: Number(port) }, () =>
      socket.write(`${lines.join('\r\n')}\r\n\r\n`),
    );
    socket.setEncoding('utf8').on('data', (data) => (text += String(data)));
    socket.on('close', () => {
      resolve(text);
    });
    socket.on('error', reject);
  });
}

describe('a target written whole, as RFC 9112 lets it be', () => {
  test('is the same as its path', async () => {
    const { host } = new URL(world.url);
    const end = [`Host: ${host}`, 'Connection: close'];
    expect(await raw([`GET ${world.url}/api/v1/me HTTP/1.1`, ...end])).toContain('HTTP/1.1 401');
    expect(await raw([`GET ${world.url}/health/live HTTP/1.1`, ...end])).toContain('HTTP/1.1 200');
    const holder = await world.person('commune_secretary', { buyerId: world.own.buyerId, groupId: null });
    const cookie = `Cookie: ${holder.headers['Cookie']!}`;
    expect(await raw([`GET ${world.url}/api/v1/me HTTP/1.1`, cookie, ...end])).toContain('HTTP/1.1 200');
    expect(await raw([`GET http://ailleurs.example:99/api/v1/nulle-part HTTP/1.1`, ...end])).toContain(
      '"instance":"/api/v1/nulle-part"',
    );
  });
});
