import type { INestApplicationContext } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { Buyer } from '../buyers/buyer.entity.js';
import { Person } from '../accounts/person.entity.js';
import { readSiret } from '../buyers/siret.rules.js';
import { SIRET_FAULTS } from '../buyers/siret.messages.js';
import { Clock } from '../platform/clock/clock.js';
import type { Config } from '../platform/config/config.js';
import type { Logger } from '../platform/log/logger.js';
import { Refused } from '../platform/refusals/refused.js';
import { openRuntime } from '../processes/runtime.js';
import { startQuiet } from '../processes/quiet.js';
import { UsageError } from './campaign-options.js';

/**
 * Opens the application, runs one command in one transaction, and closes everything.
 *
 * @throws {UsageError} when the command is refused: the person at the console can mend it
 */
export async function inTransaction<T>(
  config: Config,
  log: Logger,
  work: (app: INestApplicationContext, tx: EntityManager, at: Date) => Promise<T>,
): Promise<T> {
  const runtime = await openRuntime(config, log);
  try {
    const app = await startQuiet(runtime, log);
    try {
      return await app.get(DataSource).transaction((tx) => work(app, tx, app.get(Clock).now()));
    } finally {
      await app.close();
    }
  } catch (error) {
    throw error instanceof Refused ? new UsageError([error.message]) : error;
  } finally {
    await runtime.close();
  }
}

/** @throws {UsageError} when no open account has that address */
export async function requirePerson(tx: EntityManager, email: string): Promise<Person> {
  const person = await tx.findOne(Person, { where: { email: email.toLowerCase() } });
  if (!person) throw new UsageError([`Aucun compte à l’adresse ${email}. « halle user list » les montre.`]);
  return person;
}

/** @throws {UsageError} when the SIRET is wrong, or nobody here has it */
export async function requireBuyer(tx: EntityManager, text: string): Promise<Buyer> {
  const { siret, fault } = readSiret(text);
  if (fault) throw new UsageError([`--buyer : « ${text} » : ${SIRET_FAULTS[fault].join(' ; ')}.`]);
  const buyer = await tx.findOne(Buyer, { where: { siret } });
  if (!buyer)
    throw new UsageError([`Aucun acheteur n’a le SIRET ${siret}. Il naît de sa première campagne.`]);
  return buyer;
}
