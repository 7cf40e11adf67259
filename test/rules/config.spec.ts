import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ConfigError, PROJECT_ROOT, readConfig } from '../../src/platform/config/config.js';
import { SETTINGS } from '../../src/platform/config/settings.js';

const problemsOf = (environment: Record<string, string>): readonly string[] => {
  try {
    readConfig(environment);
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
};

describe('configuration', () => {
  test('without anything: port 3000, embedded services, data below the project', () => {
    expect(readConfig({})).toMatchObject({ port: 3000, databaseUrl: null, redisUrl: null });
    expect(readConfig({}).home).toBe(join(PROJECT_ROOT, '.halle'));
    expect(readConfig({ HALLE_HOME: '/srv/halle' }).home).toBe('/srv/halle');
  });

  test.each([
    ['PORT', '70000'],
    ['PORT', 'http'],
    ['DATABASE_URL', 'mysql://localhost/halle'],
    ['REDIS_URL', 'localhost:6379'],
    ['SMTP_URL', 'mail.example.fr'],
    ['HALLE_LOG_LEVEL', 'verbose'],
    ['HALLE_JOB_CONCURRENCY', '0'],
    ['HALLE_JOB_LOCK_SECONDS', '1.5'],
    ['HALLE_UNKNOWN', '1'],
    ['HALLE_HOMME', '/srv'],
  ])('%s=%s stops the start with one line that names it', (name, value) => {
    const problems = problemsOf({ [name]: value });
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatch(new RegExp(`^${name} : [^\\n]+\\.$`));
  });

  test('all problems at once, and never a password', () => {
    const problems = problemsOf({ PORT: '-1', DATABASE_URL: 'pg://user:secret@host/db', HALLE_X: 'y' });
    expect(problems).toHaveLength(3);
    expect(problems.join('\n')).not.toContain('secret');
  });

  test('docs/configuration.md lists every setting, its default and its meaning, and no other', () => {
    const page = readFileSync(join(PROJECT_ROOT, 'docs/configuration.md'), 'utf8');
    const rows = [...page.matchAll(/^\| `([A-Z_]+)`\s*\| (.*?)\s*\| (.*?)\s*\|$/gm)].map((m) =>
      m.slice(1, 4),
    );
    expect(rows).toEqual(
      Object.values(SETTINGS).map((setting) => [setting.name, setting.fallback, setting.meaning]),
    );
  });
});
