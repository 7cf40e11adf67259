/**
 * Reads spreadsheets back as they are stored, and has LibreOffice work them out again.
 * exceljs is no witness here: it wrote them, and it drops the results that are equal to 0.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inflateRawSync } from 'node:zlib';

export interface StoredCell {
  readonly value: string | number | null;
  readonly formula: string | undefined;
  /** As stored: "e" is an error, "str" and "s" are texts, "n" a number. */
  readonly type: string;
}

/** Sheets by name, cells by address. */
export type Spreadsheet = ReadonlyMap<string, ReadonlyMap<string, StoredCell>>;

/** The parts of a ZIP file, by name, as text. */
export const zipParts = (file: Buffer): Map<string, string> =>
  new Map([...zipFiles(file)].map(([name, bytes]) => [name, bytes.toString('utf8')]));

/** The files in a ZIP file, by name. */
export function zipFiles(file: Buffer): Map<string, Buffer> {
  const parts = new Map<string, Buffer>();
  const end = file.lastIndexOf(Buffer.from([0x50, 0x4b, 5, 6]));
  let at = file.readUInt32LE(end + 16);
  for (let count = file.readUInt16LE(end + 10); count > 0; count -= 1) {
    const [method, size] = [file.readUInt16LE(at + 10), file.readUInt32LE(at + 20)];
    const nameLength = file.readUInt16LE(at + 28);
    const local = file.readUInt32LE(at + 42);
    const data = local + 30 + file.readUInt16LE(local + 26) + file.readUInt16LE(local + 28);
    const bytes = file.subarray(data, data + size);
    const name = file.toString('utf8', at + 46, at + 46 + nameLength);
    parts.set(name, method === 8 ? inflateRawSync(bytes) : bytes);
    at += 46 + nameLength + file.readUInt16LE(at + 30) + file.readUInt16LE(at + 32);
  }
  return parts;
}

const ENTITIES: Record<string, string> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };
const decode = (xml: string): string =>
  xml
    .replace(/&(lt|gt|amp|quot|apos);/g, (_, name: string) => ENTITIES[name]!)
    .replace(/&#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code)))
    .replace(/_x([0-9A-Fa-f]{4})_/g, (_, code: string) => String.fromCharCode(parseInt(code, 16)));
const attribute = (attributes: string, name: string): string | undefined =>
  new RegExp(`(?:^|\\s)${name}="([^"]*)"`).exec(attributes)?.[1];

export function readSpreadsheet(file: Buffer): Spreadsheet {
  const parts = zipParts(file);
  const texts = [...(parts.get('xl/sharedStrings.xml') ?? '').matchAll(/<si>(.*?)<\/si>/gs)].map(([, item]) =>
    decode([...item!.matchAll(/<t(?:\s[^>]*)?>(.*?)<\/t>/gs)].map(([, text]) => text).join('')),
  );
  const targets = new Map(
    [...parts.get('xl/_rels/workbook.xml.rels')!.matchAll(/<Relationship\s([^>]*)\/>/g)].map(([, a]) => [
      attribute(a!, 'Id'),
      attribute(a!, 'Target'),
    ]),
  );
  return new Map(
    [...parts.get('xl/workbook.xml')!.matchAll(/<sheet\s([^>]*)\/>/g)].map(([, attributes]) => {
      const path = `xl/${targets.get(attribute(attributes!, 'r:id'))}`;
      return [decode(attribute(attributes!, 'name')!), readCells(parts.get(path)!, texts)];
    }),
  );
}

function readCells(xml: string, texts: readonly string[]): Map<string, StoredCell> {
  const cells = new Map<string, StoredCell>();
  for (const [, attributes, content] of xml.matchAll(/<c\s([^>]*?)(?:\/>|>(.*?)<\/c>)/gs)) {
    const type = attribute(attributes!, 't') ?? 'n';
    const raw = /<v(?:\s[^>]*)?>(.*?)<\/v>/s.exec(content ?? '')?.[1];
    const formula = /<f(?:\s[^>]*)?>(.*?)<\/f>/s.exec(content ?? '')?.[1];
    const text = type === 's' ? texts[Number(raw)]! : decode(raw ?? '');
    const value = type !== 'n' ? text : raw === undefined || raw === '' ? null : Number(raw);
    cells.set(attribute(attributes!, 'r')!, {
      value,
      formula: formula === undefined ? undefined : decode(formula),
      type,
    });
  }
  return cells;
}

/** Recalculates on load whatever the stored results say: by default LibreOffice shows them as they are. */
const ALWAYS_RECALCULATE = `<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load">
<prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
</oor:items>`;

/** Has LibreOffice convert workbooks, all in one run; the answers come in the order given. */
function convert(
  files: readonly Buffer[],
  to: 'xlsx' | 'pdf' | 'csv',
  from: 'xlsx' | 'csv' = 'xlsx',
): Buffer[] {
  const folder = mkdtempSync(join(tmpdir(), 'halle-recalculate-'));
  try {
    mkdirSync(join(folder, 'profile', 'user'), { recursive: true });
    writeFileSync(join(folder, 'profile', 'user', 'registrymodifications.xcu'), ALWAYS_RECALCULATE);
    const names = files.map((file, index) => {
      writeFileSync(join(folder, `${index}.${from}`), file);
      return join(folder, `${index}.${from}`);
    });
    const profile = `-env:UserInstallation=file://${folder}/profile`;
    const filter = to === 'xlsx' ? 'xlsx:Calc MS Excel 2007 XML' : to;
    const out = join(folder, 'out');
    execFileSync('soffice', [profile, '--headless', '--convert-to', filter, '--outdir', out, ...names], {
      stdio: 'ignore',
    });
    return files.map((_, index) => readFileSync(join(out, `${index}.${to}`)));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** As LibreOffice works them out again. */
export const recalculate = (files: readonly Buffer[]): Spreadsheet[] =>
  convert(files, 'xlsx').map(readSpreadsheet);

/** Saved again by LibreOffice, as a person who filled it would. */
export const rewritten = (files: readonly Buffer[]): Buffer[] => convert(files, 'xlsx');

/** The first sheet, as LibreOffice gives it in CSV. */
export const asCsv = (file: Buffer): string => convert([file], 'csv')[0]!.toString('utf8');

/** A CSV file as LibreOffice opens it by itself. */
export const fromCsv = (file: Buffer): Buffer => convert([file], 'xlsx', 'csv')[0]!;

/** A word of a printed workbook: its page, and the height of its line in points. */
export interface PrintedWord {
  readonly page: number;
  readonly text: string;
  readonly height: number;
}

/** The words of a workbook as LibreOffice prints it. */
export function printedWords(file: Buffer): PrintedWord[] {
  const input = convert([file], 'pdf')[0];
  const html = execFileSync('pdftotext', ['-bbox', '-', '-'], { input, encoding: 'utf8', maxBuffer: 1e8 });
  return html.split('<page ').flatMap((text, page) =>
    [...text.matchAll(/yMin="([\d.]+)" .*yMax="([\d.]+)">(.*)<\/word>/g)].map(([, top, bottom, word]) => ({
      page,
      text: decode(word!),
      height: Number(bottom) - Number(top),
    })),
  );
}

/**
 * Cells whose stored result is not what a recalculation gives, or that recalculate to an error. Amounts are compared
 * to a millionth: a sum of doubles may differ in its fifteenth digit, no figure shown may.
 */
export function differences(stored: Spreadsheet, recalculated: Spreadsheet): string[] {
  const found: string[] = [];
  for (const [sheet, cells] of stored)
    for (const [address, { value, formula }] of cells) {
      const other = recalculated.get(sheet)?.get(address);
      const again = other?.value ?? '';
      const same =
        typeof value === 'number' && typeof again === 'number'
          ? Math.abs(value - again) < 1e-6
          : (value ?? '') === again;
      if (!same || other?.type === 'e' || (formula !== undefined && other?.formula === undefined))
        found.push(`${sheet}!${address} ${formula ?? ''}: stored ${value}, recalculated ${again}`);
    }
  return found;
}
