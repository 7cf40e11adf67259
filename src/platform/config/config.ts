import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { SETTINGS } from './settings.js';

type Settings = typeof SETTINGS;
type Values = { -readonly [K in keyof Settings]: Settings[K]['defaultValue'] };

/** Parsed configuration; `home` and `templates` are absolute. */
export type Config = Readonly<Values>;

/** The configuration once a database has been chosen: what every module may rely on. */
export abstract class RuntimeConfig {
  abstract readonly config: Config;
  abstract readonly databaseUrl: string;
}

/** The environment holds a value that cannot be used; `problems` are French sentences, one per setting. */
export class ConfigError extends Error {
  constructor(readonly problems: readonly string[]) {
    super(problems.join('\n'));
    this.name = 'ConfigError';
  }
}

/** Where people reach Halle, for the links that are sent to them. */
export const publicUrlOf = ({ publicUrl, port }: Pick<Config, 'publicUrl' | 'port'>): string =>
  publicUrl ?? `http://127.0.0.1:${port}`;

/** The folder that holds package.json, whether run from `src` or from `dist`. */
export const PROJECT_ROOT = findProjectRoot(dirname(fileURLToPath(import.meta.url)));

function findProjectRoot(from: string): string {
  if (existsSync(join(from, 'package.json'))) return from;
  const parent = dirname(from);
  if (parent === from) throw new Error('package.json not found above the program');
  return findProjectRoot(parent);
}

/** @throws {ConfigError} on a malformed value or an unknown `HALLE_*` name, all of them at once */
export function readConfig(environment: Readonly<Record<string, string | undefined>> = process.env): Config {
  const problems: string[] = [];
  const values = Object.fromEntries(
    Object.entries(SETTINGS).map(([key, setting]) => {
      const text = environment[setting.name];
      if (text === undefined || text === '') return [key, setting.defaultValue];
      const value = setting.read(text);
      if (value === undefined)
        problems.push(
          `${setting.name} : valeur « ${masked(setting.name, text)} » refusée ; attendu : ${setting.expected}.`,
        );
      return [key, value];
    }),
  ) as Values;
  const known = new Set<string>(Object.values(SETTINGS).map((setting) => setting.name));
  for (const name of Object.keys(environment)
    .filter((n) => n.startsWith('HALLE_') && !known.has(n))
    .sort())
    problems.push(
      `${name} : réglage inconnu ; les réglages existants sont décrits dans docs/configuration.md.`,
    );
  if (problems.length > 0) throw new ConfigError(problems);
  return {
    ...values,
    home: resolve(PROJECT_ROOT, values.home),
    templates: values.templates === null ? null : resolve(PROJECT_ROOT, values.templates),
  };
}

/** A URL may hold a password: only its beginning is ever shown. */
function masked(name: string, text: string): string {
  return name.endsWith('_URL') ? `${text.slice(0, 8)}…` : text;
}

/**
 * The folder from which the person typed the command: npm changes it to the project's, and says where it was.
 * Only trusted when npm runs one of our own commands, for npm also hands it down to any program below a test.
 */
export function invocationDirectory(): string {
  const script = process.env['npm_lifecycle_event'];
  const initial = process.env['INIT_CWD'];
  return (script === 'halle' || script === 'demo') && initial ? initial : process.cwd();
}
