import { AccountsQueries } from '../accounts/accounts.queries.js';
import { type Key, PERMISSION_KEYS } from '../accounts/permissions.rules.js';
import { TokensService } from '../accounts/tokens.service.js';
import { parisTime } from '../calendar/plain-date.js';
import type { Config } from '../platform/config/config.js';
import type { Logger } from '../platform/log/logger.js';
import { readArguments, readDays } from './arguments.js';
import { UsageError } from './campaign-options.js';
import { operator } from './operator.js';
import type { Terminal } from './terminal.js';
import { requireBuyer, requirePerson } from './people.js';
import { inTransaction } from './with-application.js';

export const TOKEN_USAGE = `Usage : halle token ACTION

  create ADRESSE --label TEXTE --keys DROIT,DROIT… [--days N] [--buyer SIRET | --group ID]
             crée un jeton pour les programmes d'une personne, montré une seule fois (90 jours par défaut)
  list ADRESSE
             ses jetons
  revoke ADRESSE ID
             révoque un jeton

Droits : voir docs/permissions.md.`;

type Action = (args: readonly string[], config: Config, log: Logger, terminal: Terminal) => Promise<void>;

const PERSON = 'l’adresse de la personne';

const ACTIONS: Readonly<Record<string, Action>> = {
  create: async (args, config, log, terminal) => {
    const { values, words } = readArguments(
      args,
      { values: ['label', 'keys', 'days', 'buyer', 'group'], words: [PERSON], required: ['label', 'keys'] },
      TOKEN_USAGE,
    );
    const keys = readKeys(values['keys']!);
    const days = readDays(values['days'], 90);
    const { label, buyer, group = null } = values;
    if (buyer !== undefined && group !== null) throw new UsageError(['Choisir entre --buyer et --group.']);
    if (group !== null && !/^[0-9a-f-]{36}$/.test(group))
      throw new UsageError([`--group : « ${group} » n’est pas l’identifiant d’un groupement.`]);
    const { secret, expiresAt } = await inTransaction(config, log, async (app, tx, at) => {
      const person = await requirePerson(tx, words[0]!);
      const buyerId = buyer === undefined ? null : await requireBuyer(app, tx, operator().trace, at, buyer);
      const request = { label: label!, keys, days, groupId: group, buyerId };
      return app.get(TokensService).create(tx, operator(), at, person.id, request);
    });
    terminal.line(`Jeton de ${words[0]!}, jusqu’au ${parisTime(expiresAt)}, montré cette seule fois :`);
    // Alone on standard output, so that a script may take it.
    process.stdout.write(`${secret}\n`);
  },
  list: async (args, config, log, terminal) => {
    const { words } = readArguments(args, { values: [], words: [PERSON] }, TOKEN_USAGE);
    const { tokens, now } = await inTransaction(config, log, async (app, tx, at) => ({
      tokens: await app.get(AccountsQueries).tokens(tx, (await requirePerson(tx, words[0]!)).id),
      now: at.getTime(),
    }));
    if (tokens.length === 0) terminal.line('Aucun jeton.');
    for (const token of tokens)
      terminal.line(
        [
          token.id,
          token.label,
          token.revokedAt
            ? 'révoqué'
            : `${token.expiresAt.getTime() < now ? 'fini le' : 'jusqu’au'} ${parisTime(token.expiresAt)}`,
          token.lastUsedAt ? `dernier usage ${parisTime(token.lastUsedAt)}` : 'jamais utilisé',
          token.keys.join(','),
        ].join('  '),
      );
  },
  revoke: async (args, config, log, terminal) => {
    const { words } = readArguments(
      args,
      { values: [], words: [PERSON, 'l’identifiant du jeton'] },
      TOKEN_USAGE,
    );
    const [email, id] = words as [string, string];
    if (!/^[0-9a-f-]{36}$/.test(id)) throw new UsageError([`« ${id} » n’est pas l’identifiant d’un jeton.`]);
    await inTransaction(config, log, async (app, tx, at) =>
      app.get(TokensService).revoke(tx, operator(), at, (await requirePerson(tx, email)).id, id),
    );
    terminal.line('Jeton révoqué.');
  },
};

/** `halle token`: tokens of people, for the operator of the machine. @returns the exit code */
export async function tokenCommand(
  [action, ...args]: readonly string[],
  config: Config,
  log: Logger,
  terminal: Terminal,
): Promise<number> {
  const act = ACTIONS[action ?? ''];
  if (!act)
    throw new UsageError([`Indiquer ce qu’il faut faire : ${Object.keys(ACTIONS).join(', ')}.`, TOKEN_USAGE]);
  await act(args, config, log, terminal);
  return 0;
}

function readKeys(text: string): Key[] {
  const words = text.split(',').map((word) => word.trim());
  const unknown = words.filter((word) => !(PERMISSION_KEYS as readonly string[]).includes(word));
  if (unknown.length > 0)
    throw new UsageError([
      `--keys : ${unknown.join(', ')} inconnu ; les droits sont dans docs/permissions.md.`,
    ]);
  return words as Key[];
}
