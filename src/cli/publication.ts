import { isUUID } from 'class-validator';
import { PublicationService } from '../gate/publication.service.js';
import type { Config } from '../platform/config/config.js';
import type { Logger } from '../platform/log/logger.js';
import { UsageError } from './campaign-options.js';
import type { Terminal } from './terminal.js';
import { inTransaction } from './with-application.js';

export const PUBLICATION_USAGE = `Usage : halle publication verify CONSULTATION

Recalcule l'empreinte de ce qui est publié, et relit la consultation, ses besoins et son groupement : est-ce toujours ce qui a été figé ?

Code de sortie : 0 intact ; 1 modifié, ou autre panne ; 2 commande à corriger.`;

/** `halle publication`: is what was published still what is kept? @returns the exit code */
export async function publicationCommand(
  [action, consultationId, ...more]: readonly string[],
  config: Config,
  log: Logger,
  terminal: Terminal,
): Promise<number> {
  if (action !== 'verify' || !isUUID(consultationId) || more.length > 0)
    throw new UsageError(['Indiquer la consultation : halle publication verify IDENTIFIANT.']);
  const { sha256, hashHolds, contentHolds, needsSha256, needsHold, groupHolds } = await inTransaction(
    config,
    log,
    (app, tx) => app.get(PublicationService, { strict: false }).verify(tx, consultationId!),
  );
  if (!hashHolds) terminal.line(`Publication altérée : son texte ne donne plus l’empreinte ${sha256}.`);
  if (!contentHolds) terminal.line('Consultation altérée : elle n’est plus ce qui a été publié.');
  if (!needsHold)
    terminal.line('Besoins altérés : additionnés à nouveau, ils ne donnent plus l’empreinte figée.');
  if (!groupHolds)
    terminal.line(
      'Groupement altéré : ses membres, leurs décisions, leurs signatures, sa convention ou son coordonnateur ne sont plus ceux du lancement.',
    );
  if (!hashHolds || !contentHolds || !needsHold || !groupHolds) return 1;
  terminal.line(`Publication intacte : ${sha256}.`);
  if (needsSha256 !== null) terminal.line(`Besoins figés : ${needsSha256}.`);
  return 0;
}
