import { resolve } from 'node:path';
import { PersonalDataService } from '../accounts/personal-data.service.js';
import { type Config, invocationDirectory } from '../platform/config/config.js';
import type { Logger } from '../platform/log/logger.js';
import { readArguments } from './arguments.js';
import { UsageError } from './campaign-options.js';
import { writeWhole } from './campaign-output.js';
import { operator } from './operator.js';
import type { Terminal } from './terminal.js';
import { findPerson, requirePerson } from './people.js';
import { inTransaction } from './with-application.js';

export const PERSON_USAGE = `Usage : halle person ACTION

  export ADRESSE --out FICHIER
             tout ce qui est gardé d'une personne, en JSON (RGPD, articles 15 et 20)
  erase ADRESSE --confirm ADRESSE
             efface une personne : nom, adresse, mot de passe, jetons, sessions, courriels reçus (RGPD, article 17) ;
             ses actes restent au journal, sans son nom`;

/** `halle person`: a person's rights over its data. @returns the exit code */
export async function personCommand(
  [action, ...args]: readonly string[],
  config: Config,
  log: Logger,
  terminal: Terminal,
): Promise<number> {
  if (action === 'export') return exportPerson(args, config, log, terminal);
  if (action === 'erase') return erasePerson(args, config, log, terminal);
  throw new UsageError(['Indiquer ce qu’il faut faire : export, erase.', PERSON_USAGE]);
}

const PERSON = 'l’adresse de la personne';

async function exportPerson(
  args: readonly string[],
  config: Config,
  log: Logger,
  terminal: Terminal,
): Promise<number> {
  const { values, words } = readArguments(
    args,
    { values: ['out'], words: [PERSON], required: ['out'] },
    PERSON_USAGE,
  );
  const out = resolve(invocationDirectory(), values['out']!);
  const data = await inTransaction(config, log, async (app, tx) => {
    const service = app.get(PersonalDataService);
    const person = await findPerson(tx, words[0]!);
    if (!person) {
      // Someone may have been invited or written to, and never have come.
      const sent = await service.ofAddress(tx, words[0]!);
      if (sent.links.length + sent.mails.length > 0) return sent;
    }
    return service.export(tx, (person ?? (await requirePerson(tx, words[0]!))).id);
  });
  await writeWhole(out, `${JSON.stringify(data, null, 1)}\n`);
  terminal.line(`Données de ${words[0]!} écrites dans ${out}.`);
  return 0;
}

async function erasePerson(
  args: readonly string[],
  config: Config,
  log: Logger,
  terminal: Terminal,
): Promise<number> {
  const { values, words } = readArguments(
    args,
    { values: ['confirm'], words: [PERSON], required: ['confirm'] },
    PERSON_USAGE,
  );
  if (values['confirm'] !== words[0])
    throw new UsageError(['--confirm doit répéter l’adresse : l’effacement ne se défait pas.']);
  const invited = await inTransaction(config, log, async (app, tx, at) => {
    const service = app.get(PersonalDataService);
    const person = await findPerson(tx, words[0]!);
    if (!person && (await service.eraseAddress(tx, at, words[0]!)) > 0) return true;
    await service.erase(tx, operator().trace, at, (person ?? (await requirePerson(tx, words[0]!))).id);
    return false;
  });
  if (invited) {
    terminal.line('Adresse effacée des invitations et des courriels. Elle n’avait pas de compte.');
    return 0;
  }
  terminal.line(
    'Personne effacée. Ses actes restent au journal, par un identifiant qui ne nomme plus personne.',
  );
  return 0;
}
