/** Writes docs/levers.md from the catalogue of the compiled program: `npm run levers`. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { PROJECT_ROOT } from '../../dist/platform/config/config.js';
import { leversPage } from '../../dist/protection/levers-page.rules.js';

const path = join(PROJECT_ROOT, 'docs', 'levers.md');
writeFileSync(path, await format(leversPage(), { ...(await resolveConfig(path)), parser: 'markdown' }));
