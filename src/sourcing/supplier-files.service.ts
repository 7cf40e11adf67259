import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Caller } from '../platform/access/caller.js';
import { readTable } from '../platform/csv/table.js';
import { Refused } from '../platform/refusals/refused.js';
import type { SupplierFile, SupplierImport } from './suppliers.dto.js';
import { cpvPrefixesOf, readSuppliers, SUPPLIER_COLUMNS } from './suppliers.import.js';
import { SuppliersService } from './suppliers.service.js';

/** Files of suppliers that a person gives. */
@Injectable()
export class SupplierFilesService {
  constructor(private readonly suppliers: SuppliersService) {}

  /**
   * The whole file, or nothing of it. What a dry run would change is checked by the database, told, and undone.
   *
   * @throws {Refused} FORBIDDEN; SUPPLIER_FILE_REFUSED with every fault, at `#/content/line/column`
   */
  async import(tx: EntityManager, caller: Caller, at: Date, file: SupplierFile): Promise<SupplierImport> {
    const trace = { ...caller.require('supplier.write', {}), channel: 'import' as const };
    const table = readTable(file.fileName, Buffer.from(file.content, 'base64'), SUPPLIER_COLUMNS);
    const known = await this.suppliers.known(tx, cpvPrefixesOf(table));
    const { suppliers, faults } = readSuppliers(table, known);
    if (faults.length > 0)
      throw new Refused('SUPPLIER_FILE_REFUSED', faults.length).withFaults(
        faults.map(({ line, column, value, problem, correction }) => ({
          in: 'body',
          pointer: ['#/content', line, column].filter((part) => part !== null && part !== '').join('/'),
          code: 'row',
          detail: `Ligne ${line ?? 1}${column === '' ? '' : `, colonne ${column}`}${value === '' ? '' : `, «\u00a0${value}\u00a0»`}\u00a0: ${problem}\u00a0; ${correction}.`,
        })),
      );
    const { dryRun } = file;
    if (dryRun) await tx.query('savepoint suppliers');
    const saved = await this.suppliers.saveAll(tx, trace, at, suppliers);
    if (dryRun) await tx.query('rollback to savepoint suppliers');
    return { dryRun, ...saved };
  }
}
