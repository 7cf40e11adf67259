import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ESLint } from 'eslint';
import tseslint from 'typescript-eslint';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const filesOf = (folder: string): string[] =>
  existsSync(`${ROOT}${folder}`)
    ? readdirSync(`${ROOT}${folder}`, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => `${entry.parentPath}/${entry.name}`.slice(ROOT.length))
    : [];
const text = (file: string) => readFileSync(`${ROOT}${file}`, 'utf8');

describe('the lint', () => {
  /** Without types, so that a snippet may pretend to be a file that does not exist. */
  const untyped = new ESLint({ cwd: ROOT, overrideConfig: tseslint.configs.disableTypeChecked });
  const typed = new ESLint({ cwd: ROOT });
  const findings = async (lint: ESLint, code: string, filePath: string) => {
    const [result] = await lint.lintText(code, { filePath: `${ROOT}${filePath}` });
    return result!.messages.map(({ ruleId, message }) => ruleId ?? message);
  };

  const IN_A_ROOM = 'src/needs/planted.service.ts';
  it.each([
    ['the environment', 'export const url = process.env.DATABASE_URL;', 'no-restricted-properties'],
    ['the environment, unpacked', 'export const { env } = process;', 'no-restricted-properties'],
    ['the environment, imported', "export { env } from 'node:process';", 'no-restricted-imports'],
    ['the present instant', 'export const at = new Date();', 'no-restricted-syntax'],
    ['the present instant as text', 'export const at = Date();', 'no-restricted-syntax'],
    ['the present instant as a number', 'export const at = Date.now();', 'no-restricted-properties'],
    ['a binary number', "export const price = parseFloat('0.1');", 'no-restricted-syntax'],
    [
      'a binary number, by Number',
      "export const price = Number.parseFloat('0.1');",
      'no-restricted-properties',
    ],
    ['a rounding', 'export const cents = Math.round(10.5);', 'no-restricted-properties'],
    ['a rounding to text', 'export const text = (10.5).toFixed(2);', 'no-restricted-properties'],
    ['a preference for local firms', 'export const localPreference = true;', 'no-restricted-syntax'],
    ['the same in a column', "export const column = 'local_preference';", 'no-restricted-syntax'],
    ['a name that says nothing', 'export class NeedsManager {\n  a = 1;\n}', 'no-restricted-syntax'],
    ['a postponed task', '// TODO later\nexport const a = 1;', 'no-warning-comments'],
    ['a terminal', "console.log('here');", 'no-console'],
    ['a file too long to read', 'export {};\n'.repeat(301), 'max-lines'],
    [
      'a cycle',
      "import { forwardRef } from '@nestjs/common';\nforwardRef(() => 1);",
      'no-restricted-imports',
    ],
    [
      'a repository',
      "import { Repository } from 'typeorm';\nexport const r = Repository;",
      'no-restricted-imports',
    ],
    [
      'a reverse relation',
      "import { OneToMany } from 'typeorm';\nexport const o = OneToMany;",
      'no-restricted-imports',
    ],
    [
      'a hidden save',
      "class Lot {\n  @ManyToOne('Lot', { cascade: true })\n  parent: unknown;\n}\nexport { Lot };",
      'no-restricted-syntax',
    ],
    ['a schema made by entities', 'export const options = { synchronize: true };', 'no-restricted-syntax'],
  ])('refuses %s in a room', async (_, code, rule) => {
    const found = await findings(untyped, code, IN_A_ROOM);
    expect(found.filter((ruleId) => ruleId !== 'no-undef')).toEqual([rule]);
  });

  it.each([
    ['the environment', 'export const url = process.env.DATABASE_URL;', 'src/platform/config/planted.ts'],
    ['the present instant', 'export const at = [new Date(), Date.now()];', 'src/platform/clock/planted.ts'],
    ['a column width', 'export const width = Math.round(10.5);', 'src/platform/xlsx/planted.ts'],
    ['a point on a page', 'export const x = (10.5).toFixed(2);', 'src/platform/pdf/planted.ts'],
    ['a given instant', 'export const at = new Date(0);', IN_A_ROOM],
  ])('lets %s through where it belongs', async (_, code, filePath) => {
    expect(await findings(untyped, code, filePath)).toEqual([]);
  });

  it.each([
    ['a clock in config', 'export const at = new Date();', 'src/platform/config/planted.ts'],
    ['an environment in xlsx', 'export const e = process.env;', 'src/platform/xlsx/planted.ts'],
    ['a rounding in clock', 'export const r = Math.round(1.5);', 'src/platform/clock/planted.ts'],
  ])('gives no other licence to these folders: %s', async (_, code, filePath) => {
    expect(await findings(untyped, code, filePath)).toHaveLength(1);
  });

  it.each(['only', 'skip'])('refuses a test marked %s', async (mark) => {
    const code = `describe.${mark}('a', () => undefined);\nit.${mark}('a', () => undefined);\nit.each([1]).${mark};`;
    const found = await findings(untyped, code, 'test/rules/planted.spec.ts');
    expect(found.filter((ruleId) => ruleId === 'no-restricted-syntax')).toHaveLength(2);
  });

  it.each(['fit', 'xit', 'fdescribe', 'xdescribe', 'xtest'])('refuses %s', async (mark) => {
    const found = await findings(untyped, `${mark}('a', () => undefined);`, 'test/rules/planted.spec.ts');
    expect(found).toContain('no-restricted-syntax');
  });

  it('looks at types: a promise that nobody awaits, a value that may be anything', async () => {
    const code =
      'const save = async (): Promise<void> => undefined;\nsave();\nexport const a = (JSON.parse("1") as any).b;\n';
    const found = await findings(typed, code, 'src/money/split.ts');
    expect(found).toContain('@typescript-eslint/no-floating-promises');
    expect(found).toContain('@typescript-eslint/no-unsafe-member-access');
  });
});

describe('the files', () => {
  const SOURCES = ['src', 'migrations', 'templates'].flatMap(filesOf);
  const READABLE = new Set(['.ts', '.cjs', '.sql', '.md', '.njk', '.json', '.yaml', '.html', '.css']);
  const readable = SOURCES.filter((file) => READABLE.has(extname(file)));

  it('are there', () => {
    expect(readable.length).toBeGreaterThan(5);
  });

  it('carry no postponed task and no preference for local firms, SQL and templates included', () => {
    const banned = /\b(TODO|FIXME)\b|local_?preference/i;
    expect(readable.filter((file) => banned.test(text(file)))).toEqual([]);
  });

  it('live in no folder named after nothing, and no file only re-exports others', () => {
    const nameless = /(^|[/.-])(utils?|helpers?|common|shared)([/.-]|$)/;
    const paths = [...SOURCES, ...filesOf('test')].filter((file) => !file.includes('/fixtures/'));
    expect(paths.filter((file) => nameless.test(file))).toEqual([]);
    expect(paths.filter((file) => /^src\/.*\bindex\.ts$/.test(file))).toEqual([]);
  });

  it('sort no words by the collation that a server happens to have', () => {
    const words = /\b(?:name|name_key|search_key\([^)]*\)*|title|label|family|reason)\b(?! collate)/;
    const sorts = SOURCES.flatMap((file) =>
      [...text(file).matchAll(/\border by ([^`'\n]*)/g)]
        .map(([, keys = '']) => keys.replaceAll(/search_key\((?:[^()]|\([^()]*\))*\) collate "C"/g, ''))
        .filter((keys) => words.test(keys))
        .map((keys) => `${file}: ${keys}`),
    );
    expect(sorts).toEqual([]);
  });

  it('of migrations are SQL, and so import nothing from src', () => {
    const migrations = filesOf('migrations');
    expect(migrations.filter((file) => !/^migrations\/[\w.-]+\.sql$/.test(file))).toEqual([]);
  });
});
