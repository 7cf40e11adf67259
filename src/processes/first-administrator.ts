import type { INestApplication } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { linkAddress } from '../accounts/link-address.rules.js';
import { OneTimeLinksService } from '../accounts/one-time-links.service.js';
import { Clock } from '../platform/clock/clock.js';

/**
 * As long as nobody administers the installation, each start shows a link that makes the first administrator: on the
 * console, which only the operator reads, and never in the technical journal. There is no default account.
 */
export async function tellFirstAdministrator(app: INestApplication, url: string): Promise<void> {
  const secret = await app
    .get(DataSource)
    .transaction((tx) => app.get(OneTimeLinksService).firstAdministrator(tx, app.get(Clock).now()));
  if (secret === null) return;
  process.stderr.write(
    `Aucun administrateur encore. Ce lien, valable une fois et un jour, crée le premier :\n` +
      `${linkAddress(url, secret)}\n` +
      `L’ouvrir dit comment s’en servir ; ou bien : npm run halle -- user create --email ADRESSE --name NOM --role administrator\n`,
  );
}
