import fc from 'fast-check';
import { lawOn } from '../../src/law/law-on.js';
import {
  checkInvestment,
  checkReuse,
  checkTyres,
  type DutiesItem,
} from '../../src/items/item-duties.rules.js';
import { filedCells, type FiledItem } from '../../src/catalogue/catalogue-file.rules.js';
import { catalogueWorkbook } from '../../src/catalogue/catalogue-workbook.js';
import {
  CATALOGUE_COLUMNS,
  CATALOGUE_OPTIONAL_COLUMNS,
  readCatalogue,
} from '../../src/catalogue/catalogue.import.js';
import { VAT_RATES } from '../../src/lots/lots.rules.js';
import { suggestNature } from '../../src/items/m57.rules.js';
import { readUnit, UNITS, unitCodeOf, unitLabel, unknownUnit } from '../../src/items/units.rules.js';
import { unitPriceFromDecimal, vatRateFromDecimal } from '../../src/money/amounts.js';
import { readTable, type Table } from '../../src/platform/csv/table.js';
import { writeFrenchCsv } from '../../src/platform/csv/write.js';
import { changesDirection, oneLine } from '../../src/words/visible.js';
import { CATALOGUE_LIMIT, itemCodeKey } from '../../src/items/items.rules.js';
import { FILE_LIMIT } from '../../src/platform/http/file-body.js';
import { readWorkbookTable } from '../../src/platform/xlsx/read-workbook.js';
import { writeWorkbook } from '../../src/platform/xlsx/write-workbook.js';

const HEADER = [...CATALOGUE_COLUMNS, ...CATALOGUE_OPTIONAL_COLUMNS];
const LAW = lawOn('2027-03-01', []);

describe('units', () => {
  test.each([
    ['U', 'C62'],
    ['unités', 'C62'],
    ['kg', 'KGM'],
    ['KG', 'KGM'],
    ['T', 'TNE'],
    ['Tonne', 'TNE'],
    ['m2', 'MTK'],
    ['m²', 'MTK'],
    ['Mètres carrés', 'MTK'],
    ['ml', 'MTR'],
    ['mL', 'MLT'],
    ['M3', 'MTQ'],
    ['forfait', 'LS'],
    ['Ft', 'LS'],
    ['h', 'HUR'],
    ['sacs', 'XBG'],
    ['SEAU', 'XBJ'],
    ['fut', 'XDR'],
    ['boite', 'XBX'],
    ['lot', 'SET'],
    ['XBG', 'XBG'],
    ['XRM', 'RM'],
    ['big-bag', 'X43'],
  ])('« %s » is %s', (text, code) => {
    expect(unitCodeOf(text)).toBe(code);
  });

  test('an unknown one is told with the nearest', () => {
    const suggested = (text: string) => {
      const reading = readUnit(text);
      return reading.ok ? null : reading.suggestions.map(({ code }) => code);
    };
    expect(suggested('sacs de 25')).toEqual(['XBG']);
    expect(suggested('tone')).toContain('TNE');
    expect(suggested('zzzzzzzz')).toEqual([]);
    expect(unknownUnit('sacs de 25', [UNITS.find(({ code }) => code === 'XBG')!])[0]).toBe(
      'unité inconnue «\u00a0sacs de 25\u00a0»',
    );
    expect(unknownUnit('zzz', [])[1]).toContain('tonne (TNE)');
  });

  test('every code is well formed and once; every name leads to one unit', () => {
    expect(new Set(UNITS.map(({ code }) => code)).size).toBe(UNITS.length);
    for (const { code, singular, plural } of UNITS) {
      expect(code).toMatch(/^[A-Z0-9]{2,3}$/);
      expect(unitCodeOf(code)).toBe(code);
      // « unité » is C62, which EA also means.
      if (code !== 'EA') expect([unitCodeOf(singular), unitCodeOf(plural)]).toEqual([code, code]);
    }
  });

  test('what is shown is the word of a code, or what people wrote', () => {
    expect([unitLabel('XBG'), unitLabel('grand sac'), unitLabel('XRM')]).toEqual([
      'sac',
      'grand sac',
      'ramette',
    ]);
  });
});

describe('M57 nature', () => {
  test.each([
    ['sel de déneigement', 'fournitures', '60633'],
    ['Fournitures de voirie', 'fournitures', '60633'],
    ['vêtements de travail', 'fournitures', '60636'],
    ['divers', 'fournitures', '60628'],
    ['divers', 'services', '611'],
    ['voirie', 'travaux', null],
    ['', 'fournitures', null],
    [null, 'services', null],
  ] as const)('%s, %s: %s', (family, lotFamily, nature) => {
    expect(suggestNature(family, lotFamily)).toBe(nature);
  });
});

const duty = (change: Partial<DutiesItem>): DutiesItem => ({
  code: 'P-1',
  designation: 'Sel',
  cpvCode: null,
  purchaseFamily: null,
  m57Nature: '60633',
  reuseShare: null,
  ...change,
});
const lotOf = (cpvCode: string, ...items: DutiesItem[]) => ({ number: 4, cpvCode, items });
const RECORD = { ground: 'unsuccessful_consultation', reference: 'Consultation 2026-014' } as const;

describe('tyres', () => {
  test.each([
    ['34352100', [duty({ designation: 'Taille 315/80 R22.5' })], 'block'],
    ['34352100', [], 'block'],
    ['34352100', [duty({ designation: 'Pneu rechapé 315/80' })], undefined],
    ['34913200', [duty({ designation: 'Pneu 315/80' })], undefined],
    ['34300000', [duty({ designation: 'Pneus 205/55 R16' })], 'block'],
    ['34300000', [duty({ designation: 'Jeu de pneumatiques hiver' })], 'block'],
    ['34300000', [duty({ designation: 'Enveloppes pneumatiques 205/55 R16' })], 'block'],
    ['34300000', [duty({ designation: 'Fourniture d’enveloppes pneumatiques' })], 'block'],
    ['34300000', [duty({ designation: 'Pneus neufs ou rechapés' })], 'block'],
    ['34352100', [duty({ designation: 'Pneus rechapés ou neufs' })], 'block'],
    ['34913200', [duty({ designation: 'Pneus rechapés ou non' })], 'block'],
    ['34352100', [duty({ designation: 'Pneu rechapé à neuf 315/80' })], undefined],
    ['30199230', [duty({ designation: 'Enveloppes à fenêtre' })], undefined],
    ['34300000', [duty({ cpvCode: '34351100', designation: 'Taille 16 pouces' })], 'block'],
    ['42650000', [duty({ designation: 'Marteau pneumatique' })], undefined],
    ['34300000', [duty({ designation: 'Chambre à air pour pneu agraire' })], 'warn'],
    ['34432100', [duty({ designation: 'Vélo' })], undefined],
  ] as const)('CPV %s, %j: %s', (cpv, items, verdict) => {
    expect(checkTyres(lotOf(cpv, ...items), null, LAW)[0]?.verdict).toBe(verdict);
  });

  test('one item, or several, are told as such', () => {
    const told = (...codes: string[]) =>
      checkTyres(
        lotOf('34352100', ...codes.map((code) => duty({ code, designation: 'Pneu' }))),
        null,
        LAW,
      )[0]!.sentence;
    expect(told('B1')).toContain('des pneus neufs (l’article B1)');
    expect(told('B1', 'B2')).toContain('des pneus neufs (les articles B1, B2)');
  });

  test('the record of a first unsuccessful consultation lifts the block, and is told', () => {
    const [check] = checkTyres(lotOf('34352100', duty({ designation: 'Pneu' })), RECORD, LAW);
    expect(check).toMatchObject({ rule: 'RETREADED_TYRES', article: 'CCP L2172-6', verdict: 'ok' });
    expect(check!.sentence).toContain('Consultation 2026-014');
  });
});

describe('reuse and investment', () => {
  test('items of the families concerned tell their share, or are named', () => {
    const lot = lotOf(
      '39130000',
      duty({ code: 'M-1', designation: 'Armoire' }),
      duty({ code: 'M-2', reuseShare: '20' }),
    );
    expect(checkReuse(lot, LAW)[0]).toMatchObject({ verdict: 'warn', rule: 'REUSE_SHARES' });
    expect(checkReuse(lot, LAW)[0]!.sentence).toContain('M-1');
    expect(checkReuse(lotOf('39130000', duty({ reuseShare: '0' })), LAW)[0]!.verdict).toBe('ok');
    expect(checkReuse(lot, lawOn('2023-12-31', []))).toEqual([]);
    expect(checkReuse(lotOf('34927100', duty({})), LAW)).toEqual([]);
  });

  test('class 2 accounts are paid by each member', () => {
    const lot = lotOf('34144000', duty({ m57Nature: '21828' }));
    expect(checkInvestment(lot, 'coordinator')[0]!.verdict).toBe('block');
    expect(checkInvestment(lot, 'other_member')[0]).toMatchObject({
      verdict: 'block',
      figures: { paiement: 'un membre pour les autres' },
      sentence: expect.stringContaining('un membre ne peut pas le payer pour les autres') as unknown,
    });
    expect(checkInvestment(lot, null)[0]!.verdict).toBe('warn');
    expect(checkInvestment(lot, 'each_member')[0]!.verdict).toBe('ok');
    expect(checkInvestment(lotOf('34144000', duty({})), 'coordinator')).toEqual([]);
  });
});

/** Text that a person may have written in a cell: no control character, no blank around. */
const text = (maxLength: number) =>
  fc
    .string({ unit: 'grapheme', minLength: 1, maxLength })
    // eslint-disable-next-line no-control-regex
    .map((value) => oneLine(value.replace(/[\u0000-\u001f\u007f-\u009f\ud800-\udfff\ufffe\uffff]/g, '')))
    .filter((value) => value !== '' && value !== '%PDF-' && !changesDirection(value));
const spiced = (maxLength: number) =>
  fc.oneof(
    text(maxLength),
    fc.constantFrom(
      '=1+1',
      '+33 6',
      '-5',
      "'=x",
      "''=x",
      '@nom',
      '-cmd|calc',
      'a;b',
      'a"b',
      'œuf «\u00a0é\u00a0»',
      '1.234',
    ),
  );
const decimal = (max: number, scale: number) =>
  fc.integer({ min: 0, max }).map((value) => {
    const digits = String(value).padStart(scale + 1, '0');
    const fraction = digits.slice(-scale).replace(/0+$/, '');
    return digits.slice(0, -scale) + (fraction === '' ? '' : `.${fraction}`);
  });
const catalogue = fc
  .uniqueArray(
    fc.record({
      lotNumber: fc.integer({ min: 1, max: 4 }),
      code: spiced(12),
      designation: spiced(60),
      unit: fc.constantFrom('TNE', 'sac', 'm²', 'Forfait', 'XBG'),
      packaging: fc.constantFrom('1', '40', '12,5'),
      unitPrice: decimal(999_999_999, 4),
      vatRate: fc.constantFrom(...VAT_RATES),
      m57Nature: fc.constantFrom('', '60633', '21828'),
      cpvCode: fc.constantFrom(null, '34927100'),
      purchaseFamily: fc.option(spiced(20), { nil: null }),
      reuseShare: fc.option(decimal(10_000, 2), { nil: null }),
    }),
    { selector: ({ code }) => itemCodeKey(code), minLength: 1, maxLength: 12 },
  )
  .map((items) =>
    items
      .sort((a, b) => a.lotNumber - b.lotNumber)
      .map((item): FiledItem => ({
        ...item,
        lotTitle: `=Lot ${item.lotNumber}`,
        lotCpvCode: '34927100',
        lotFamily: 'fournitures',
        contractForm: 'mixte',
      })),
  );

function backFrom(table: Table): unknown[] {
  const { lots, faults } = readCatalogue(table, new Set());
  expect(faults).toEqual([]);
  return lots.flatMap(({ items, ...lot }) => items.map((item) => ({ lot, ...item })));
}
const expectedFrom = (items: readonly FiledItem[]) =>
  items.map((item) => ({
    lot: {
      number: item.lotNumber,
      title: item.lotTitle,
      cpvCode: item.lotCpvCode,
      family: item.lotFamily,
      contractForm: item.contractForm,
    },
    code: item.code,
    designation: item.designation,
    unit: item.unit,
    packaging: item.packaging,
    unitPrice: unitPriceFromDecimal(item.unitPrice),
    vatRate: vatRateFromDecimal(item.vatRate),
    m57Nature: item.m57Nature,
    cpvCode: item.cpvCode,
    purchaseFamily: item.purchaseFamily,
    reuseShare: item.reuseShare === null ? null : vatRateFromDecimal(item.reuseShare),
  }));

const readBack = (bytes: Buffer): Promise<Table> =>
  readWorkbookTable('b.xlsx', bytes, CATALOGUE_COLUMNS, CATALOGUE_OPTIONAL_COLUMNS, CATALOGUE_LIMIT);

describe('a catalogue that leaves and comes back', () => {
  /** Codes, designations and prices differ, as they do in a real one. */
  const full = Array.from({ length: CATALOGUE_LIMIT }, (_, index): FiledItem => ({
    lotNumber: 1 + Math.floor(index / 400),
    lotTitle: `Fournitures de quincaillerie ${1 + Math.floor(index / 400)}`,
    lotCpvCode: '44316000',
    lotFamily: 'fournitures',
    contractForm: 'bons_de_commande',
    code: `QC-${String(index).padStart(5, '0')}`,
    designation: `Vis à bois tête fraisée, empreinte Torx, inox A2, ${3 + (index % 9)} × ${16 + (index % 180)} mm`,
    unit: 'boîte',
    packaging: '1',
    unitPrice: `${1 + (index % 97)}.${10 + (index % 90)}`,
    vatRate: '20',
    m57Nature: '60632',
    cpvCode: null,
    purchaseFamily: 'quincaillerie',
    reuseShare: null,
  }));

  test('as long as it may be, is read back in both forms, and fits in a request', async () => {
    const csv = Buffer.from(writeFrenchCsv(HEADER, full.map(filedCells)));
    const xlsx = await writeWorkbook(catalogueWorkbook('Achats 2027', full, LAW.on));
    expect([csv, xlsx].map(({ length }) => length < FILE_LIMIT)).toEqual([true, true]);
    for (const table of [
      readTable('b.csv', csv, CATALOGUE_COLUMNS, CATALOGUE_OPTIONAL_COLUMNS),
      await readBack(xlsx),
    ])
      expect(backFrom(table)).toHaveLength(CATALOGUE_LIMIT);
  });

  test('with one item more, is refused at once', () => {
    const csv = Buffer.from(
      writeFrenchCsv(HEADER, [...full, { ...full[0]!, code: 'QC-20000' }].map(filedCells)),
    );
    const table = readTable('b.csv', csv, CATALOGUE_COLUMNS, CATALOGUE_OPTIONAL_COLUMNS);
    expect(readCatalogue(table, new Set()).faults.map(({ problem }) => problem)).toEqual([
      'le bordereau compte plus de 20\u202f000 articles',
    ]);
  });

  test('as CSV, says the same; no cell is a formula', () => {
    fc.assert(
      fc.property(catalogue, (items) => {
        const csv = writeFrenchCsv(HEADER, items.map(filedCells));
        expect(csv).not.toMatch(/(^|;)"?[=@]/m);
        const table = readTable('b.csv', Buffer.from(csv), CATALOGUE_COLUMNS, CATALOGUE_OPTIONAL_COLUMNS);
        expect(backFrom(table)).toEqual(expectedFrom(items));
      }),
      { numRuns: 150 },
    );
  });

  test('as XLSX, says the same', async () => {
    await fc.assert(
      fc.asyncProperty(catalogue, async (items) => {
        const bytes = await writeWorkbook(catalogueWorkbook('Achats 2027', items, LAW.on));
        const table = await readBack(bytes);
        expect(backFrom(table)).toEqual(expectedFrom(items));
      }),
      { numRuns: 15 },
    );
  });
});
