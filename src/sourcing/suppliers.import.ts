import type { Fault } from '../platform/csv/fault.js';
import { RowReader } from '../platform/csv/row-reader.js';
import type { Table, TableRow } from '../platform/csv/table.js';
import {
  checkSupplier,
  cpvPrefix,
  type Known,
  type ProvenStatus,
  type Supplier,
  type SupplierEntry,
  type SupplierFault,
  SUPPLIER_STATUSES,
  STATUS_NAMES,
} from './suppliers.rules.js';
import { supplierFaultWords } from './suppliers.messages.js';

/** A supplier with several statuses takes one row for each: the other columns are repeated, or left empty. */
export const SUPPLIER_COLUMNS = [
  'siret',
  'nom',
  'activites_cpv',
  'communes',
  'departements',
  'epci',
  'france_entiere',
  'statut',
  'source_preuve',
  'date_preuve',
  'fin_preuve',
] as const;

type FactColumn = 'nom' | 'activites_cpv' | 'communes' | 'departements' | 'epci' | 'france_entiere';
const FACT_COLUMNS: readonly FactColumn[] = [
  ...(['nom', 'activites_cpv', 'communes', 'departements', 'epci', 'france_entiere'] as const),
];

const COLUMN_OF: Readonly<Record<keyof SupplierEntry, string>> = {
  siret: 'siret',
  name: 'nom',
  activities: 'activites_cpv',
  nationwide: 'france_entiere',
  departments: 'departements',
  epci: 'epci',
  communes: 'communes',
  statuses: 'statut',
};

/** « 34 | 349271 », « 53130, 53054 »: what a cell lists. */
const listed = (text: string): string[] => text.split(/[\s,;|]+/).filter((part) => part !== '');

/** The prefixes of every CPV code in the file, to be looked up in the nomenclature. */
export const cpvPrefixesOf = (table: Table): string[] => [
  ...new Set(
    table.rows
      .flatMap((row) => listed(row.get('activites_cpv')).map(cpvPrefix))
      .filter((prefix) => prefix !== null),
  ),
];

interface Gathered {
  readonly first: TableRow;
  readonly reader: RowReader;
  readonly statuses: ProvenStatus[];
  /** The row of each status. */
  readonly rows: TableRow[];
}

/** Reads a file of suppliers. Every fault is told, with its line and column. */
export function readSuppliers(
  table: Table,
  known: Known,
): { readonly suppliers: readonly Supplier[]; readonly faults: readonly Fault[] } {
  const faults: Fault[] = [...table.faults];
  const gathered = new Map<string, Gathered>();
  for (const row of table.rows) {
    if (!row.complete) continue;
    const reader = new RowReader(table, row, faults);
    const siret = row.get('siret').replace(/\s/g, '');
    const before = siret === '' ? undefined : gathered.get(siret);
    if (before) compareWithFirst(reader, row, before.first);
    const supplier = before ?? { first: row, reader, statuses: [], rows: [] };
    const status = readStatus(reader, row);
    if (status) {
      supplier.statuses.push(status);
      supplier.rows.push(row);
    }
    if (!before) gathered.set(siret === '' ? `line ${row.line}` : siret, supplier);
  }
  const suppliers = [...gathered.values()].map(({ first, reader, statuses, rows }) => {
    const everywhere = readYesNo(reader, first);
    const checked = checkSupplier(
      {
        siret: first.get('siret'),
        name: first.get('nom'),
        activities: listed(first.get('activites_cpv')),
        communes: listed(first.get('communes')),
        departments: listed(first.get('departements')),
        epci: listed(first.get('epci')),
        nationwide: everywhere,
        statuses,
      },
      known,
    );
    for (const fault of checked.faults) tell(table, fault, first, rows, faults);
    return checked.supplier;
  });
  if (table.readable && table.rows.length === 0)
    faults.push({
      file: table.file,
      line: 1,
      column: '',
      value: '',
      problem: 'le fichier ne contient aucun fournisseur',
      correction: 'ajouter au moins une ligne sous l’en-tête',
    });
  return { suppliers, faults: [...faults].sort((a, b) => (a.line ?? 0) - (b.line ?? 0)) };
}

function tell(
  table: Table,
  { field, index, code, value }: SupplierFault,
  first: TableRow,
  statusRows: readonly TableRow[],
  faults: Fault[],
): void {
  const row = field === 'statuses' && index !== null ? statusRows[index]! : first;
  const [problem, correction] = supplierFaultWords(code, value);
  const column = code === 'proof_dates_disordered' ? 'fin_preuve' : COLUMN_OF[field];
  faults.push({ file: table.file, line: row.line, column, value, problem, correction });
}

function compareWithFirst(reader: RowReader, row: TableRow, first: TableRow): void {
  for (const column of FACT_COLUMNS) {
    const value = row.get(column);
    if (value === '' || value === first.get(column)) continue;
    reader.refuse(
      column,
      `ce fournisseur figure déjà à la ligne ${first.line}, où cette colonne dit autre chose`,
      'écrire la même chose, ou laisser vide\u00a0; une ligne de plus ne sert qu’à un statut de plus',
    );
  }
}

function readYesNo(reader: RowReader, row: TableRow): boolean {
  const text = row.get('france_entiere').toLowerCase();
  if (!['', 'oui', 'non'].includes(text))
    reader.refuse('france_entiere', 'cette case attend oui ou non', 'écrire oui, non, ou laisser vide');
  return text === 'oui';
}

function readStatus(reader: RowReader, row: TableRow): ProvenStatus | undefined {
  const given = ['statut', 'source_preuve', 'date_preuve', 'fin_preuve'].some(
    (column) => row.get(column) !== '',
  );
  if (!given) return undefined;
  const word = reader.oneOf('statut', Object.values(SUPPLIER_STATUSES), 'le statut');
  const status = STATUS_NAMES.find((name) => SUPPLIER_STATUSES[name] === word);
  const source = reader.text('source_preuve', 'la source de la preuve');
  if (source !== undefined && source.length > 200)
    reader.refuse('source_preuve', 'la source dépasse 200 caractères', 'la résumer');
  const provenOn = reader.date('date_preuve', 'la date de la preuve');
  if (provenOn === null)
    reader.refuse('date_preuve', 'la date de la preuve manque', 'écrire la date ainsi\u00a0: 2027-03-01');
  const expiresOn = reader.date('fin_preuve', 'la fin de la preuve');
  if (!status || source === undefined || !provenOn || expiresOn === undefined) return undefined;
  return { status, source, provenOn, expiresOn };
}
