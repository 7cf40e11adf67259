import { resolve } from 'node:path';
import { type ParseArgsConfig, parseArgs } from 'node:util';
import { SIRET_FAULTS } from '../buyers/siret.messages.js';
import { readSiret } from '../buyers/siret.rules.js';
import { UsageError } from './campaign-options.js';

export const JOURNAL_USAGE = `Usage : halle journal verify [--group ID] [--known FICHIER] [--note FICHIER]
        halle journal export --buyer SIRET --out FICHIER

verify    recalcule l'empreinte de chaque ligne du journal, et dit lesquelles ont été modifiées,
          supprimées ou déplacées
  --group ID        ce groupement seulement
  --note FICHIER    si le journal est intact, écrit la fin de chaque chaîne, à garder ailleurs
  --known FICHIER   vérifie aussi que ce qui avait été noté s'y trouve toujours

export    écrit au format CSV tout ce qui concerne un acheteur
  --buyer SIRET     l'acheteur
  --out FICHIER     fichier où écrire

Code de sortie : 0 réussi ; 1 journal altéré, ou autre panne ; 2 commande à corriger.`;

export interface VerifyOptions {
  readonly action: 'verify';
  readonly group: string | null;
  readonly known: string | null;
  readonly note: string | null;
}

export interface ExportOptions {
  readonly action: 'export';
  readonly siret: string;
  readonly out: string;
}

/**
 * @param from folder against which relative paths are taken
 * @throws {UsageError} with every problem of the command line
 */
export function readJournalOptions(
  [action, ...args]: readonly string[],
  from: string,
): VerifyOptions | ExportOptions {
  const path = (text: string | undefined): string | null => (text ? resolve(from, text) : null);
  if (action === 'verify') {
    const { group, known, note } = parse(args, ['group', 'known', 'note']);
    if (group !== undefined && !/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(group))
      throw new UsageError([`--group : « ${group} » n’est pas l’identifiant d’un groupement.`]);
    return { action, group: group?.toLowerCase() ?? null, known: path(known), note: path(note) };
  }
  if (action === 'export') {
    const { buyer, out } = parse(args, ['buyer', 'out']);
    const problems: string[] = [];
    const { siret, fault } = readSiret(buyer ?? '');
    if (!buyer) problems.push('Indiquer l’acheteur : --buyer SIRET.');
    else if (fault) problems.push(`--buyer : « ${buyer} » : ${SIRET_FAULTS[fault].join(' ; ')}.`);
    const file = path(out);
    if (file === null) problems.push('Indiquer où écrire : --out FICHIER.');
    if (problems.length > 0 || file === null) throw new UsageError(problems);
    return { action, siret, out: file };
  }
  throw new UsageError([
    action === undefined ? 'Indiquer verify ou export.' : `Action inconnue : journal ${action}.`,
    JOURNAL_USAGE,
  ]);
}

function parse<N extends string>(args: readonly string[], names: readonly N[]): Partial<Record<N, string>> {
  const options: ParseArgsConfig['options'] = Object.fromEntries(
    names.map((name) => [name, { type: 'string' }]),
  );
  try {
    return parseArgs({ args: [...args], options }).values as Partial<Record<N, string>>;
  } catch (error) {
    // Node's messages are English; the option is what people need to know.
    const word = /'?(--?[\w-]+)/.exec((error as Error).message)?.[1] ?? '';
    const code = (error as { code?: string }).code;
    if (code === 'ERR_PARSE_ARGS_UNEXPECTED_POSITIONAL')
      throw new UsageError([`Argument en trop : ${/'([^']*)'/.exec((error as Error).message)?.[1] ?? ''}.`]);
    throw new UsageError([
      code === 'ERR_PARSE_ARGS_UNKNOWN_OPTION'
        ? `Option inconnue : ${word}.`
        : `L’option ${word} attend une valeur.`,
    ]);
  }
}
