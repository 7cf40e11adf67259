import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { INestApplicationContext } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Buyer } from '../buyers/buyer.entity.js';
import { DocumentsService } from '../documents/documents.service.js';
import { LotsQueries } from '../lots/lots.queries.js';
import { Clock, elapsedSince } from '../platform/clock/clock.js';
import type { Caller } from '../platform/access/caller.js';
import { type Config, invocationDirectory } from '../platform/config/config.js';
import { JobRequests } from '../platform/jobs/job-requests.js';
import type { Logger } from '../platform/log/logger.js';
import { openRuntime } from '../processes/runtime.js';
import { startWorker } from '../processes/worker.js';
import {
  type Campaign,
  CampaignRefused,
  type CampaignTables,
  cpvCodesIn,
  MEMBERSHIPS,
  readCampaign,
  readCampaignTables,
} from './campaign-input.js';
import { type CampaignOptions, readCampaignOptions, UsageError } from './campaign-options.js';
import {
  ERRORS,
  FORMER_SUMMARY,
  requireWritable,
  writeErrors,
  writeSummary,
  writeWhole,
} from './campaign-output.js';
import { CampaignForbidden, type RecordedCampaign, recordCampaign } from './campaign-record.js';
import { standingFaults } from './campaign-standing.js';
import { operator, personAtConsole } from './operator.js';
import { campaignSummary, type Stage, type SummaryFile } from './summary.rules.js';
import { faultTable, type Terminal } from './terminal.js';

const POLL_MS = 50;
const CHANGES_SHOWN = 20;

/** Some documents could not be made; `reasons` are French sentences. */
export class DocumentsFailed extends Error {
  override readonly name = 'DocumentsFailed';
  constructor(readonly reasons: readonly string[]) {
    super(`Des documents n’ont pas pu être produits : ${[...new Set(reasons)].join(' ')}`);
  }
}

/** Notes how long each stage takes. */
class Stages {
  readonly list: Stage[] = [];
  async run<T>(name: string, work: () => Promise<T>): Promise<T> {
    const start = performance.now();
    const result = await work();
    this.list.push({ name, ms: Math.trunc(elapsedSince(start)) });
    return result;
  }
}

/** `halle campaign`: from a folder of needs to consultation documents and workbooks. @returns the exit code */
export async function campaignCommand(
  args: readonly string[],
  config: Config,
  log: Logger,
  terminal: Terminal,
): Promise<number> {
  const options = readCampaignOptions(args, invocationDirectory());
  await requireDirectory(options.directory);
  await requireWritable(options.out);
  const stages = new Stages();
  const tables = await stages.run('read', () => readCampaignTables(options.directory));
  const runtime = await stages.run('start', () => openRuntime(config, log));
  try {
    const app = await startWorker(runtime, log);
    try {
      const caller = options.as === null ? operator() : await personAtConsole(app, options.as);
      const campaign = await stages.run('check', () => checkedCampaign(app, tables, options, caller));
      const recorded = await stages.run('record', () => recordCampaign(app, campaign, caller));
      tellVersion(recorded, terminal);
      await stages.run('documents', () => waitForDocuments(app, recorded, terminal));
      const files = await stages.run('write', () => writeFiles(app, recorded, options.out));
      await writeSummary(
        options.out,
        campaignSummary(recorded.dossier.version, recorded.dossier.changes, files, stages.list),
      );
      terminal.line(`${files.length} fichiers écrits dans ${options.out}, avec summary.json.`);
      return 0;
    } finally {
      await app.close();
    }
  } catch (error) {
    if (error instanceof CampaignForbidden) throw forbidden(error, options);
    if (!(error instanceof CampaignRefused)) throw error;
    return await tellFaults(error, options, terminal);
  } finally {
    await runtime.close();
  }
}

/**
 * The campaign of the files. When they are faulty, what is known already and forbids their sound lines is told with the
 * rest, to whoever might record them; when they are sound, it is judged as they are recorded, behind the group's lock.
 */
async function checkedCampaign(
  app: INestApplicationContext,
  tables: CampaignTables,
  options: CampaignOptions,
  caller: Caller,
): Promise<Campaign> {
  const { manager } = app.get(DataSource);
  const unknownCpv = await app.get(LotsQueries).unknownCpvCodes(manager, cpvCodesIn(tables));
  const { campaign, faults } = readCampaign(tables, options, unknownCpv);
  if (campaign && faults.length === 0) return campaign;
  const coordinator = campaign && (await manager.findOneBy(Buyer, { siret: campaign.coordinator.siret }));
  if (!campaign || !coordinator || !caller.may('campaign.import', { buyerIds: [coordinator.id] }))
    throw new CampaignRefused(faults);
  const standing = await standingFaults(app, manager, app.get(Clock).now(), campaign);
  // A buyer whose line is faulty is not missing from the file.
  const linesAreSound = faults.every(({ file }) => file !== MEMBERSHIPS);
  throw new CampaignRefused([
    ...faults,
    ...standing.filter(({ file, line }) => linesAreSound || file !== MEMBERSHIPS || line !== null),
  ]);
}

/** Names the right that lacks, and the command that gives it. */
function forbidden({ coordinator: { name, siret } }: CampaignForbidden, { as }: CampaignOptions): UsageError {
  return new UsageError([
    `${as ?? ''} ne peut pas enregistrer de campagne pour ${name} ; rien n’a été enregistré. Un opérateur lui donne ce droit :`,
    `halle user grant ${as ?? ''} --role procurement_officer --buyer ${siret}`,
  ]);
}

async function requireDirectory(directory: string): Promise<void> {
  const found = await stat(directory).catch(() => null);
  if (!found?.isDirectory()) throw new UsageError([`${directory} n’est pas un dossier, ou n’existe pas.`]);
}

async function tellFaults(
  { faults }: CampaignRefused,
  { out }: CampaignOptions,
  terminal: Terminal,
): Promise<number> {
  terminal.line(faultTable(faults));
  const putAside = await writeErrors(out, faults);
  terminal.line(
    `${faults.length === 1 ? 'Un problème' : `${faults.length} problèmes`} à corriger ; rien n’a été enregistré. ` +
      `Le détail est dans ${join(out, ERRORS)}.` +
      (putAside
        ? ` Les documents d’une exécution précédente y restent ; leur summary.json devient ${FORMER_SUMMARY}.`
        : ''),
  );
  return 2;
}

function tellVersion({ dossier }: RecordedCampaign, terminal: Terminal): void {
  const { isNew, version, changes } = dossier;
  if (!isNew) terminal.line(`Rien n’a changé depuis la version ${version.number}.`);
  else if (version.number === 1) terminal.line(`« ${version.content.title} » : version 1 enregistrée.`);
  else {
    terminal.line(`« ${version.content.title} » : version ${version.number}. Ce qui change :`);
    for (const change of changes.slice(0, CHANGES_SHOWN)) terminal.line(`  - ${change}`);
    if (changes.length > CHANGES_SHOWN)
      terminal.line(`  … et ${changes.length - CHANGES_SHOWN} autres changements, dans summary.json.`);
  }
}

async function waitForDocuments(
  app: INestApplicationContext,
  { documents }: RecordedCampaign,
  terminal: Terminal,
): Promise<void> {
  const { manager } = app.get(DataSource);
  const ids = documents.map((document) => document.requestId);
  for (let shown = -1; ;) {
    const { done, total, failures } = await app.get(JobRequests).progress(manager, ids);
    if (done !== shown) terminal.progress('Documents', done, total);
    shown = done;
    if (done + failures.length === total) {
      if (failures.length > 0) throw new DocumentsFailed(failures);
      return;
    }
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
}

async function writeFiles(
  app: INestApplicationContext,
  { documents }: RecordedCampaign,
  out: string,
): Promise<SummaryFile[]> {
  const service = app.get(DocumentsService);
  const { manager } = app.get(DataSource);
  const files: SummaryFile[] = [];
  for (const made of await service.made(
    manager,
    documents.map((document) => document.id),
  )) {
    const content = await service.read(manager, made);
    await writeWhole(join(out, made.fileName), content);
    files.push({ name: made.fileName, kind: made.kind, sha256: made.sha256, bytes: content.length });
  }
  return files;
}
