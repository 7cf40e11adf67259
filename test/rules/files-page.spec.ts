import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  CATALOGUE_COLUMNS,
  CATALOGUE_OPTIONAL_COLUMNS,
  readCatalogue,
} from '../../src/catalogue/catalogue.import.js';
import { PROJECT_ROOT } from '../../src/platform/config/config.js';
import { readTable } from '../../src/platform/csv/table.js';
import { readSuppliers, SUPPLIER_COLUMNS } from '../../src/sourcing/suppliers.import.js';

const page = readFileSync(join(PROJECT_ROOT, 'docs', 'files.md'), 'utf8');
const [catalogue, suppliers] = [...page.matchAll(/```csv\n(.*?)```/gs)].map(([, text]) =>
  Buffer.from(text!, 'utf8'),
) as [Buffer, Buffer];
const columnsOf = (section: string): string[] =>
  [
    ...page
      .split(`## ${section}`)[1]!
      .split('\n## ')[0]!
      .matchAll(/^\| `(\w+)`/gm),
  ].map(([, name]) => name!);

describe('the page of the files', () => {
  test('names every column, in order', () => {
    expect(columnsOf('Le bordereau')).toEqual([...CATALOGUE_COLUMNS, ...CATALOGUE_OPTIONAL_COLUMNS]);
    expect(columnsOf('L’annuaire des fournisseurs')).toEqual([...SUPPLIER_COLUMNS]);
  });

  test('shows a catalogue that is read without a fault', () => {
    const table = readTable('catalogue.csv', catalogue, CATALOGUE_COLUMNS, CATALOGUE_OPTIONAL_COLUMNS);
    const { lots, faults } = readCatalogue(table, new Set());
    expect(faults).toEqual([]);
    expect(lots.map(({ number, items }) => [number, items.length])).toEqual([
      [1, 2],
      [2, 1],
    ]);
  });

  test('shows suppliers that are read without a fault', () => {
    const { suppliers: found, faults } = readSuppliers(
      readTable('fournisseurs.csv', suppliers, SUPPLIER_COLUMNS),
      {
        cpvPrefixes: new Set(['0345', '7731']),
        isCommune: () => true,
        isDepartment: () => true,
        communesOfEpci: () => [],
      },
    );
    expect(faults).toEqual([]);
    expect(found.map(({ name, statuses }) => [name, statuses.map(({ status }) => status)])).toEqual([
      ['Pépinières du Maine', ['siae', 'sme']],
    ]);
  });
});
