import { execFile } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import type { ICruiseResult, IForbiddenRuleType, IViolation } from 'dependency-cruiser';

/**
 * dependency-cruiser can silently check nothing (it does with a TypeScript it does not know), and a regular expression
 * can silently match nothing. So: it must have seen the modules of src, and each rule must bite a planted violation.
 */
const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const CONFIG = `${ROOT}.dependency-cruiser.cjs`;
const CRUISE = `${ROOT}node_modules/dependency-cruiser/bin/dependency-cruise.mjs`;

const require = createRequire(import.meta.url);
const rooms = (require('../../src/journey.cjs') as { room: string }[]).map(({ room }) => room);
const { forbidden } = require('../../.dependency-cruiser.cjs') as { forbidden: IForbiddenRuleType[] };
const rules = [...new Set(forbidden.map(({ name }) => name!))].sort();

/** docx is not a dependency yet, so that its planted import cannot be resolved either. */
const ALSO_REPORTED: Record<string, string> = existsSync(`${ROOT}node_modules/docx`)
  ? {}
  : { 'docx-only-in-platform-docx': 'no-unresolvable' };

/** Runs a program that prints JSON. dependency-cruiser's exit code counts violations: what it prints is what matters. */
function printed<T>(...args: string[]): Promise<T> {
  return new Promise((resolve, reject) =>
    execFile(process.execPath, args, { cwd: ROOT, maxBuffer: 64 * 1024 * 1024 }, (_, stdout, stderr) => {
      try {
        resolve(JSON.parse(stdout) as T);
      } catch {
        reject(new Error(`dependency-cruiser gave no result: ${stderr}`));
      }
    }),
  );
}

describe('the imports of src', () => {
  let result: ICruiseResult;
  beforeAll(async () => {
    result = await printed(CRUISE, 'src', '--config', CONFIG, '--output-type', 'json');
  });

  it('are really looked at: every TypeScript file of src is a cruised module', () => {
    const cruised = new Set(result.modules.map(({ source }) => source));
    const files = readdirSync(`${ROOT}src`, { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts'))
      .map((file) => `src/${file}`);
    expect(files.length).toBeGreaterThan(5);
    expect(files.filter((file) => !cruised.has(file))).toEqual([]);
    expect(result.summary.totalDependenciesCruised).toBeGreaterThan(5);
  });

  it('break no rule', () => {
    expect(
      result.summary.violations.map(({ rule, from, to }) => `${rule.name}: ${from} -> ${to}`).sort(),
    ).toEqual([]);
  });
});

describe('each import rule', () => {
  let planted: Record<string, IViolation[]>;
  beforeAll(async () => {
    planted = await printed(fileURLToPath(new URL('cruise-planted.mjs', import.meta.url)));
  });
  const folder = (path: string): string => path.split('/')[1]!;

  it('has one planted violation, and every planted violation has its rule', () => {
    expect(Object.keys(planted).sort()).toEqual(rules);
    expect(forbidden.every(({ severity }) => severity === 'error')).toBe(true);
  });

  it.each(rules)('%s bites, and bites alone', (rule) => {
    const expected = [rule, ALSO_REPORTED[rule] ?? []].flat().sort();
    expect([...new Set(planted[rule]!.map((violation) => violation.rule.name))].sort()).toEqual(expected);
  });

  it('bites in each file where it was planted', () => {
    const biting = (rule: string) => new Set(planted[rule]!.map(({ from }) => folder(from)));
    expect(biting('pure-imports-only-pure')).toEqual(new Set(['money', 'lots']));
    expect(biting('pure-touches-no-framework-and-no-io')).toEqual(new Set(['law', 'needs', 'calendar']));
    expect(biting('protection-stays-out-of-bids-awards-documents')).toEqual(
      new Set(['bids', 'awards', 'documents']),
    );
    expect(
      new Set(planted['protection-stays-out-of-bids-awards-documents']!.map(({ to }) => folder(to))),
    ).toEqual(new Set(['protection', 'sourcing', 'procedure', 'gate']));
    expect(biting('queues-only-in-platform-jobs')).toEqual(new Set(['documents', 'platform']));
  });

  it('forbids every room to import the next one of the journey', () => {
    const violations = planted['room-imports-no-downstream-room']!;
    expect(violations.map(({ from, to }) => `${folder(from)} -> ${folder(to)}`).sort()).toEqual(
      rooms
        .slice(0, -1)
        .map((room, i) => `${room} -> ${rooms[i + 1]!}`)
        .sort(),
    );
  });
});
