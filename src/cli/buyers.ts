import {
  BuyersImportService,
  type ImportedBuyer,
  type ImportReport,
} from '../buyers/buyers-import.service.js';
import { REFERENCE } from '../buyers/national-entry.rules.js';
import { SIREN_FAULTS } from '../buyers/siret.messages.js';
import { readSiren } from '../buyers/siret.rules.js';
import { frenchCount } from '../money/french.js';
import type { Config } from '../platform/config/config.js';
import type { Logger } from '../platform/log/logger.js';
import { readArguments } from './arguments.js';
import { UsageError } from './campaign-options.js';
import { operator, personAtConsole } from './operator.js';
import type { Terminal } from './terminal.js';
import { inTransaction } from './with-application.js';

export const BUYERS_USAGE = `Usage : halle buyers ACTION

  import --epci SIREN [--as ADRESSE]
             reprend un EPCI à fiscalité propre et toutes ses communes du référentiel national
             (INSEE, DGCL, édition ${REFERENCE.edition}) : crée ce qui manque, complète ce qui est là,
             ne renomme personne ; répété, ne change rien

  --as       la personne au nom de qui c'est fait, avec ses droits ; sinon, l'opérateur de la machine

Le référentiel ne donne que le SIREN : le SIRET du siège se complète sur la fiche, ou par le premier
fichier de campagne qui le porte.`;

/** `halle buyers`: who may join groups. @returns the exit code */
export async function buyersCommand(
  [action, ...args]: readonly string[],
  config: Config,
  log: Logger,
  terminal: Terminal,
): Promise<number> {
  if (action !== 'import') throw new UsageError(['Indiquer ce qu’il faut faire : import.', BUYERS_USAGE]);
  const { values } = readArguments(args, { values: ['epci', 'as'], required: ['epci'] }, BUYERS_USAGE);
  const { siren, fault } = readSiren(values['epci']!);
  if (fault) throw new UsageError([`--epci : « ${values['epci']!} » : ${SIREN_FAULTS[fault].join(' ; ')}.`]);
  const as = values['as'];
  const report = await inTransaction(config, log, async (app, tx, at) => {
    const caller = as === undefined ? operator() : await personAtConsole(app, as);
    if (!caller.may('buyer.register', {}))
      throw new UsageError([
        `${as ?? ''} ne peut pas enregistrer d’acheteur ; rien n’a été enregistré. Un opérateur lui donne ce droit :`,
        `halle user grant ${as ?? ''} --role procurement_officer --buyer SIRET`,
      ]);
    const trace = caller.require('buyer.register', {});
    return app.get(BuyersImportService).importEpci(tx, trace, at, siren);
  });
  for (const line of importLines(report)) terminal.line(line);
  return 0;
}

const counted = (count: number, one: string, many = `${one}s`): string =>
  `${frenchCount(count)} ${count > 1 ? many : one}`;
const named = ({ name, inseeCode, siren }: Omit<ImportedBuyer, 'id'>): string =>
  `${name} (${inseeCode ?? siren})`;

/** What an import did, for whoever asked it. */
export function importLines({ created, updated, left, otherNames, skipped }: ImportReport): string[] {
  return [
    `Référentiel national ${REFERENCE.edition} : ${counted(created.length, 'acheteur créé', 'acheteurs créés')}, ` +
      `${counted(updated.length, 'complété')}, ${counted(left.length, 'inchangé')}.`,
    ...created.map((buyer) => `  créé       ${named(buyer)}`),
    ...updated.map((buyer) => `  complété   ${named(buyer)}`),
    ...otherNames.map((buyer) => `  nom gardé  ${named(buyer)}, « ${buyer.nationalName} » au référentiel`),
    ...skipped.map(
      (entry) =>
        `  non repris ${named(entry)}, SIREN ${entry.siren} : déjà ici ${entry.others
          .map((other) => `${named(other)}, SIREN ${other.siren}`)
          .join(' ; ')}. Corriger la fiche qui se trompe, puis recommencer.`,
    ),
    ...(created.length > 0
      ? [
          'SIRET : le référentiel n’en donne pas ; les compléter avant l’adhésion.',
          'Populations : la source ne donne pas leur millésime ; le vérifier avant d’en faire une clé de répartition.',
        ]
      : []),
  ];
}
