import type { INestApplicationContext } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Person } from '../accounts/person.entity.js';
import { Buyer } from '../buyers/buyer.entity.js';
import { BuyersService } from '../buyers/buyers.service.js';
import { nationalBuyer } from '../buyers/national-reference.js';
import { SIRET_FAULTS } from '../buyers/siret.messages.js';
import { readSiret, sirenOf } from '../buyers/siret.rules.js';
import type { Trace } from '../platform/journal/trace.js';
import { UsageError } from './campaign-options.js';

export const findPerson = (tx: EntityManager, email: string): Promise<Person | null> =>
  tx.findOne(Person, { where: { email: email.toLowerCase() } });

/** The account of that address, open or closed. @throws {UsageError} when there is none */
export async function requirePerson(tx: EntityManager, email: string): Promise<Person> {
  const person = await findPerson(tx, email);
  if (!person) throw new UsageError([`Aucun compte à l’adresse ${email}. « halle user list » les montre.`]);
  return person;
}

/**
 * The buyer of that SIRET: the one that is here, else the commune or EPCI of the national reference, which is recorded.
 *
 * @returns its id
 * @throws {UsageError} when the SIRET is wrong, or nobody is known by it
 */
export async function requireBuyer(
  app: INestApplicationContext,
  tx: EntityManager,
  trace: Trace,
  at: Date,
  text: string,
): Promise<string> {
  const { siret, fault } = readSiret(text);
  if (fault) throw new UsageError([`--buyer : « ${text} » : ${SIRET_FAULTS[fault].join(' ; ')}.`]);
  const known = await tx.findOne(Buyer, { where: { siret } });
  if (known) return known.id;
  const named = nationalBuyer(sirenOf(siret));
  if (!named)
    throw new UsageError([
      `Aucun acheteur n’a le SIRET ${siret}, et le référentiel national des communes et EPCI ne le connaît pas.`,
    ]);
  const ids = await app.get(BuyersService).register(tx, trace, at, [{ siret, ...named }]);
  return ids.get(siret)!;
}
