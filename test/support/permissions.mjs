/** Writes docs/permissions.md from the permission table of the compiled program: `npm run permissions`. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { permissionsPage } from '../../dist/accounts/permissions-page.rules.js';
import { PROJECT_ROOT } from '../../dist/platform/config/config.js';

const path = join(PROJECT_ROOT, 'docs', 'permissions.md');
writeFileSync(path, await format(permissionsPage(), { ...(await resolveConfig(path)), parser: 'markdown' }));
