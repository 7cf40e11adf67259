import { readFile } from 'node:fs/promises';
import { DataSource, type EntityManager, In } from 'typeorm';
import { Buyer } from '../buyers/buyer.entity.js';
import { frenchCount } from '../money/french.js';
import { Clock } from '../platform/clock/clock.js';
import { type Config, invocationDirectory } from '../platform/config/config.js';
import {
  ChainAudit,
  type ChainFault,
  type ChainHead,
  INSTALLATION_CHAIN,
} from '../platform/journal/journal-chain.js';
import { journalCsv } from '../platform/journal/journal-csv.js';
import { JournalQueries } from '../platform/journal/journal.queries.js';
import type { Logger } from '../platform/log/logger.js';
import { openRuntime } from '../processes/runtime.js';
import { reasonOf, UsageError } from './campaign-options.js';
import { writeWhole } from './campaign-output.js';
import { type ExportOptions, readJournalOptions, type VerifyOptions } from './journal-options.js';
import type { Terminal } from './terminal.js';

export { JOURNAL_USAGE } from './journal-options.js';

/** `halle journal`: is the journal whole, and what does it say of a buyer? @returns the exit code */
export async function journalCommand(
  args: readonly string[],
  config: Config,
  log: Logger,
  terminal: Terminal,
): Promise<number> {
  const options = readJournalOptions(args, invocationDirectory());
  const known = options.action === 'verify' && options.known ? await readNote(options.known) : [];
  const runtime = await openRuntime(config, log);
  try {
    const source = new DataSource({ type: 'postgres', url: runtime.databaseUrl, entities: [Buyer] });
    await source.initialize();
    try {
      // One state of the database for the lines and for the heads, while others go on writing.
      return await source.transaction('REPEATABLE READ', (tx) =>
        options.action === 'verify'
          ? verify(tx, options, known, terminal)
          : exportBuyer(tx, options, terminal),
      );
    } finally {
      await source.destroy();
    }
  } finally {
    await runtime.close();
  }
}

async function verify(
  tx: EntityManager,
  { group, note }: VerifyOptions,
  known: readonly ChainHead[],
  terminal: Terminal,
): Promise<number> {
  const queries = new JournalQueries();
  const heads = await queries.heads(tx, group);
  const audit = new ChainAudit(
    heads,
    known.filter((head) => group === null || head.chain === group),
  );
  let count = 0;
  const tell = (faults: readonly ChainFault[]): void => {
    count += faults.length;
    for (const fault of faults) terminal.line(faultSentence(fault));
  };
  for await (const line of queries.stored(tx, group)) tell(audit.read(line));
  tell(audit.end());
  if (count > 0) {
    terminal.line(
      `Journal altéré : ${count === 1 ? 'un défaut' : `${frenchCount(count)} défauts`}.` +
        (note === null ? '' : ' Rien n’a été noté.'),
    );
    return 1;
  }
  if (group !== null && audit.lines === 0)
    throw new UsageError([`Le journal ne dit rien d’un groupement ${group}.`]);
  const plural = (n: number, word: string): string => `${frenchCount(n)} ${word}${n > 1 ? 's' : ''}`;
  terminal.line(`Journal intact : ${plural(audit.lines, 'ligne')}, ${plural(audit.chains, 'chaîne')}.`);
  if (note !== null) {
    const noted = { notedAt: new Clock().now().toISOString(), chains: heads };
    await writeWhole(note, `${JSON.stringify(noted, null, 1)}\n`);
    terminal.line(`Fin de chaque chaîne notée dans ${note}.`);
  }
  return 0;
}

function faultSentence({ kind, chain, position, until }: ChainFault): string {
  const where = chain === INSTALLATION_CHAIN ? 'Chaîne de l’installation' : `Groupement ${chain}`;
  if (kind === 'missing')
    return position === until
      ? `${where}, ligne ${position} : supprimée.`
      : `${where}, lignes ${position} à ${until} : supprimées.`;
  return `${where}, ligne ${position} : ${SENTENCES[kind]}.`;
}

const SENTENCES: Record<Exclude<ChainFault['kind'], 'missing'>, string> = {
  altered: 'modifiée, son contenu ne donne plus son empreinte',
  misplaced:
    'ne suit pas la précédente (lignes déplacées, ou ligne précédente réécrite avec une nouvelle empreinte)',
  head: 'c’est la dernière, et ce n’est pas celle que la base a notée comme telle',
  'known-missing': 'elle avait été notée, elle n’y est plus',
  'known-differs': 'ce n’est plus celle qui avait été notée',
};

/** What `--note` wrote. @throws {UsageError} when the file is no such thing */
async function readNote(path: string): Promise<ChainHead[]> {
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    const missing = (error as NodeJS.ErrnoException).code === 'ENOENT';
    throw new UsageError([`${path} ne peut pas être lu : ${missing ? 'il n’existe pas' : reasonOf(error)}.`]);
  });
  const heads = headsOf(text);
  if (!heads) throw new UsageError([`${path} n’a pas été écrit par halle journal verify --note.`]);
  return heads;
}

function headsOf(text: string): ChainHead[] | null {
  let note: { chains?: unknown } | null;
  try {
    note = JSON.parse(text) as { chains?: unknown } | null;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
  if (!Array.isArray(note?.chains)) return null;
  const heads = note.chains as (Partial<ChainHead> | null)[];
  const isHead = (head: Partial<ChainHead> | null): head is ChainHead =>
    typeof head?.chain === 'string' && Number.isSafeInteger(head.position) && typeof head.hash === 'string';
  return heads.every(isHead) ? heads.filter((head) => head.position > 0) : null;
}

async function exportBuyer(
  tx: EntityManager,
  { siret, out }: ExportOptions,
  terminal: Terminal,
): Promise<number> {
  const buyer = await tx.findOneBy(Buyer, { siret });
  if (!buyer) throw new UsageError([`Aucun acheteur n’a le SIRET ${siret}.`]);
  const represented = await tx.query<{ id: string }[]>(
    `select distinct on_behalf_of as id from journal_entry where buyer_id = $1 and on_behalf_of is not null`,
    [buyer.id],
  );
  const others = await tx.findBy(Buyer, { id: In(represented.map((row) => row.id)) });
  const labels = new Map(
    [buyer, ...others].map((one) => [one.id, `${one.name} (${one.siret ?? one.siren})`]),
  );
  let count = 0;
  async function* counted() {
    for await (const line of new JournalQueries().concerning(tx, buyer!.id)) {
      count += 1;
      yield line;
    }
  }
  await writeWhole(
    out,
    journalCsv(counted(), (id) => labels.get(id) ?? id),
  );
  terminal.line(`${frenchCount(count)} ${count > 1 ? 'lignes écrites' : 'ligne écrite'} dans ${out}.`);
  return 0;
}
