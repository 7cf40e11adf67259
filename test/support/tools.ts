import { spawnSync } from 'node:child_process';

const found = new Map<string, boolean>();

/**
 * Whether a program that a test reads files back with is installed. When it is missing the test skips, and says so;
 * with HALLE_REQUIRE_TOOLS=1 it fails instead, so that no machine that should check stays silent.
 */
export function requireTool(name: string): boolean {
  const known = found.get(name);
  if (known !== undefined) return known;
  const missing = spawnSync(name, ['--version'], { stdio: 'ignore' }).error !== undefined;
  if (missing && process.env['HALLE_REQUIRE_TOOLS'] === '1')
    throw new Error(`${name} is not installed, and HALLE_REQUIRE_TOOLS=1 requires it`);
  if (missing)
    console.warn(`SKIPPED, ${name} is not installed / CONTRÔLE NON FAIT, ${name} n'est pas installé`);
  found.set(name, !missing);
  return !missing;
}
