import 'reflect-metadata';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CAMPAIGN_USAGE, UsageError } from './cli/campaign-options.js';
import { campaignCommand } from './cli/campaign.js';
import { createTerminal } from './cli/terminal.js';
import { PROJECT_ROOT, readConfig } from './platform/config/config.js';
import { createLogger } from './platform/log/logger.js';

const USAGE = `Usage : halle COMMANDE

  campaign   d'un dossier de besoins aux documents de la consultation
             (halle campaign --help)

  --version  version du programme
  --help     cette aide`;

const terminal = createTerminal(process.stderr);

async function run([command, ...args]: readonly string[]): Promise<number> {
  if (command === '--version') {
    const { version } = JSON.parse(readFileSync(join(PROJECT_ROOT, 'package.json'), 'utf8')) as {
      version: string;
    };
    process.stdout.write(`${version}\n`);
    return 0;
  }
  const help = (word: string | undefined): boolean => word === '--help' || word === '-h';
  if (help(command) || args.some(help)) {
    process.stdout.write(`${command === 'campaign' ? CAMPAIGN_USAGE : USAGE}\n`);
    return 0;
  }
  if (command !== 'campaign')
    throw new UsageError([
      command === undefined ? 'Indiquer une commande.' : `Commande inconnue : ${command}.`,
      USAGE,
    ]);
  const config = readConfig();
  // People read the terminal: the technical journal speaks only of what goes wrong, unless asked.
  const level = config.logLevel === 'info' ? 'fatal' : config.logLevel;
  return campaignCommand(args, config, createLogger({ logLevel: level }, 'cli', 2), terminal);
}

try {
  process.exitCode = await run(process.argv.slice(2));
} catch (error) {
  terminal.line(error instanceof Error ? error.message : String(error));
  process.exitCode = error instanceof UsageError ? 2 : 1;
}
