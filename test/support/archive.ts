import { deflateRawSync } from 'node:zlib';
import { address } from '../../src/platform/xlsx/address.js';

/** A part of a ZIP file made by hand: any of it may be false. */
export interface Part {
  readonly name: string;
  readonly data: Buffer | string;
  /** What it says that it inflates to, when that is false. */
  readonly declared?: number;
  /** Says that its data is that of the part at this place. */
  readonly sameAs?: number;
  readonly encrypted?: boolean;
}

/** The bytes of a ZIP file. Nothing is checked: two parts may bear one name, or share their bytes. */
export function archive(parts: readonly Part[]): Buffer {
  const written: Buffer[] = [];
  const central: Buffer[] = [];
  const offsets: number[] = [];
  const sizes: number[] = [];
  let at = 0;
  for (const { name: text, data, declared, sameAs, encrypted } of parts) {
    const name = Buffer.from(text);
    const plain = Buffer.from(data as string);
    const packed = sameAs === undefined ? deflateRawSync(plain) : Buffer.alloc(0);
    const size = sameAs === undefined ? packed.length : sizes[sameAs]!;
    const flags = 0x800 | (encrypted ? 1 : 0);
    const length = declared ?? plain.length;
    const offset = sameAs === undefined ? at : offsets[sameAs]!;
    if (sameAs === undefined) {
      const local = Buffer.alloc(30);
      local.writeUInt32LE(0x04034b50, 0);
      local.writeUInt16LE(flags, 6);
      local.writeUInt16LE(8, 8);
      local.writeUInt32LE(size, 18);
      local.writeUInt32LE(length, 22);
      local.writeUInt16LE(name.length, 26);
      written.push(local, name, packed);
      at += 30 + name.length + packed.length;
    }
    offsets.push(offset);
    sizes.push(size);
    const entry = Buffer.alloc(46);
    entry.writeUInt32LE(0x02014b50, 0);
    entry.writeUInt16LE(flags, 8);
    entry.writeUInt16LE(8, 10);
    entry.writeUInt32LE(crc32(plain), 16);
    entry.writeUInt32LE(size, 20);
    entry.writeUInt32LE(length, 24);
    entry.writeUInt16LE(name.length, 28);
    entry.writeUInt32LE(offset, 42);
    central.push(entry, name);
  }
  const directory = Buffer.concat(central);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(parts.length, 8);
  end.writeUInt16LE(parts.length, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(at, 16);
  return Buffer.concat([...written, directory, end]);
}

const TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let rest = byte;
  for (let bit = 0; bit < 8; bit += 1) rest = rest & 1 ? (rest >>> 1) ^ 0xedb88320 : rest >>> 1;
  return rest;
});

function crc32(data: Buffer): number {
  let rest = 0xffffffff;
  for (const byte of data) rest = TABLE[(rest ^ byte) & 0xff]! ^ (rest >>> 8);
  return (rest ^ 0xffffffff) >>> 0;
}

const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006';
const TYPES = 'application/vnd.openxmlformats-officedocument.spreadsheetml';
const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';

export interface HandMade {
  /** What is inside `worksheet`, one for each sheet. */
  readonly sheets: readonly { readonly xml: string; readonly name?: string; readonly state?: string }[];
  /** `si` elements. */
  readonly texts?: string;
  /** `numFmt` elements, and the `xf` of `cellXfs`. */
  readonly formats?: string;
  readonly styles?: string;
  readonly properties?: string;
  readonly mainType?: string;
  readonly doctype?: string;
}

/** The parts of a workbook written by hand, to be changed and put in an archive. */
export function workbookParts({
  sheets,
  texts = '',
  formats = '',
  styles = '<xf numFmtId="0"/>',
  properties = '',
  mainType = `${TYPES}.sheet.main+xml`,
  doctype = '',
}: HandMade): Part[] {
  const relation = (id: string, type: string, target: string): string =>
    `<Relationship Id="${id}" Type="${OFFICE}/${type}" Target="${target}"/>`;
  const relations = (content: string): string =>
    `${HEAD}<Relationships xmlns="${PACKAGE}/relationships">${content}</Relationships>`;
  return [
    {
      name: '[Content_Types].xml',
      data: `${HEAD}<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="${mainType}"/></Types>`,
    },
    { name: '_rels/.rels', data: relations(relation('rId1', 'officeDocument', 'xl/workbook.xml')) },
    {
      name: 'xl/workbook.xml',
      data: `${HEAD}<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}"><workbookPr ${properties}/><sheets>${sheets
        .map(
          ({ name, state }, index) =>
            `<sheet name="${name ?? `Feuille${index + 1}`}" sheetId="${index + 1}"${state ? ` state="${state}"` : ''} r:id="rId${index + 1}"/>`,
        )
        .join('')}</sheets></workbook>`,
    },
    {
      name: 'xl/_rels/workbook.xml.rels',
      data: relations(
        sheets
          .map((_, index) => relation(`rId${index + 1}`, 'worksheet', `worksheets/sheet${index + 1}.xml`))
          .join('') +
          relation('rId900', 'sharedStrings', 'sharedStrings.xml') +
          relation('rId901', 'styles', '/xl/styles.xml'),
      ),
    },
    { name: 'xl/sharedStrings.xml', data: `${HEAD}${doctype}<sst xmlns="${MAIN}">${texts}</sst>` },
    {
      name: 'xl/styles.xml',
      data: `${HEAD}<styleSheet xmlns="${MAIN}"><numFmts>${formats}</numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs>${styles}</cellXfs></styleSheet>`,
    },
    ...sheets.map(({ xml }, index) => ({
      name: `xl/worksheets/sheet${index + 1}.xml`,
      data: `${HEAD}<worksheet xmlns="${MAIN}">${xml}</worksheet>`,
    })),
  ];
}

export const handMade = (made: HandMade): Buffer => archive(workbookParts(made));

/** One sheet with those rows: the inside of `sheetData`. */
export const sheetOf = (rows: string, after = ''): Buffer =>
  handMade({ sheets: [{ xml: `<sheetData>${rows}</sheetData>${after}` }] });

/** The inside of `sheetData`: as many rows and columns, each cell made from its address. */
export function gridOf(rows: number, columns: number, cell: (at: string) => string): string {
  const written: string[] = [];
  for (let row = 1; row <= rows; row += 1) {
    written.push(`<row r="${row}">`);
    for (let column = 1; column <= columns; column += 1) written.push(cell(address(column, row)));
    written.push('</row>');
  }
  return written.join('');
}
