import { fileURLToPath } from 'node:url';
import type { INestApplicationContext } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { checkCampaign, cpvCodesIn, readCampaignTables } from '../../src/cli/campaign-input.js';
import { readCampaignOptions } from '../../src/cli/campaign-options.js';
import { type RecordedCampaign, recordCampaign } from '../../src/cli/campaign-record.js';
import { Caller } from '../../src/platform/access/caller.js';
import { LotsQueries } from '../../src/lots/lots.queries.js';
import { SAMPLE } from './sample-dossier.js';
import { OPERATOR } from './trace.js';

/** Records the sample campaign through the services, as the command does. */
export async function recordSample(
  app: INestApplicationContext,
  args: readonly string[],
): Promise<RecordedCampaign> {
  const tables = await readCampaignTables(fileURLToPath(SAMPLE));
  const options = readCampaignOptions([fileURLToPath(SAMPLE), '--out', '/nowhere', ...args], '/');
  const unknown = await app.get(LotsQueries).unknownCpvCodes(app.get(DataSource).manager, cpvCodesIn(tables));
  return recordCampaign(
    app,
    checkCampaign(tables, options, unknown),
    new Caller(OPERATOR, null, () => ({ verdict: 'allowed', onBehalfOf: null })),
  );
}
