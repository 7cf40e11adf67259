import { archive, gridOf, handMade, type Part, sheetOf, workbookParts } from './archive.js';

const MEBIBYTE = 1024 * 1024;
const plain = (): Part[] =>
  workbookParts({ sheets: [{ xml: '<sheetData><row r="1"><c r="A1"><v>1</v></c></row></sheetData>' }] });
const withPart = (name: string, data: string | Buffer): Buffer => archive([...plain(), { name, data }]);
const withTexts = (doctype: string, text: string): Buffer =>
  handMade({
    sheets: [{ xml: '<sheetData><row r="1"><c r="A1" t="s"><v>0</v></c></row></sheetData>' }],
    doctype,
    texts: `<si><t>${text}</t></si>`,
  });
const lines = (count: number, row: (line: number) => string): string => {
  const rows: string[] = [];
  for (let line = 1; line <= count; line += 1) rows.push(row(line));
  return rows.join('');
};

/** Ten times ten times… « lol »: a kilobyte that asks for gigabytes. */
function billionLaughs(): Buffer {
  const entities = ['<!ENTITY a0 "lol">'];
  for (let level = 1; level < 10; level += 1)
    entities.push(`<!ENTITY a${level} "${`&a${level - 1};`.repeat(10)}">`);
  return withTexts(`<!DOCTYPE sst [${entities.join('')}]>`, '&a9;');
}

/** Files made to hurt whoever opens them, or that are not what they say, with the fault that each is refused for. */
export const HOSTILE: readonly (readonly [name: string, fault: string, make: () => Buffer])[] = [
  ['a zip bomb that says it is small', 'damaged', () => bomb({ declared: 10 })],
  ['a zip bomb that tells its size', 'too_large', () => bomb({})],
  ['many parts that are each bearable', 'too_large', manyParts],
  ['parts that share their bytes', 'tampered', overlapping],
  ['an archive within an archive', 'not_a_workbook', () => archive([{ name: 'a.zip', data: bomb({}) }])],
  ['two parts of one name', 'tampered', () => withPart('XL/workbook.xml', '<workbook/>')],
  ['a billion laughs', 'doctype', billionLaughs],
  [
    'a quadratic entity',
    'doctype',
    () => withTexts(`<!DOCTYPE sst [<!ENTITY a "${'a'.repeat(50_000)}">]>`, '&a;'.repeat(50_000)),
  ],
  ['an external entity', 'doctype', () => withTexts('<!DOCTYPE sst SYSTEM "file:///etc/passwd">', 'x')],
  [
    'a DOCTYPE in UTF-16',
    'doctype',
    () => withPart('xl/theme/theme1.xml', Buffer.from('\ufeff<!DOCTYPE a [<!ENTITY b "c">]><a/>', 'utf16le')),
  ],
  ['macros', 'macros', () => withPart('xl/vbaProject.bin', 'x')],
  [
    'a workbook with macros, renamed',
    'macros',
    () =>
      handMade({
        sheets: [{ xml: '<sheetData/>' }],
        mainType: 'application/vnd.ms-excel.sheet.macroEnabled.main+xml',
      }),
  ],
  [
    'a link to another workbook',
    'external_links',
    () => withPart('xl/externalLinks/externalLink1.xml', '<a/>'),
  ],
  [
    'a relationship to another workbook',
    'external_links',
    () =>
      withPart(
        'xl/worksheets/_rels/sheet1.xml.rels',
        '<Relationships><Relationship Id="a" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/externalLinkPath" Target="file:///C:/b.xlsx" TargetMode="External"/></Relationships>',
      ),
  ],
  ['a PDF renamed', 'pdf', () => Buffer.from('%PDF-1.7\n%\u00e2\u00e3\n1 0 obj', 'latin1')],
  [
    'an old or protected workbook',
    'protected_or_old',
    () => Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(4096)]),
  ],
  [
    'encrypted parts',
    'protected_or_old',
    () => archive(plain().map((part) => ({ ...part, encrypted: true }))),
  ],
  [
    'an OpenDocument workbook',
    'ods',
    () =>
      archive([
        { name: 'mimetype', data: 'application/vnd.oasis.opendocument.spreadsheet' },
        { name: 'content.xml', data: '<a/>' },
      ]),
  ],
  ['a binary workbook', 'binary_workbook', () => withPart('xl/workbook.bin', 'x')],
  ['text', 'not_a_workbook', () => Buffer.from('lot;cpv\n1;2\n')],
  ['an archive cut in the middle', 'damaged', () => archive(plain()).subarray(0, 700)],
  [
    'an archive with nothing but its first letters',
    'damaged',
    () => Buffer.from('PK\u0003\u0004 not a workbook'),
  ],
  ['XML that is not closed', 'damaged', () => sheetOf('<row r="1"><c r="A1"><v>1</v></row>')],
  ['an entity that nothing declares', 'damaged', () => withTexts('', '&nowhere;')],
  ['a cell out of any sheet', 'damaged', () => sheetOf('<row r="1"><c r="ZZZZ1"><v>1</v></c></row>')],
  ['rows that go back', 'damaged', () => sheetOf('<row r="2"/><row r="1"/>')],
  [
    'a million rows',
    'too_long',
    () => sheetOf(lines(1_000_000, (line) => `<row r="${line}"><c><v>${line}</v></c></row>`)),
  ],
  [
    '16 384 columns',
    'too_long',
    () => sheetOf(`<row r="1">${lines(16_384, (column) => `<c><v>${column}</v></c>`)}</row>`),
  ],
  [
    '10 000 merged ranges',
    'too_many_merges',
    () =>
      sheetOf(
        '<row r="1"><c r="A1"><v>1</v></c></row>',
        `<mergeCells>${lines(10_000, (line) => `<mergeCell ref="A${line}:B${line}"/>`)}</mergeCells>`,
      ),
  ],
  [
    'merged ranges over the whole sheet, again and again',
    'too_many_merges',
    () =>
      sheetOf(
        gridOf(900, 90, (at) => `<c r="${at}"><v>1</v></c>`),
        `<mergeCells>${'<mergeCell ref="A1:XFD1048576"/>'.repeat(2_000)}</mergeCells>`,
      ),
  ],
  [
    'one long text that many cells name',
    'too_large',
    () =>
      handMade({
        sheets: [
          {
            xml: `<sheetData>${gridOf(900, 90, (at) => `<c r="${at}" t="s"><v>0</v></c>`)}</sheetData>`,
          },
        ],
        texts: `<si><t>${'long '.repeat(6_000)}</t></si>`,
      }),
  ],
  [
    'elements within elements, without end',
    'too_demanding',
    () => sheetOf('<a>'.repeat(6_000_000) + noise(400_000)),
  ],
];

/** Sixty mebibytes of zeros in sixty kilobytes. */
function bomb(more: Partial<Part>): Buffer {
  return archive([...plain(), { name: 'xl/media/image1.png', data: Buffer.alloc(60 * MEBIBYTE), ...more }]);
}

function manyParts(): Buffer {
  const data = noise(MEBIBYTE / 2).repeat(2);
  return archive([
    ...plain(),
    ...Array.from({ length: 60 }, (_, index) => ({ name: `xl/media/${index}.txt`, data })),
  ]);
}

function overlapping(): Buffer {
  const data = Buffer.alloc(900_000);
  const first = plain().length;
  return archive([
    ...plain(),
    { name: 'xl/media/0.txt', data },
    ...Array.from({ length: 40 }, (_, index) => ({ name: `xl/media/${index + 1}.txt`, data, sameAs: first })),
  ]);
}

/** Text that packs badly, the same each time. */
function noise(length: number): string {
  let [state, text] = [1, ''];
  while (text.length < length) {
    state = (state * 48_271) % 2_147_483_647;
    text += state.toString(36);
  }
  return text.slice(0, length);
}
