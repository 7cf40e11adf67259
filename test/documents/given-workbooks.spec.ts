import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { Refused } from '../../src/platform/refusals/refused.js';
import { readApart } from '../../src/platform/xlsx/read-apart.js';
import { readWorkbook } from '../../src/platform/xlsx/read-workbook.js';
import { Turns } from '../../src/platform/xlsx/turns.js';
import { gridOf, handMade, sheetOf } from '../support/archive.js';
import { HOSTILE } from '../support/hostile.js';

const LIMITS = { rows: 1_000, columns: 100 };
const MEBIBYTE = 1024 * 1024;

const only = async (file: Buffer) => {
  const { sheets, fault } = await readWorkbook(file, LIMITS);
  expect(fault).toBeNull();
  expect(sheets).toHaveLength(1);
  return sheets[0]!;
};
const cellsOf = async (file: Buffer) =>
  (await only(file)).rows.map(({ line, cells }) => [
    line,
    ...cells.map(({ text, kind, formula }) => `${formula ? '=' : ''}${kind} ${text}`.trimEnd()),
  ]);

describe('a file made to hurt', () => {
  test.each(HOSTILE)('%s: %s', async (_, fault, make) => {
    const file = make();
    const before = process.memoryUsage().rss;
    expect(await readWorkbook(file, LIMITS)).toEqual({ sheets: [], fault });
    expect(process.memoryUsage().rss - before).toBeLessThan(150 * MEBIBYTE);
  });
});

describe('the process that reads', () => {
  const long = (): Buffer => sheetOf(gridOf(900, 90, (at) => `<c r="${at}"><v>12.5</v></c>`));

  test('killed in the middle, is told as a file that cannot be read, and the next one is read', async () => {
    const reading = readWorkbook(long(), LIMITS);
    process.kill(await readerOf(process.pid), 'SIGKILL');
    expect(await reading).toEqual({ sheets: [], fault: 'too_demanding' });
    const { sheets } = await readWorkbook(long(), LIMITS);
    expect(sheets[0]!.rows).toHaveLength(900);
  });

  test('is killed when its time is over', async () => {
    expect(await readApart(long(), LIMITS, 1)).toBe('too_demanding');
    expect(readersOf(process.pid)).toEqual([]);
  });
});

describe('turns', () => {
  test('some work, some wait in order, the others are refused at once; a failure gives its place', async () => {
    const turns = new Turns(2, 3);
    const ends: (() => void)[] = [];
    const [begun, done]: [number[], unknown[]] = [[], []];
    const work = (number: number) =>
      turns
        .run(() => {
          begun.push(number);
          return new Promise<void>((resolve, reject) =>
            ends.push(() => (number === 0 ? reject(new Error('failed')) : resolve())),
          );
        })
        .catch((error: unknown) => done.push(error));
    const all = [0, 1, 2, 3, 4, 5, 6].map(work);
    await delay(1);
    expect(begun).toEqual([0, 1]);
    expect(done).toHaveLength(2);
    expect(done[0]).toMatchObject({ code: 'FILES_BUSY', status: 503, retryAfter: 10 });
    expect(done[0]).toBeInstanceOf(Refused);
    while (ends.length > 0) {
      ends.shift()!();
      await delay(1);
    }
    await Promise.all(all);
    expect(begun).toEqual([0, 1, 2, 3, 4]);
    await turns.run(async () => begun.push(7));
    expect(begun.at(-1)).toBe(7);
  });
});

describe('what is read', () => {
  test('numbers keep the digits of the file, to the fifteenth; a formula that gives 0 gives 0', async () => {
    const cells = [
      '<c><v>1234.5</v></c>',
      '<c><v>1.1000000000000001</v></c>',
      '<c><v>0.30000000000000004</v></c>',
      '<c><v>2.5E-3</v></c>',
      '<c><v>1.2E+6</v></c>',
      '<c><v>12345678901234</v></c>',
      '<c><v>999999999999999.9</v></c>',
      '<c><v>-0.0</v></c>',
      '<c><f>1-1</f><v>0</v></c>',
      '<c><f>A1</f></c>',
      '<c><f>1/0</f><v></v></c>',
      '<c t="e"><f>1/0</f><v>#DIV/0!</v></c>',
      '<c t="str"><f>""</f><v></v></c>',
      '<c t="b"><v>1</v></c>',
      '<c s="1"><v>0.055</v></c>',
      '<c t="d"><v>2027-03-01T00:00:00</v></c>',
      '<c><v>1E400</v></c>',
    ];
    const file = handMade({
      sheets: [{ xml: `<sheetData><row>${cells.join('')}</row></sheetData>` }],
      styles: '<xf numFmtId="0"/><xf numFmtId="10"/>',
    });
    expect(await cellsOf(file)).toEqual([
      [
        1,
        'number 1234,5',
        'number 1,1',
        'number 0,3',
        'number 0,0025',
        'number 1200000',
        'number 12345678901234',
        'number 1000000000000000',
        'number 0',
        '=number 0',
        '=blank',
        '=blank',
        '=error #DIV/0!',
        '=text',
        'boolean VRAI',
        'number 5,5\u00a0%',
        'date 2027-03-01',
        'number 1E400',
      ],
    ]);
  });

  test('dates are days by their format, in both calendars, and numbers with words are none', async () => {
    const formats = [
      'dd/mm/yyyy',
      '[$-40C]d\\ mmmm\\ yyyy;@',
      '0 "jours"',
      'mm:ss',
      '"dy" 0.00',
      'General',
      '0.0\\ %',
    ];
    const styles = ['<xf numFmtId="14"/>'];
    formats.forEach((_, index) => styles.push(`<xf numFmtId="${170 + index}"/>`));
    const made = (properties: string) =>
      handMade({
        sheets: [
          {
            xml: `<sheetData><row>${styles.map((_, s) => `<c s="${s}"><v>46349.75</v></c>`).join('')}<c s="0"><v>59</v></c><c s="0"><v>61</v></c><c s="0"><v>-1</v></c></row></sheetData>`,
          },
        ],
        properties,
        formats: formats
          .map(
            (code, index) =>
              `<numFmt numFmtId="${170 + index}" formatCode="${code.replaceAll('"', '&quot;')}"/>`,
          )
          .join(''),
        styles: styles.join(''),
      });
    expect((await cellsOf(made('')))[0]).toEqual([
      ...[1, 'date 2026-11-23', 'date 2026-11-23', 'date 2026-11-23', 'number 46349,75', 'number 46349,75'],
      ...['number 46349,75', 'number 46349,75', 'number 4634975\u00a0%'],
      ...['date 1900-02-28', 'date 1900-03-01', 'number -1'],
    ]);
    expect((await cellsOf(made('date1904="1"')))[0]![1]).toBe('date 2030-11-24');
  });

  test('texts: shared, inline, in several looks, with their escapes and without what nobody sees', async () => {
    const file = handMade({
      sheets: [
        {
          xml: `<sheetData><row r="3"><c r="B3" t="s"><v>0</v></c><c r="C3" t="s"><v>1</v></c><c r="E3" t="inlineStr"><is><t>a_x000D_b</t></is></c><c r="F3" t="inlineStr"><is><t>_x005F_x000D_</t></is></c><c r="G3" t="str"><v> 1\u202f234,5 </v></c></row></sheetData>`,
        },
      ],
      texts:
        '<si><r><t xml:space="preserve">Sel </t></r><r><rPr><b/></rPr><t>fin</t></r><rPh sb="0" eb="1"><t>non</t></rPh></si><si><t>x\u200by&amp;&lt;\nz</t></si>',
    });
    expect(await cellsOf(file)).toEqual([
      [3, 'blank', 'text Sel fin', 'text xy&<\nz', 'blank', 'text a\nb', 'text _x000D_', 'text 1\u202f234,5'],
    ]);
  });

  test('merged cells: the first counts, and the places are told; blank rows by the million cost nothing', async () => {
    const rows = [
      '<row r="1"><c r="A1"><v>1</v></c><c r="B1"><v>2</v></c><c r="C1"><v>3</v></c></row>',
      '<row r="2"><c r="A2"><v>4</v></c><c r="B2"><v>5</v></c><c r="C2"><v>6</v></c></row>',
    ];
    for (let line = 3; line <= 300_000; line += 1)
      rows.push(`<row r="${line}"><c r="ZZ${line}" s="0"/></row>`);
    const file = sheetOf(
      rows.join(''),
      '<mergeCells><mergeCell ref="A1:B2"/><mergeCell ref="D9"/></mergeCells>',
    );
    expect(await only(file)).toMatchObject({
      merges: [
        { fromRow: 1, fromColumn: 1, toRow: 2, toColumn: 2 },
        { fromRow: 9, fromColumn: 4, toRow: 9, toColumn: 4 },
      ],
    });
    expect(await cellsOf(file)).toEqual([
      [1, 'number 1', 'blank', 'number 3'],
      [2, 'blank', 'blank', 'number 6'],
    ]);
  });

  test('hidden sheets are told, prefixed elements understood, and a link to a page is harmless', async () => {
    const { sheets, fault } = await readWorkbook(
      handMade({
        sheets: [
          {
            name: 'L&amp;apos;été',
            xml: '<x:sheetData xmlns:x="a"><x:row><x:c><x:v>1</x:v></x:c></x:row></x:sheetData>',
          },
          { name: 'b', state: 'hidden', xml: '<sheetData/>' },
          { name: 'c', state: 'veryHidden', xml: '<sheetData/>' },
        ],
      }),
      LIMITS,
    );
    expect(fault).toBeNull();
    expect(sheets.map(({ name, hidden, rows }) => [name, hidden, rows.length])).toEqual([
      ['L&apos;été', false, 1],
      ['b', true, 0],
      ['c', true, 0],
    ]);
  });
});

/** Processes that read workbooks for another, by Linux. */
function readersOf(parent: number): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => {
      try {
        const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
        const ofParent = stat.slice(stat.lastIndexOf(')')).split(' ')[2] === String(parent);
        return ofParent && readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('xlsx/reader.js');
      } catch {
        return false; // ended meanwhile
      }
    })
    .map(Number);
}

async function readerOf(parent: number): Promise<number> {
  for (let attempt = 0; attempt < 1_000; attempt += 1) {
    const [pid] = readersOf(parent);
    if (pid !== undefined) return pid;
    await delay(2);
  }
  throw new Error('no reader was started');
}
