/**
 * `npm run bench`: prints figures, and ratios between two things measured in this very run. It is no test: it always
 * ends well, and its figures belong to the machine it ran on. `npm run bench -- needs` runs one part.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { readConfig } from '../../dist/platform/config/config.js';
import { createLogger } from '../../dist/platform/log/logger.js';
import { openRuntime } from '../../dist/processes/runtime.js';
import { benchCampaign } from './campaign.mjs';
import { benchLastHour } from './last-hour.mjs';
import { benchDesk } from './desk.mjs';
import { benchDocuments } from './documents.mjs';
import { benchConsolidated, benchForm } from './forms.mjs';
import { benchNeeds } from './needs.mjs';
import { benchPdf } from './pdf.mjs';
import { summary } from './report.mjs';
import { benchWorkbook } from './workbook.mjs';

const PARTS = {
  workbook: benchWorkbook,
  pdf: benchPdf,
  campaign: benchCampaign,
  needs: benchNeeds,
  'last-hour': benchLastHour,
  desk: benchDesk,
  consolidated: benchConsolidated,
  form: benchForm,
  documents: benchDocuments,
};

const asked = process.argv.slice(2);
const home = mkdtempSync(join(tmpdir(), 'halle-bench-'));
const config = { ...readConfig({}), home };
const runtime = await openRuntime(config, createLogger({ logLevel: 'fatal' }, 'bench', 2));
console.log(`Node ${process.version}, ${cpus().length} processors, embedded PostgreSQL`);
try {
  for (const [name, part] of Object.entries(PARTS))
    if (asked.length === 0 || asked.includes(name)) await part(runtime.databaseUrl, home);
  console.log(`\n${summary()}`);
} finally {
  await runtime.close();
  rmSync(home, { recursive: true, force: true });
}
