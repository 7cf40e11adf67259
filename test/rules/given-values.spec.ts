import fc from 'fast-check';
import { decimalWords, readPositive, readQuantity } from '../../src/money/decimal-words.js';
import { formatDecimal } from '../../src/money/decimal.js';
import { readPasted } from '../../src/platform/csv/paste.js';
import { readTable } from '../../src/platform/csv/table.js';
import {
  csvLine,
  csvPieces,
  FRENCH_CSV,
  STANDARD_CSV,
  withoutGuard,
  writeFrenchCsv,
} from '../../src/platform/csv/write.js';
import { numberLook, numberText, placeOf, plainDecimal } from '../../src/platform/xlsx/cell-text.rules.js';
import { columnLetters } from '../../src/platform/xlsx/address.js';

describe('a quantity that a person gave', () => {
  test.each([
    ['1 234,5', 1_234_500n],
    ['1\u00a0234,5', 1_234_500n],
    ['1\u202f234,5', 1_234_500n],
    ['1234.5', 1_234_500n],
    ['1,234', 1_234n],
    [1234.5, 1_234_500n],
    [1.234, 1_234n],
    [0, 0n],
    [' 12 ', 12_000n],
  ])('%j', (given, value) => {
    expect(readQuantity(given)).toEqual({ ok: true, value });
  });

  test.each([
    [
      '1.234',
      '«\u00a01.234\u00a0» est ambigu pour la quantité\u00a0: 1 234 ou 1,234\u00a0?',
      'écrire 1234, ou 1,234',
    ],
    ['12 sacs', 'la quantité porte une unité (sacs)', 'écrire 12, sans unité ni symbole'],
    ['12,5kg', 'la quantité porte une unité (kg)', 'écrire 12,5, sans unité ni symbole'],
    ['douze', 'la quantité n’est pas un nombre', 'écrire par exemple 12,5, sans unité ni symbole'],
    ['1e3', 'la quantité n’est pas un nombre', 'écrire par exemple 12,5, sans unité ni symbole'],
    ['12 34', 'la quantité n’est pas un nombre', 'écrire par exemple 12,5, sans unité ni symbole'],
    ['-3', 'la quantité est un nombre négatif', 'écrire un nombre positif ou nul'],
    ['1,2345', 'la quantité a trop de décimales (3 au plus)', 'écrire par exemple 12,5'],
    ['12345678901', 'la quantité dépasse 10 chiffres', 'vérifier le nombre et son unité'],
    [Number.NaN, 'la quantité n’est pas un nombre', 'écrire par exemple 12,5, sans unité ni symbole'],
    [1e300, 'la quantité n’est pas un nombre', 'écrire par exemple 12,5, sans unité ni symbole'],
    ['', 'la quantité manque', 'écrire un nombre, par exemple 12,5 (0 s’il est nul)'],
  ])('%j is refused', (given, problem, correction) => {
    expect(readQuantity(given)).toEqual({ ok: false, empty: given === '', problem, correction });
  });

  test('is the same however its thousands and its decimals are written', () => {
    const spaces = fc.constantFrom('', ' ', '\u00a0', '\u202f', '\u2009');
    fc.assert(
      fc.property(
        fc.bigInt({ min: 0n, max: 9_999_999_999_999n }),
        spaces,
        fc.boolean(),
        (value, space, comma) => {
          const [whole, decimals] = formatDecimal(value, 3).split('.');
          const grouped = whole!.replace(/\B(?=(\d{3})+$)/g, space);
          const text = decimals === undefined ? grouped : `${grouped}${comma ? ',' : '.'}${decimals}`;
          expect(readQuantity(text)).toEqual({ ok: true, value });
        },
      ),
    );
  });

  test('whatever is given, is read or told what to write; what is advised is then read', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.stringMatching(/^[0-9 .,a-z]{0,12}$/), fc.double()), (given) => {
        const reading = readPositive(given, 3, 'la quantité');
        if (reading.ok) expect(reading.value >= 0n).toBe(true);
        else {
          expect(reading.problem).toMatch(/la quantité/);
          const advised = /^écrire ([\d\s.,]*\d)(?:, sans unité|$)/.exec(reading.correction)?.[1];
          if (advised !== undefined) expect(readQuantity(advised).ok).toBe(true);
        }
      }),
      { numRuns: 1_000 },
    );
    expect(decimalWords('too_many_decimals', '1,5', 'le nombre', 0).problem).toBe(
      'le nombre doit être un nombre entier',
    );
  });
});

describe('a number as a workbook stores it', () => {
  test('is told with its own digits, to the fifteenth', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(10n ** 15n) + 1n, max: 10n ** 15n - 1n }), fc.nat(8), (value, scale) => {
        const plain = formatDecimal(value, scale);
        expect(plainDecimal(plain)).toBe(plain);
        expect(plainDecimal(`${value}E-${scale}`)).toBe(plain);
        // As Excel writes a double: seventeen digits.
        expect(plainDecimal(Number(plain).toPrecision(17))).toBe(plain);
        expect(numberText(plain, 'percent')).toBe(`${plainDecimal(plain, 2)!.replace('.', ',')}\u00a0%`);
      }),
    );
    expect(['', 'x', '1..2', '1E99', '0x10'].map((text) => plainDecimal(text))).toEqual(Array(5).fill(null));
  });

  test('formats and addresses', () => {
    expect([numberLook(14, undefined), numberLook(9, undefined), numberLook(4, undefined)]).toEqual([
      'date',
      'percent',
      'number',
    ]);
    for (const column of [1, 26, 27, 702, 703, 16_384])
      expect(placeOf(`$${columnLetters(column)}$7`)).toEqual([column, 7]);
    expect(['XFE1', 'A0', 'A1048577', '7', 'a1'].map(placeOf)).toEqual(Array(5).fill(null));
  });
});

describe('CSV written for others', () => {
  const rows = [
    ['=A1', '+1,5', '-1.5', '@x', 'a;b', 'c,d', 'e"f\ng', 12, 3n, { decimal: '-1234.5' }],
  ] as const;

  test('in French and in the standard way, with the same guard', () => {
    expect(csvLine(rows[0], FRENCH_CSV)).toBe(`'=A1;+1,5;-1.5;'@x;"a;b";c,d;"e""f\ng";12;3;-1234,5\r\n`);
    expect(csvLine(rows[0], STANDARD_CSV)).toBe(`'=A1,"+1,5",-1.5,'@x,a;b,"c,d","e""f\ng",12,3,-1234.5\r\n`);
  });

  test('in pieces, says what it says whole', async () => {
    const taken = async (dialect: typeof FRENCH_CSV, many: readonly string[][]) => {
      const pieces: string[] = [];
      for await (const piece of csvPieces(['a', 'b'], many, dialect)) pieces.push(piece);
      return pieces;
    };
    const many = Array.from({ length: 20_000 }, (_, index) => [`${index}`, 'Sel, sac']);
    const french = await taken(FRENCH_CSV, many);
    expect(french.length).toBeGreaterThan(2);
    expect(Math.max(...french.map(({ length }) => length))).toBeLessThan(70_000);
    expect(french.join('')).toBe(writeFrenchCsv(['a', 'b'], many));
    expect(await taken(STANDARD_CSV, [])).toEqual(['a,b\r\n']);
    expect((await taken(FRENCH_CSV, []))[0]).toBe('\ufeffa;b\r\n');
  });

  test('no text begins a formula, and its reader takes the guard off', () => {
    const risky = fc.stringMatching(/^['=+\-@\t＝][=+\-@a-z0-9;,"]{0,6}$/);
    fc.assert(
      fc.property(
        fc.oneof(risky, fc.string()),
        fc.constantFrom(FRENCH_CSV, STANDARD_CSV),
        (text, dialect) => {
          const written = csvLine([text], dialect).replace(/^"/, '');
          expect(/^[=@\t＝＋－＠]|^[+-](?!\d+([.,]\d+)?["\r])/.test(written)).toBe(false);
          const guarded = csvLine([text], dialect).slice(0, -2);
          const bare = guarded.startsWith('"') ? guarded.slice(1, -1).replaceAll('""', '"') : guarded;
          expect(withoutGuard(bare)).toBe(text);
        },
      ),
      { numRuns: 1_000 },
    );
  });
});

describe('cells pasted from a spreadsheet', () => {
  const shape = { columns: ['code', 'quantite'], optional: ['note'], longest: 100 };
  const order = ['code', 'designation', 'quantite'];
  const told = (table: ReturnType<typeof readPasted>) => [
    table.faults.map(({ line, problem }) => [line, problem]),
    table.rows.map((row) => [row.line, row.get('code'), row.get('quantite'), row.get('note')]),
  ];

  test('with their header, as the same cells in a file', () => {
    const text = 'Code\tQuantité\tNote\r\nA-1\t1 234,5\t"sur\ndeux lignes"\r\nA-2\t3\t5" de large\r\n';
    const pasted = readPasted(text, { ...shape, columns: ['code', 'quantite'] });
    expect(told(pasted)).toEqual([
      [],
      [
        [2, 'A-1', '1 234,5', 'sur\ndeux lignes'],
        [4, 'A-2', '3', '5" de large'],
      ],
    ]);
    const file = readTable('f.csv', Buffer.from(text), ['code', 'quantite'], ['note']);
    expect(pasted.rows.map(({ line, cells }) => [line, cells])).toEqual(
      file.rows.map(({ line, cells }) => [line, cells]),
    );
  });

  test('without header when the columns are known, short rows completed, others ignored if asked', () => {
    const given = { ...shape, order, others: 'ignored' as const };
    expect(told(readPasted('A-1\tSel\t12\n\nA-2\tSable\nA-3\tGravier\t4\t\t\n', given))).toEqual([
      [],
      [
        [1, 'A-1', '12', ''],
        [3, 'A-2', '', ''],
        [4, 'A-3', '4', ''],
      ],
    ]);
    // A header is known when it is there, in any order.
    expect(told(readPasted('quantite\tcode\n12\tA-1\n', given))[1]).toEqual([[2, 'A-1', '12', '']]);
    expect(told(readPasted('A-1\tSel\t12\t5\n', given))[0]).toEqual([[1, '4 colonnes au lieu de 3']]);
  });

  test('what is no table is refused with what to do', () => {
    const problems = (text: string, more = {}) =>
      readPasted(text, { ...shape, ...more }).faults.map(({ line, problem }) => [line, problem]);
    expect(problems(' \n\t\n')).toEqual([[null, 'rien n’a été collé']]);
    expect(problems('A-1\t12\n')).toEqual([[1, expect.stringContaining('en-tête inattendu')]]);
    expect(problems('code\tquantite\n"A-1\t12\n')).toEqual([
      [2, 'un guillemet est ouvert et n’est jamais fermé'],
    ]);
    expect(problems('code\tquantite\nA\t1\nB\t2\n', { longest: 2 })).toEqual([
      [null, '3\u00a0lignes ont été collées, et 2 au plus peuvent l’être'],
    ]);
  });
});
