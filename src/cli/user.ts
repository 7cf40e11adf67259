import type { INestApplicationContext } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { AccountsQueries } from '../accounts/accounts.queries.js';
import { InvitationsService } from '../accounts/invitations.service.js';
import { linkAddress } from '../accounts/link-address.rules.js';
import { PeopleService } from '../accounts/people.service.js';
import { RolesService } from '../accounts/roles.service.js';
import { type Role, ROLE_NAMES, ROLES } from '../accounts/roles.rules.js';
import type { Caller } from '../platform/access/caller.js';
import { type Config, publicUrlOf } from '../platform/config/config.js';
import type { Logger } from '../platform/log/logger.js';
import { type Arguments, readArguments, readEmail } from './arguments.js';
import { UsageError } from './campaign-options.js';
import { operator } from './operator.js';
import type { Terminal } from './terminal.js';
import { requireBuyer, requirePerson } from './people.js';
import { inTransaction } from './with-application.js';

const GIVABLE = ROLE_NAMES.filter((role) => ROLES[role].given === 'invitation');

export const USER_USAGE = `Usage : halle user ACTION

  create --email ADRESSE --name NOM [--role ROLE] [--buyer SIRET | --group ID]
             crée un compte, et lui donne un rôle
  invite --email ADRESSE --name NOM --role ROLE [--buyer SIRET | --group ID]
             montre un lien à transmettre, qui vaut une fois
  grant ADRESSE --role ROLE [--buyer SIRET | --group ID]
             donne un rôle à une personne
  revoke ADRESSE --role ROLE [--buyer SIRET | --group ID]
             retire un rôle à une personne
  close ADRESSE
             ferme un compte : sessions, jetons et rôles finissent
  list       les personnes et leurs rôles

Rôles : ${GIVABLE.map((role) => `${role} (${ROLES[role].french})`).join(', ')}.`;

const PLACE = ['role', 'buyer', 'group'];

/** `halle user`: accounts, for the operator of the machine. @returns the exit code */
export async function userCommand(
  [action, ...args]: readonly string[],
  config: Config,
  log: Logger,
  terminal: Terminal,
): Promise<number> {
  const act = ACTIONS[action ?? ''];
  if (!act)
    throw new UsageError([`Indiquer ce qu’il faut faire : ${Object.keys(ACTIONS).join(', ')}.`, USER_USAGE]);
  const lines = await act(args, config, log);
  for (const line of lines) terminal.line(line);
  return 0;
}

type Action = (args: readonly string[], config: Config, log: Logger) => Promise<readonly string[]>;

const ACTIONS: Readonly<Record<string, Action>> = {
  create: async (args, config, log) => {
    const { values } = readArguments(
      args,
      { values: ['email', 'name', ...PLACE], required: ['email', 'name'] },
      USER_USAGE,
    );
    const person = { email: readEmail(values['email']!), name: values['name']! };
    return inTransaction(config, log, async (app, tx, at) => {
      const by = operator();
      const personId = await app.get(PeopleService).create(tx, by.trace, at, person);
      const role = values['role'] === undefined ? null : await placeOf(app, tx, by, at, values);
      if (role) await app.get(RolesService).give(tx, by.trace, at, { ...role, personId, grantedBy: null });
      return [`Compte créé : ${person.email}${role ? `, ${ROLES[role.role].french}` : ''}.`];
    });
  },
  invite: async (args, config, log) => {
    const { values } = readArguments(
      args,
      { values: ['email', 'name', ...PLACE], required: ['email', 'name', 'role'] },
      USER_USAGE,
    );
    const person = { email: readEmail(values['email']!), name: values['name']! };
    const by = operator();
    const secret = await inTransaction(config, log, async (app, tx, at) =>
      app
        .get(InvitationsService)
        .inviteByHand(tx, by, at, { ...person, ...(await placeOf(app, tx, by, at, values)) }),
    );
    return [
      `Lien à transmettre à ${person.email}. Il vaut une fois, pendant 14 jours :`,
      linkAddress(publicUrlOf(config), secret),
    ];
  },
  grant: async (args, config, log) => {
    const { values, words } = readArguments(
      args,
      { values: PLACE, words: ['l’adresse de la personne'], required: ['role'] },
      USER_USAGE,
    );
    return inTransaction(config, log, async (app, tx, at) => {
      const person = await requirePerson(tx, words[0]!);
      const by = operator();
      const role = await placeOf(app, tx, by, at, values);
      await app.get(RolesService).give(tx, by.trace, at, { ...role, personId: person.id, grantedBy: null });
      return [`${words[0]!} : ${ROLES[role.role].french}.`];
    });
  },
  revoke: async (args, config, log) => {
    const { values, words } = readArguments(
      args,
      { values: PLACE, words: ['l’adresse de la personne'], required: ['role'] },
      USER_USAGE,
    );
    return inTransaction(config, log, async (app, tx, at) => {
      const person = await requirePerson(tx, words[0]!);
      const by = operator();
      const role = await placeOf(app, tx, by, at, values);
      await app.get(RolesService).revoke(tx, by.trace, at, { ...role, personId: person.id });
      return [`${words[0]!} : n’est plus ${ROLES[role.role].french}.`];
    });
  },
  close: async (args, config, log) => {
    const { words } = readArguments(args, { values: [], words: ['l’adresse de la personne'] }, USER_USAGE);
    return inTransaction(config, log, async (app, tx, at) => {
      const person = await requirePerson(tx, words[0]!);
      await app.get(PeopleService).close(tx, operator(), at, person.id);
      return [`Compte fermé : ${words[0]!}.`];
    });
  },
  list: async (args, config, log) => {
    readArguments(args, { values: [] }, USER_USAGE);
    return inTransaction(config, log, (app, tx) => everyone(app, tx));
  },
};

/** The role asked for, and where. @throws {UsageError} */
async function placeOf(
  app: INestApplicationContext,
  tx: EntityManager,
  by: Caller,
  at: Date,
  values: Arguments['values'],
): Promise<{ role: Role; buyerId: string | null; groupId: string | null }> {
  const role = GIVABLE.find((name) => name === values['role']);
  if (!role)
    throw new UsageError([`--role : « ${values['role'] ?? ''} » refusé ; choisir ${GIVABLE.join(', ')}.`]);
  const { buyer, group } = values;
  if (buyer !== undefined && group !== undefined)
    throw new UsageError(['Choisir entre --buyer et --group : un rôle se tient sur une chose.']);
  if (group !== undefined) {
    const [found] = /^[0-9a-f-]{36}$/.test(group)
      ? await tx.query<{ id: string }[]>(`select id from purchasing_group where id = $1`, [group])
      : [];
    if (!found) throw new UsageError([`--group : aucun groupement n’a l’identifiant « ${group} ».`]);
  }
  return {
    role,
    buyerId: buyer === undefined ? null : await requireBuyer(app, tx, by.trace, at, buyer),
    groupId: group ?? null,
  };
}

async function everyone(app: INestApplicationContext, tx: EntityManager): Promise<string[]> {
  const queries = app.get(AccountsQueries);
  const people = await queries.people(tx, null, null);
  if (people.length === 0)
    return ['Personne encore. « npm start » montre le lien du premier administrateur.'];
  const roles = await queries.allRoles(tx);
  return people.map((person) => {
    const held = roles
      .filter((role) => role.personId === person.id)
      .map(
        (role) =>
          `${ROLES[role.role].french}${(role.buyerName ?? role.groupTitle) ? ` (${role.buyerName ?? role.groupTitle ?? ''})` : ''}`,
      );
    return `${person.email ?? ''}  ${person.name}${person.closedAt ? '  compte fermé' : ''}  ${held.join(', ') || 'aucun rôle'}`;
  });
}
