import { frenchCount } from '../../money/french.js';
import type { Fault } from '../csv/fault.js';

/** Why a workbook is not read. */
export type WorkbookFault = keyof ReturnType<typeof sentences>;

/** What a workbook may hold. */
export interface WorkbookLimits {
  /** Rows that hold something, in a sheet. */
  readonly rows: number;
  readonly columns: number;
}

/** Bytes that the parts of a workbook may hold together once inflated. */
export const MAX_INFLATED = 50 * 1024 * 1024;
/** Merged ranges of a sheet. */
export const MAX_MERGES = 2_000;

/** A fault as it is told of the whole file. */
export const workbookFault = (
  fault: WorkbookFault,
  limits: WorkbookLimits,
): Omit<Fault, 'file' | 'column'> => ({ line: null, value: '', ...sentences(limits)[fault] });

const SAVE_AGAIN = 'l’ouvrir dans un tableur et l’enregistrer au format «\u00a0Classeur Excel (.xlsx)\u00a0»';

const sentences = ({ rows, columns }: WorkbookLimits) => ({
  not_a_workbook: {
    problem: 'ce fichier n’est pas un classeur XLSX',
    correction: `${SAVE_AGAIN}, ou l’enregistrer en CSV`,
  },
  damaged: {
    problem: 'ce classeur est incomplet ou endommagé',
    correction: `l’envoyer de nouveau\u00a0; si cela ne suffit pas, ${SAVE_AGAIN}`,
  },
  tampered: {
    problem: 'cette archive contient deux fois la même partie, ou des parties qui se chevauchent',
    correction: SAVE_AGAIN,
  },
  pdf: {
    problem: 'c’est un PDF, même si son nom finit par .xlsx',
    correction: 'envoyer le classeur dont ce PDF a été tiré',
  },
  ods: {
    problem: 'c’est un classeur OpenDocument (.ods)',
    correction:
      'dans LibreOffice, «\u00a0Enregistrer sous…\u00a0», au format «\u00a0Classeur Excel 2007-365 (.xlsx)\u00a0»',
  },
  protected_or_old: {
    problem: 'ce classeur est protégé par un mot de passe, ou à l’ancien format .xls',
    correction:
      'l’enregistrer au format «\u00a0Classeur Excel (.xlsx)\u00a0», sans mot de passe à l’ouverture',
  },
  binary_workbook: {
    problem: 'c’est un classeur Excel binaire (.xlsb)',
    correction: SAVE_AGAIN,
  },
  macros: {
    problem: 'ce classeur contient des macros',
    correction: 'l’enregistrer au format «\u00a0Classeur Excel (.xlsx)\u00a0», qui n’en garde pas',
  },
  external_links: {
    problem: 'ce classeur va chercher des valeurs dans un autre classeur',
    correction:
      'dans Excel, «\u00a0Données\u00a0», «\u00a0Modifier les liens\u00a0», «\u00a0Rompre la liaison\u00a0», puis l’enregistrer',
  },
  doctype: {
    problem:
      'ce classeur contient une déclaration DOCTYPE, qu’aucun tableur n’écrit et qui peut servir à une attaque',
    correction: SAVE_AGAIN,
  },
  too_large: {
    problem: `ce classeur contient trop de données (plus de ${frenchCount(MAX_INFLATED / 1024 / 1024)}\u00a0Mio une fois décompressé)`,
    correction:
      'ne garder que la feuille demandée, sans images ni mise en forme inutile, ou l’enregistrer en CSV',
  },
  too_long: {
    problem: `ce classeur est trop long (plus de ${frenchCount(rows)}\u00a0lignes remplies, ou de ${frenchCount(columns)}\u00a0colonnes)`,
    correction: 'ne garder que la feuille demandée et ses colonnes',
  },
  too_many_merges: {
    problem: `ce classeur fusionne trop de cellules (plus de ${frenchCount(MAX_MERGES)}\u00a0plages, ou des plages qui se chevauchent)`,
    correction: 'défusionner les cellules, puis l’enregistrer',
  },
  too_demanding: {
    problem: 'la lecture de ce classeur demande trop de temps ou de mémoire\u00a0: elle a été arrêtée',
    correction: 'ne garder que la feuille demandée, sans mise en forme inutile, ou l’enregistrer en CSV',
  },
});
