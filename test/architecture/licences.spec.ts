import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

interface Manifest {
  readonly license?: string | { readonly type: string };
  readonly licenses?: readonly { readonly type: string }[];
}
interface Locked {
  readonly dev?: boolean;
  readonly license?: string;
}

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const json = <T>(path: string): T => JSON.parse(readFileSync(path, 'utf8')) as T;

/** Licences that ask for no more than notices, and so may be combined with the EUPL-1.2. */
const ACCEPTED = new Set([
  ...[
    'MIT',
    'MIT-0',
    'MIT/X11',
    'ISC',
    '0BSD',
    'BSD-2-Clause',
    'BSD-3-Clause',
    'Apache-2.0',
    'BlueOak-1.0.0',
  ],
  ...['Python-2.0', 'Unlicense', 'Zlib', 'OFL-1.1', 'CC0-1.0', 'PostgreSQL'],
]);

/** Packages whose package.json says nothing, with what was read instead; docs/licences.md repeats it. */
const READ_BY_HAND: Record<string, string> = {
  'png-js': 'MIT', // its LICENSE file
  buffers: 'MIT', // not stated in the package; its author's binary and chainsaw, which it comes with, are MIT
};

/** "(MIT OR GPL-3.0-or-later)" is accepted, MIT being chosen; "MIT AND OFL-1.1" only when both are. */
function accepted(expression: string): boolean {
  const bare = expression.replace(/[()]/g, '');
  return bare.split(' OR ').some((choice) => choice.split(' AND ').every((id) => ACCEPTED.has(id.trim())));
}

function declared({ license, licenses }: Manifest): string | undefined {
  if (typeof license === 'string') return license;
  return license?.type ?? licenses?.map(({ type }) => type).join(' OR ');
}

const production = Object.entries(
  json<{ packages: Record<string, Locked> }>(`${ROOT}package-lock.json`).packages,
)
  .filter(([path, { dev }]) => path !== '' && dev !== true)
  .map(([path, locked]) => {
    const manifest = `${ROOT}${path}/package.json`;
    /** Binaries for other machines are in the lock file only. */
    const stated = existsSync(manifest) ? declared(json<Manifest>(manifest)) : locked.license;
    const name = path.split('node_modules/').at(-1)!;
    return { name, stated, licence: stated ?? READ_BY_HAND[name] ?? 'unknown' };
  });

describe('the licences of what is installed in production', () => {
  it('are known for every package of the lock file, and none of them binds the product', () => {
    expect(production.length).toBeGreaterThan(50);
    expect(production.filter(({ licence }) => !accepted(licence))).toEqual([]);
  });

  it('are read by hand only where the package is silent', () => {
    const silent = production.filter(({ stated }) => stated === undefined).map(({ name }) => name);
    expect(Object.keys(READ_BY_HAND).sort()).toEqual([...new Set(silent)].sort());
  });

  it.each([
    'GPL-3.0',
    'AGPL-3.0-or-later',
    'LGPL-2.1',
    'MIT AND GPL-2.0',
    'SEE LICENSE IN LICENSE',
    'unknown',
  ])('would refuse %s', (licence) => expect(accepted(licence)).toBe(false));

  it.each(['MIT', '(MIT OR GPL-3.0-or-later)', 'MIT AND OFL-1.1', '(BSD-2-Clause OR MIT OR Apache-2.0)'])(
    'would accept %s',
    (licence) => expect(accepted(licence)).toBe(true),
  );
});
