import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { lockOpenConsultation } from '../consultations/open-consultation.queries.js';
import type { Fault as FileFault } from '../platform/csv/fault.js';
import { sortFaults } from '../platform/csv/fault.js';
import { readTable, type Table } from '../platform/csv/table.js';
import { CSV_TYPE } from '../platform/http/file-body.js';
import {
  changedKeys,
  entriesBetween,
  type JournalEntry,
  type JsonValue,
} from '../platform/journal/changes.js';
import type { Trace } from '../platform/journal/trace.js';
import { FACT_WORDS } from '../platform/journal/fact-words.js';
import { type Fault, Refused } from '../platform/refusals/refused.js';
import { readWorkbookTable } from '../platform/xlsx/read-workbook.js';
import { requireVersion } from '../platform/refusals/required-version.js';
import type {
  CatalogueAnswer,
  CatalogueFactChange,
  CatalogueItemChange,
  CatalogueOutcome,
} from './catalogue.dto.js';
import {
  CATALOGUE_COLUMNS,
  CATALOGUE_OPTIONAL_COLUMNS,
  cpvCodesOf,
  readCatalogue,
} from './catalogue.import.js';
import { type CatalogueRow, ItemsQueries } from '../items/items.queries.js';
import { describeItem } from '../items/items.rules.js';
import { toldItems, toldLots } from '../lots/lots-told.queries.js';
import { LotsQueries } from '../lots/lots.queries.js';
import { type CatalogueLot, ReplaceCatalogueService } from './replace-catalogue.service.js';

/** Faults told at once: beyond, a file is wrong as a whole. */
const MAX_FAULTS = 1_000;
const MAX_VALUE = 200;

/** The catalogue as a file that people send. */
@Injectable()
export class CatalogueService {
  constructor(
    private readonly replacing: ReplaceCatalogueService,
    private readonly lots: LotsQueries,
    private readonly items: ItemsQueries,
  ) {}

  /** The rows of the catalogue, in the version that they make. */
  async rows(
    tx: EntityManager,
    consultationId: string,
  ): Promise<{ readonly version: number; readonly rows: readonly CatalogueRow[] }> {
    // Before the rows: were they changed in between, the older version would be refused, never the newer accepted.
    const version = await this.items.catalogueVersion(tx, consultationId);
    return { version, rows: await this.items.catalogue(tx, consultationId) };
  }

  /** The same, as programs read it. */
  async current(tx: EntityManager, consultationId: string): Promise<CatalogueAnswer> {
    const { version, rows } = await this.rows(tx, consultationId);
    return { version, items: rows.map(describeItem) };
  }

  /**
   * Reads a file, with the parser of the campaign.
   *
   * @throws {Refused} CATALOGUE_REFUSED with every fault of the file, by line and column
   */
  async read(
    tx: EntityManager,
    { bytes, type }: { readonly bytes: Buffer; readonly type: string },
  ): Promise<readonly CatalogueLot[]> {
    const table: Table =
      type === CSV_TYPE
        ? readTable('bordereau.csv', bytes, CATALOGUE_COLUMNS, CATALOGUE_OPTIONAL_COLUMNS)
        : await readWorkbookTable('bordereau.xlsx', bytes, CATALOGUE_COLUMNS, CATALOGUE_OPTIONAL_COLUMNS);
    const unknownCpv = await this.lots.unknownCpvCodes(tx, cpvCodesOf(table));
    const { lots, faults } = readCatalogue(table, unknownCpv);
    if (faults.length > 0)
      throw new Refused('CATALOGUE_REFUSED', faults.length).withFaults(
        sortFaults(faults, [table.file]).slice(0, MAX_FAULTS).map(requestFault),
      );
    return lots;
  }

  /**
   * Makes the items of a consultation those of a file, matched by their codes. Lots are created or changed as the file
   * says; one that it does not name keeps its facts and loses its items.
   *
   * @param version of the catalogue that was read; null: none, which is enough for a first one and for a rehearsal
   * @param dryRun what would change is told, checked by the database, and undone
   * @throws {Refused} what {@link lockOpenConsultation} refuses; VERSION_REQUIRED, STALE_VERSION with the current
   * catalogue; INCONSISTENT where needs are declared for an item that would go
   */
  async replace(
    tx: EntityManager,
    trace: Trace,
    at: Date,
    consultationId: string,
    version: number | null,
    lots: readonly CatalogueLot[],
    dryRun: boolean,
  ): Promise<CatalogueOutcome> {
    await lockOpenConsultation(tx, consultationId);
    if (version !== null || !dryRun) requireVersion(await this.current(tx, consultationId), version);
    await tx.query('savepoint catalogue');
    const told = async () => ({
      lots: await toldLots(tx, consultationId),
      items: await toldItems(tx, consultationId),
    });
    const before = await told();
    const named = new Set(lots.map(({ number }) => number));
    const others = (await this.lots.lots(tx, consultationId))
      .filter(({ number }) => !named.has(number))
      .map((lot): CatalogueLot => ({ ...lot, items: [] }));
    await this.replacing.replace(tx, trace, at, consultationId, [...lots, ...others]);
    // Now rather than at the end, so that a rehearsal is refused as the file would be.
    await tx.query('set constraints all immediate');
    const after = await told();
    if (dryRun) await tx.query('rollback to savepoint catalogue');
    const of = { groupId: null, key: '' };
    const items = entriesBetween({ ...of, subject: 'item' }, before.items, after.items);
    const changed = entriesBetween({ ...of, subject: 'lot' }, before.lots, after.lots);
    return {
      dryRun,
      version: await this.items.catalogueVersion(tx, consultationId),
      read: lots.reduce((total, lot) => total + lot.items.length, 0),
      lotsCreated: changed.filter((entry) => entry.before === null).map(lotChange),
      lotsChanged: changed.filter((entry) => entry.before !== null).map(lotChange),
      itemsCreated: items.filter((entry) => entry.before === null).map(itemChange),
      itemsChanged: items.filter((entry) => entry.before !== null && entry.after !== null).map(itemChange),
      itemsRemoved: items.filter((entry) => entry.after === null).map(itemChange),
    };
  }
}

/** A fault of a file as a fault of the request that brought it. */
function requestFault({ line, column, value, problem, correction }: FileFault): Fault {
  const place = [line === null ? '' : `/${line}`, column === '' ? '' : `/${column}`].join('');
  return {
    in: 'body',
    pointer: `#${place}`,
    code: line === null ? 'unreadableFile' : column === '' ? 'unreadableRow' : 'unreadableCell',
    detail: `${problem.charAt(0).toUpperCase()}${problem.slice(1)}\u00a0: ${correction}.`,
    row: { line, column, value: value.slice(0, MAX_VALUE), correction },
  };
}

const lotChange = (entry: JournalEntry) => {
  const { number, title } = entry.after as { number: number; title: string };
  return { number, title, changes: factChanges(entry) };
};

function itemChange(entry: JournalEntry): CatalogueItemChange {
  const { code, lot, designation } = (entry.after ?? entry.before) as {
    code: string;
    lot: number | null;
    designation: string;
  };
  return { code, lot, designation, changes: factChanges(entry) };
}

function factChanges({ before, after }: JournalEntry): CatalogueFactChange[] {
  const differ = before && after && changedKeys(before, after);
  if (!differ) return [];
  const shown = (value: JsonValue | undefined): string | null =>
    value === undefined || value === null ? null : typeof value === 'string' ? value : JSON.stringify(value);
  return [...new Set([...Object.keys(differ.before ?? {}), ...Object.keys(differ.after ?? {})])].map(
    (fact) => ({
      fact: FACT_WORDS[fact] ?? fact,
      before: shown(differ.before?.[fact]),
      after: shown(differ.after?.[fact]),
    }),
  );
}
