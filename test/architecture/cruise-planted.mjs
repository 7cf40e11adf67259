/**
 * Cruises each folder of planted/ with the product's rules, and prints { folder: violations } as JSON.
 * A process of its own: paths are read from the current folder, and Jest's cannot be changed safely.
 */
import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { cruise } from 'dependency-cruiser';
import extractOptions from 'dependency-cruiser/config-utl/extract-depcruise-options';
import extractTSConfig from 'dependency-cruiser/config-utl/extract-ts-config';

const root = fileURLToPath(new URL('../../', import.meta.url));
const planted = fileURLToPath(new URL('planted/', import.meta.url));
const options = await extractOptions(`${root}.dependency-cruiser.cjs`);
const tsConfig = extractTSConfig(`${root}tsconfig.json`);

const violations = {};
for (const folder of readdirSync(planted)) {
  process.chdir(planted + folder);
  const { output } = await cruise(['src'], structuredClone(options), undefined, { tsConfig });
  violations[folder] = output.summary.violations;
}
console.log(JSON.stringify(violations));
