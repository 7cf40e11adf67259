import { basename, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { FIXED_SHARE_SCALE } from '../allocation/allocation.service.js';
import { SHARING_KEYS, type SharingKey } from '../allocation/sharing.rules.js';
import { SIRET_FAULTS } from '../buyers/siret.messages.js';
import { readSiret } from '../buyers/siret.rules.js';
import { readDecimal } from '../money/decimal.js';

export interface CampaignOptions {
  readonly directory: string;
  readonly out: string;
  readonly coordinator: string | null;
  readonly coordinatorName: string | null;
  readonly title: string | null;
  /** Address of the person who acts; null: whoever runs the command. */
  readonly as: string | null;
  readonly years: number;
  readonly renewals: number;
  readonly key: SharingKey;
  /** Ten-thousandths; null but for the fixed-variable key. */
  readonly fixedShare: bigint | null;
}

/** The command line cannot be followed; each problem is a French sentence. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
  constructor(readonly problems: readonly string[]) {
    super(problems.join('\n'));
  }
}

const REASONS: Readonly<Record<string, string>> = {
  EACCES: 'les droits manquent',
  EPERM: 'les droits manquent',
  EROFS: 'le disque est en lecture seule',
  EISDIR: 'c’est un dossier',
  ENOSPC: 'le disque est plein',
  ENAMETOOLONG: 'le nom est trop long',
};

/** French words for a refusal of the file system. */
export const reasonOf = (error: unknown): string =>
  REASONS[(error as NodeJS.ErrnoException).code ?? ''] ??
  (error instanceof Error ? error.message : String(error));

export const CAMPAIGN_USAGE = `Usage : halle campaign DOSSIER --out SORTIE [options]

Lit catalogue.csv, adhesions.csv, besoins.csv et couts.csv (facultatif) dans DOSSIER,
puis écrit dans SORTIE les documents de la consultation, les classeurs et summary.json.

  --out SORTIE              dossier où écrire (créé s'il n'existe pas)
  --coordinator SIRET       coordonnateur ; par défaut, le seul membre sans code INSEE
  --coordinator-name NOM    son nom, s'il n'est ni dans adhesions.csv ni dans le référentiel national
  --as ADRESSE              personne qui agit, nommée au journal ; par défaut, le compte système
  --title TITRE             intitulé de la consultation
  --years N                 durée ferme en années (1 par défaut)
  --renewals N              reconductions possibles, d'un an chacune (0 par défaut)
  --key CLE                 clé des frais de procédure : none (défaut), equal, population, need, fixed-variable
  --fixed-share PART        part fixe de la clé fixed-variable, de 0 à 1 (0.30 par défaut)

Code de sortie : 0 réussi ; 2 saisie à corriger (voir SORTIE/errors.csv) ; 1 autre panne.`;

const OPTIONS = {
  out: { type: 'string' },
  coordinator: { type: 'string' },
  'coordinator-name': { type: 'string' },
  title: { type: 'string' },
  as: { type: 'string' },
  years: { type: 'string' },
  renewals: { type: 'string' },
  key: { type: 'string' },
  'fixed-share': { type: 'string' },
} as const;

type Values = Partial<Record<keyof typeof OPTIONS, string>>;

/**
 * @param from folder against which relative paths are taken
 * @throws {UsageError} with every problem of the command line
 */
export function readCampaignOptions(args: readonly string[], from: string): CampaignOptions {
  const { values, positionals } = parse(args);
  const problems: string[] = [];
  const [directory, ...extra] = positionals;
  if (directory === undefined)
    problems.push('Indiquer le dossier à lire : halle campaign DOSSIER --out SORTIE.');
  if (extra.length > 0) problems.push(`Argument en trop : ${extra.join(' ')}.`);
  if (!values.out) problems.push('Indiquer où écrire : --out SORTIE.');
  const key = SHARING_KEYS.find((name) => name === (values.key ?? 'none'));
  if (!key)
    problems.push(`--key : « ${values.key ?? ''} » n’est pas une clé ; choisir ${SHARING_KEYS.join(', ')}.`);
  const options = {
    directory: resolve(from, directory ?? '.'),
    out: resolve(from, values.out ?? '.'),
    coordinator: readCoordinator(values.coordinator, problems),
    coordinatorName: values['coordinator-name']?.trim() || null,
    title: values.title?.trim() || null,
    as: values.as?.trim() || null,
    years: readCount('--years', values.years, 1, 30, 1, problems),
    renewals: readCount('--renewals', values.renewals, 0, 30, 0, problems),
    key: key ?? 'none',
    fixedShare: readFixedShare(values['fixed-share'], key, problems),
  };
  if (problems.length > 0) throw new UsageError(problems);
  return options;
}

/** The title when none was given: who buys, and the folder's name. */
export const defaultTitle = (coordinatorName: string, directory: string): string =>
  `${coordinatorName} - ${basename(directory)}`;

function parse(args: readonly string[]): { values: Values; positionals: string[] } {
  try {
    return parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true });
  } catch (error) {
    // Node's messages are English; the option is what people need to know.
    const option = /'?(--?[\w-]+)/.exec((error as Error).message)?.[1] ?? '';
    const unknown = (error as { code?: string }).code === 'ERR_PARSE_ARGS_UNKNOWN_OPTION';
    throw new UsageError([
      unknown ? `Option inconnue : ${option}.` : `L’option ${option} attend une valeur.`,
    ]);
  }
}

function readCoordinator(text: string | undefined, problems: string[]): string | null {
  if (text === undefined) return null;
  const { siret, fault } = readSiret(text);
  if (fault) problems.push(`--coordinator : « ${text} » : ${SIRET_FAULTS[fault].join(' ; ')}.`);
  return siret;
}

function readCount(
  name: string,
  text: string | undefined,
  min: number,
  max: number,
  fallback: number,
  problems: string[],
): number {
  if (text === undefined) return fallback;
  const value = /^\d{1,2}$/.test(text) ? Number(text) : NaN;
  if (value >= min && value <= max) return value;
  problems.push(`${name} : « ${text} » refusé ; attendu : un nombre entier de ${min} à ${max}.`);
  return fallback;
}

function readFixedShare(
  text: string | undefined,
  key: SharingKey | undefined,
  problems: string[],
): bigint | null {
  if (text !== undefined && key !== undefined && key !== 'fixed-variable')
    problems.push('--fixed-share ne va qu’avec --key fixed-variable.');
  const reading = readDecimal(text ?? '0.30', FIXED_SHARE_SCALE);
  if (!reading.ok || reading.value < 0n || reading.value > 10_000n)
    problems.push(
      `--fixed-share : « ${text ?? ''} » refusé ; attendu : un nombre de 0 à 1, par exemple 0.30.`,
    );
  return key === 'fixed-variable' && reading.ok ? reading.value : null;
}
