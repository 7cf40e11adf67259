import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Caller } from '../platform/access/caller.js';
import { readTable } from '../platform/csv/table.js';
import { Refused } from '../platform/refusals/refused.js';
import type { SupplierFile, SupplierImport } from './suppliers.dto.js';
import { cpvPrefixesOf, readSuppliers, SUPPLIER_COLUMNS } from './suppliers.import.js';
import { SuppliersQueries } from './suppliers.queries.js';
import { SuppliersService } from './suppliers.service.js';

/** Files of suppliers that a person gives. */
@Injectable()
export class SupplierFilesService {
  constructor(
    private readonly suppliers: SuppliersService,
    private readonly queries: SuppliersQueries,
  ) {}

  /**
   * The whole file, or nothing of it. A dry run tells its faults in the answer.
   *
   * @throws {Refused} FORBIDDEN; SUPPLIER_FILE_REFUSED with every fault, at `#/content/line/column`
   */
  async import(tx: EntityManager, caller: Caller, at: Date, file: SupplierFile): Promise<SupplierImport> {
    const trace = { ...caller.require('supplier.write', {}), channel: 'import' as const };
    const table = readTable(file.fileName, Buffer.from(file.content, 'base64'), SUPPLIER_COLUMNS);
    const known = await this.suppliers.known(tx, cpvPrefixesOf(table));
    const { suppliers, faults } = readSuppliers(table, known);
    if (file.dryRun) {
      const listed = await this.queries.idsBySiret(
        tx,
        suppliers.map(({ siret }) => siret),
      );
      return {
        dryRun: true,
        created: suppliers.length - listed.size,
        updated: listed.size,
        unchanged: 0,
        faults: faults.map(({ file: _, ...fault }) => fault),
      };
    }
    if (faults.length > 0)
      throw new Refused('SUPPLIER_FILE_REFUSED', faults.length).withFaults(
        faults.map(({ line, column, value, problem, correction }) => ({
          in: 'body',
          pointer: ['#/content', line, column].filter((part) => part !== null && part !== '').join('/'),
          code: 'row',
          detail: `Ligne ${line ?? 1}${column === '' ? '' : `, colonne ${column}`}${value === '' ? '' : `, «\u00a0${value}\u00a0»`}\u00a0: ${problem}\u00a0; ${correction}.`,
        })),
      );
    return { dryRun: false, faults: [], ...(await this.suppliers.saveAll(tx, trace, at, suppliers)) };
  }
}
