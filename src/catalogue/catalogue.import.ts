import { QUANTITY_SCALE, UNIT_PRICE_SCALE } from '../money/amounts.js';
import { VAT_RATE_SCALE, vatRateFromDecimal } from '../money/amounts.js';
import { readDecimal } from '../money/decimal.js';
import type { Fault } from '../platform/csv/fault.js';
import { RowReader } from '../platform/csv/row-reader.js';
import type { Table, TableRow } from '../platform/csv/table.js';
import { CONTRACT_FORMS, cpvWithoutCheckDigit, LOT_FAMILIES, VAT_RATES } from '../lots/lots.rules.js';
import type { CatalogueItem, CatalogueLot } from './replace-catalogue.service.js';
import { readUnit, unknownUnit } from '../items/units.rules.js';

export const CATALOGUE_COLUMNS = [
  'lot',
  'intitule_lot',
  'cpv',
  'famille',
  'forme',
  'code_article',
  'designation',
  'unite',
  'conditionnement',
  'prix_unitaire_estime_ht',
  'taux_tva',
  'nature_m57',
] as const;

/** What a catalogue may also say of an item. A file without the column leaves what is known as it is. */
export const CATALOGUE_OPTIONAL_COLUMNS = ['cpv_article', 'famille_achat', 'part_reemploi'] as const;

/** Facts of a lot, repeated on each of its rows, the French name of each, and the pronoun that stands for it. */
const LOT_COLUMNS = [
  ['intitule_lot', 'l’intitulé', 'celui'],
  ['cpv', 'le code CPV', 'celui'],
  ['famille', 'la famille', 'celle'],
  ['forme', 'la forme', 'celle'],
] as const;

/** A share in hundredths of a percent. */
const SHARE_SCALE = 2;

export interface CatalogueReading {
  readonly lots: readonly CatalogueLot[];
  readonly faults: readonly Fault[];
  /** False when the file, or the code of some row, could not be read: then no code is known to be missing. */
  readonly codesKnown: boolean;
  /** Every code written in the file, even in a faulty row, with its lot where the row tells. */
  readonly lotOfItem: ReadonlyMap<string, number | null>;
  readonly lotNumbers: ReadonlySet<number>;
}

/** Main CPV codes of a catalogue, check digits dropped, to be looked up in the nomenclature. */
export function cpvCodesOf(table: Table): string[] {
  const codes = table.rows.flatMap((row) =>
    ['cpv', 'cpv_article'].map((column) => cpvWithoutCheckDigit(row.get(column))),
  );
  return [...new Set(codes.filter((code) => code !== null))];
}

/**
 * Reads `catalogue.csv`.
 *
 * @param unknownCpv those of its codes that the nomenclature does not hold
 */
export function readCatalogue(table: Table, unknownCpv: ReadonlySet<string>): CatalogueReading {
  const faults: Fault[] = [...table.faults];
  const lots = new Map<number, { lot: Omit<CatalogueLot, 'items'>; items: CatalogueItem[] }>();
  const agreed = agreedFacts(table);
  const lotOfItem = new Map<string, number | null>();
  const lotNumbers = new Set<number>();
  let codesKnown = table.rows.length > 0;
  for (const row of table.rows) {
    if (!row.complete) {
      // Columns cannot be trusted: any cell may be the code, and none may cause a second complaint.
      for (const cell of row.cells) if (cell !== '') lotOfItem.set(cell, lotOfItem.get(cell) ?? null);
      continue;
    }
    const reader = new RowReader(table, row, faults);
    const number = readLotNumber(reader, row);
    const lot = readLot(reader, row, number, unknownCpv);
    const item = readItem(reader, lotOfItem, unknownCpv, table.columns);
    const code = row.get('code_article');
    if (code !== '' && !lotOfItem.has(code)) lotOfItem.set(code, number ?? null);
    codesKnown &&= code !== '';
    if (number === undefined) continue;
    lotNumbers.add(number);
    compareWithOthers(reader, row, agreed, number);
    if (reader.faulty || !lot || !item) continue;
    const known = lots.get(number);
    if (known) known.items.push(item);
    else lots.set(number, { lot, items: [item] });
  }
  if (table.readable && table.rows.length === 0)
    faults.push({
      file: table.file,
      line: 1,
      column: '',
      value: '',
      problem: 'le catalogue ne contient aucun article',
      correction: 'ajouter au moins une ligne sous l’en-tête',
    });
  return {
    lots: [...lots.values()].map(({ lot, items }) => ({ ...lot, items })).sort((a, b) => a.number - b.number),
    faults,
    codesKnown,
    lotOfItem,
    lotNumbers,
  };
}

function readLotNumber(reader: RowReader, row: TableRow): number | undefined {
  const text = row.get('lot');
  return /^[1-9]\d{0,2}$/.test(text)
    ? Number(text)
    : reader.refuse(
        'lot',
        'le numéro de lot n’est pas un nombre de 1 à 999',
        'écrire le numéro du lot, par exemple 3',
      );
}

function readLot(
  reader: RowReader,
  row: TableRow,
  number: number | undefined,
  unknownCpv: ReadonlySet<string>,
): Omit<CatalogueLot, 'items'> | undefined {
  const title = reader.text('intitule_lot', 'l’intitulé du lot');
  const family = reader.oneOf('famille', LOT_FAMILIES, 'la famille');
  const contractForm = reader.oneOf('forme', CONTRACT_FORMS, 'la forme du contrat');
  const cpvCode = readCpv(reader, 'cpv', row.get('cpv'), unknownCpv);
  if (number === undefined || !title || !family || !contractForm || cpvCode === undefined) return undefined;
  return { number, title, cpvCode, family, contractForm };
}

function readCpv(
  reader: RowReader,
  column: string,
  text: string,
  unknownCpv: ReadonlySet<string>,
): string | undefined {
  const code = cpvWithoutCheckDigit(text);
  if (code === null)
    return reader.refuse(
      column,
      'le code CPV doit avoir 8 chiffres',
      'écrire le code CPV, par exemple 34927100',
    );
  return unknownCpv.has(code)
    ? reader.refuse(
        column,
        'ce code CPV n’est pas dans la nomenclature européenne',
        'choisir un code de la nomenclature CPV 2008',
      )
    : code;
}

function readItem(
  reader: RowReader,
  known: ReadonlyMap<string, number | null>,
  unknownCpv: ReadonlySet<string>,
  columns: readonly string[],
): CatalogueItem | undefined {
  const code = reader.text('code_article', 'le code de l’article');
  if (code !== undefined && known.has(code))
    reader.refuse(
      'code_article',
      `l’article ${code} figure déjà plus haut`,
      'supprimer la ligne en double, ou donner un autre code à l’article',
    );
  const designation = reader.text('designation', 'la désignation');
  const unit = reader.text('unite', 'l’unité');
  const unitReading = unit === undefined ? undefined : readUnit(unit);
  if (unit !== undefined && unitReading?.ok === false)
    reader.refuse('unite', ...unknownUnit(unit, unitReading.suggestions));
  const packaging = reader.decimal('conditionnement', {
    scale: QUANTITY_SCALE,
    what: 'le conditionnement',
    optional: true,
  });
  if (packaging === 0n)
    reader.refuse(
      'conditionnement',
      'le conditionnement est nul',
      'écrire le nombre d’unités par lot de vente, au moins 1',
    );
  const unitPrice = reader.decimal('prix_unitaire_estime_ht', {
    scale: UNIT_PRICE_SCALE,
    what: 'le prix unitaire estimé',
  });
  const vatRate = readVatRate(reader, 'taux_tva');
  const nature = reader.optionalText('nature_m57');
  if (!/^\d{0,8}$/.test(nature))
    reader.refuse(
      'nature_m57',
      'la nature M57 est un numéro de compte',
      'écrire par exemple 60633, ou laisser vide',
    );
  const also = readOptionalFacts(reader, unknownCpv, columns);
  if (!code || !designation || !unit || packaging === undefined || !unitReading?.ok) return undefined;
  if (unitPrice === undefined || vatRate === undefined) return undefined;
  const pack = reader.optionalText('conditionnement') || '1';
  return { code, designation, unit, packaging: pack, unitPrice, vatRate, m57Nature: nature, ...also };
}

/** Facts whose column the file has; an empty cell takes the fact away. */
function readOptionalFacts(
  reader: RowReader,
  unknownCpv: ReadonlySet<string>,
  columns: readonly string[],
): Pick<CatalogueItem, 'cpvCode' | 'purchaseFamily' | 'reuseShare'> {
  const cpv = reader.optionalText('cpv_article');
  return {
    ...(columns.includes('cpv_article')
      ? { cpvCode: cpv === '' ? null : (readCpv(reader, 'cpv_article', cpv, unknownCpv) ?? null) }
      : {}),
    ...(columns.includes('famille_achat')
      ? { purchaseFamily: reader.optionalText('famille_achat') || null }
      : {}),
    ...(columns.includes('part_reemploi') ? { reuseShare: readShare(reader, 'part_reemploi') } : {}),
  };
}

/** « 20 », « 12,5 % »: from 0 to 100, in hundredths of a percent. */
function readShare(reader: RowReader, column: string): bigint | null {
  const text = reader.optionalText(column).replace(/[\s\u00a0\u202f]*%$/, '');
  if (text === '') return null;
  const reading = readDecimal(text, SHARE_SCALE);
  if (reading.ok && reading.value >= 0n && reading.value <= 10_000n) return reading.value;
  reader.refuse(
    column,
    'la part de réemploi n’est pas un pourcentage de 0 à 100',
    'écrire par exemple 20, ou laisser vide',
  );
  return null;
}

/** « 20 », « 5,5 », « 20 % »: a rate that exists in France. */
export function readVatRate(reader: RowReader, column: string): bigint | undefined {
  const text = reader.optionalText(column).replace(/[\s\u00a0\u202f]*%$/, '');
  const reading = readDecimal(text, VAT_RATE_SCALE);
  if (reading.ok && VAT_RATES.some((rate) => vatRateFromDecimal(rate) === reading.value))
    return reading.value;
  return reader.refuse(
    column,
    text === '' ? 'le taux de TVA manque' : 'ce taux de TVA n’existe pas en France',
    'écrire 20, 10, 5,5, 2,1 ou 0 (ou un taux d’outre-mer)',
  );
}

/** What a row says of its lot; a CPV code with or without its check digit is the same. */
const lotFact = (row: TableRow, column: string): string => {
  const text = row.get(column);
  return column === 'cpv' ? (cpvWithoutCheckDigit(text) ?? text) : text;
};

type AgreedFacts = ReadonlyMap<string, { readonly value: string; readonly line: number }>;

/** A lot's facts are written on each of its rows: what most rows say is taken for true, the first one on a tie. */
function agreedFacts(table: Table): AgreedFacts {
  const votes = new Map<string, Map<string, { count: number; line: number }>>();
  for (const row of table.rows)
    for (const [column] of LOT_COLUMNS) {
      const value = lotFact(row, column);
      if (value === '') continue;
      const place = `${column} ${row.get('lot')}`;
      const candidates = votes.get(place) ?? new Map<string, { count: number; line: number }>();
      const { count, line } = candidates.get(value) ?? { count: 0, line: row.line };
      votes.set(place, candidates.set(value, { count: count + 1, line }));
    }
  return new Map(
    [...votes].map(([place, candidates]) => {
      const [value, { line }] = [...candidates].sort(([, a], [, b]) => b.count - a.count)[0]!;
      return [place, { value, line }];
    }),
  );
}

function compareWithOthers(reader: RowReader, row: TableRow, agreed: AgreedFacts, number: number): void {
  for (const [column, what, that] of LOT_COLUMNS) {
    const fact = agreed.get(`${column} ${row.get('lot')}`);
    const value = lotFact(row, column);
    if (!fact || value === '' || value === fact.value || reader.refused(column)) continue;
    reader.refuse(
      column,
      `${what} du lot ${number} n’est pas ${that} de la ligne ${fact.line} (« ${fact.value} »)`,
      'écrire la même chose sur toutes les lignes du lot',
    );
  }
}
