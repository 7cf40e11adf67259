import { randomUUID } from 'node:crypto';
import { userInfo } from 'node:os';
import type { INestApplicationContext } from '@nestjs/common';
import { RightsService } from '../accounts/rights.service.js';
import { Caller } from '../platform/access/caller.js';
import { UsageError } from './campaign-options.js';
import { requirePerson } from './people.js';
import { DataSource } from 'typeorm';

/**
 * Whoever runs a command on the server, known by the system account, for this run. The machine's account can do
 * everything to its database: rights are not asked, acts are traced.
 */
export const operator = (): Caller =>
  new Caller(
    {
      actorKind: 'operator',
      actorId: null,
      actorName: systemAccount(),
      tokenId: null,
      onBehalfOf: null,
      channel: 'cli',
      requestId: randomUUID(),
    },
    null,
    () => ({ verdict: 'allowed', onBehalfOf: null }),
  );

/** A named person at the console, with its own rights. @throws {UsageError} when it has no open account */
export async function personAtConsole(app: INestApplicationContext, email: string): Promise<Caller> {
  const person = await requirePerson(app.get(DataSource).manager, email);
  const caller = await app
    .get(RightsService)
    .ofPerson(person.id, { channel: 'cli', requestId: randomUUID() });
  if (!caller) throw new UsageError([`Le compte ${email} est fermé.`]);
  return caller;
}

function systemAccount(): string {
  try {
    return userInfo().username;
  } catch (error) {
    // A container may run under a number that its /etc/passwd does not name.
    if ((error as { code?: string }).code !== 'ERR_SYSTEM_ERROR') throw error;
    return `uid ${process.getuid?.() ?? ''}`;
  }
}
