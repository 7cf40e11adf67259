import { isUUID } from 'class-validator';
import { DocumentsVerification, type Verdict } from '../documents/documents-verification.service.js';
import type { Config } from '../platform/config/config.js';
import type { Logger } from '../platform/log/logger.js';
import { UsageError } from './campaign-options.js';
import type { Terminal } from './terminal.js';
import { inTransaction } from './with-application.js';

export const DOCUMENTS_USAGE = `Usage : halle documents verify [CONSULTATION]

Refait chaque document gardé à partir de la version du dossier dont il est tiré, et compare les octets.
Sans identifiant : toutes les consultations. Un document dont le modèle a changé depuis ne peut plus être refait : l'empreinte
de son fichier est alors recalculée.

Code de sortie : 0 tous intacts ; 1 un document modifié, ou autre panne ; 2 commande à corriger.`;

const WORDS: Readonly<Record<Exclude<Verdict, 'same' | 'older'>, string>> = {
  different: 'refait, il n’est plus le même',
  altered: 'ce qui est gardé ne donne plus son empreinte',
};

/** `halle documents verify`: is what was made still what its data give? @returns the exit code */
export async function documentsCommand(
  [action, consultationId, ...more]: readonly string[],
  config: Config,
  log: Logger,
  terminal: Terminal,
): Promise<number> {
  if (action !== 'verify' || more.length > 0 || (consultationId !== undefined && !isUUID(consultationId)))
    throw new UsageError([
      'Écrire : halle documents verify, suivi au besoin de l’identifiant d’une consultation.',
    ]);
  const counts = await inTransaction(config, log, async (app, tx) => {
    const told: Record<Verdict, number> = { same: 0, older: 0, different: 0, altered: 0 };
    const verification = app.get(DocumentsVerification, { strict: false });
    for await (const document of verification.verify(tx, consultationId ?? null)) {
      const { verdict, title, dossier, fileName, sha256 } = document;
      told[verdict] += 1;
      if (verdict === 'different' || verdict === 'altered')
        terminal.line(
          `${title}, version ${dossier}, ${fileName} (${sha256.slice(0, 12)}) : ${WORDS[verdict]}.`,
        );
    }
    return told;
  });
  const { same, older, different, altered } = counts;
  terminal.line(
    `${same + older + different + altered} documents : ${same} refaits à l’identique, ${older} d’un modèle antérieur (empreinte vérifiée), ${different + altered} modifiés.`,
  );
  return different + altered > 0 ? 1 : 0;
}
