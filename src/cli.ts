import 'reflect-metadata';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { BUYERS_USAGE, buyersCommand } from './cli/buyers.js';
import { CAMPAIGN_USAGE, UsageError } from './cli/campaign-options.js';
import { campaignCommand } from './cli/campaign.js';
import type { Command } from './cli/command.js';
import { DOCUMENTS_USAGE, documentsCommand } from './cli/documents.js';
import { JOURNAL_USAGE, journalCommand } from './cli/journal.js';
import { MAIL_USAGE, mailCommand } from './cli/mail.js';
import { PERSON_USAGE, personCommand } from './cli/person.js';
import { PUBLICATION_USAGE, publicationCommand } from './cli/publication.js';
import { TEMPLATES_USAGE, templatesCommand } from './cli/templates.js';
import { createTerminal } from './cli/terminal.js';
import { TOKEN_USAGE, tokenCommand } from './cli/token.js';
import { USER_USAGE, userCommand } from './cli/user.js';
import { PROJECT_ROOT, readConfig } from './platform/config/config.js';
import { createLogger } from './platform/log/logger.js';

const COMMANDS: ReadonlyMap<string, Command> = new Map<string, Command>([
  [
    'campaign',
    {
      summary: "d'un dossier de besoins aux documents de la consultation",
      usage: CAMPAIGN_USAGE,
      run: campaignCommand,
    },
  ],
  [
    'journal',
    {
      summary: 'vérifier le journal, ou en extraire ce qui concerne un acheteur',
      usage: JOURNAL_USAGE,
      run: journalCommand,
    },
  ],
  [
    'publication',
    {
      summary: "vérifier que ce qui est publié n'a pas changé",
      usage: PUBLICATION_USAGE,
      run: publicationCommand,
    },
  ],
  [
    'buyers',
    {
      summary: 'reprendre des communes et EPCI du référentiel national',
      usage: BUYERS_USAGE,
      run: buyersCommand,
    },
  ],
  ['user', { summary: 'les comptes et leurs rôles', usage: USER_USAGE, run: userCommand }],
  ['token', { summary: 'les jetons des programmes', usage: TOKEN_USAGE, run: tokenCommand }],
  [
    'person',
    {
      summary: "extraire ou effacer les données d'une personne",
      usage: PERSON_USAGE,
      run: personCommand,
    },
  ],
  [
    'mail',
    {
      summary: 'les courriels écrits, envoyés, gardés, non remis',
      usage: MAIL_USAGE,
      run: mailCommand,
    },
  ],
  [
    'documents',
    {
      summary: 'refaire les documents gardés et comparer',
      usage: DOCUMENTS_USAGE,
      run: documentsCommand,
    },
  ],
  [
    'templates',
    {
      summary: 'contrôler les modèles des documents',
      usage: TEMPLATES_USAGE,
      run: templatesCommand,
    },
  ],
]);

const USAGE = `Usage : halle COMMANDE

${[...COMMANDS].map(([name, { summary }]) => `  ${name.padEnd(12)} ${summary}`).join('\n')}

  --version  version du programme
  --help     cette aide, ou celle d'une commande (halle campaign --help)`;

const terminal = createTerminal(process.stderr);

async function run([name, ...args]: readonly string[]): Promise<number> {
  if (name === '--version') {
    const { version } = JSON.parse(readFileSync(join(PROJECT_ROOT, 'package.json'), 'utf8')) as {
      version: string;
    };
    process.stdout.write(`${version}\n`);
    return 0;
  }
  const command = COMMANDS.get(name ?? '');
  const help = (word: string | undefined): boolean => word === '--help' || word === '-h';
  if (help(name) || args.some(help)) {
    process.stdout.write(`${command?.usage ?? USAGE}\n`);
    return 0;
  }
  if (!command)
    throw new UsageError([
      name === undefined ? 'Indiquer une commande.' : `Commande inconnue : ${name}.`,
      USAGE,
    ]);
  const config = readConfig();
  // People read the terminal: the technical journal speaks only of what goes wrong, unless asked.
  const level = config.logLevel === 'info' ? 'fatal' : config.logLevel;
  return command.run(args, config, createLogger({ logLevel: level }, 'cli', 2), terminal);
}

try {
  process.exitCode = await run(process.argv.slice(2));
} catch (error) {
  terminal.line(error instanceof Error ? error.message : String(error));
  process.exitCode = error instanceof UsageError ? 2 : 1;
}
