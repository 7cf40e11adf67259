/**
 * The program that reads a workbook given by a person, in a process of its own: the file comes by its input, what it holds
 * leaves by its output, one JSON line per row. It knows no secret, opens no other file, and may be killed at any time.
 */
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { readBook } from './book-elements.js';
import { ReadingStopped, type WiredLine } from './read-sheet.js';
import { SheetsReader } from './sheet-elements.js';
import type { WorkbookFault, WorkbookLimits } from './workbook-faults.js';
import { WorkbookParts } from './workbook-parts.js';

/** Rows of one piece of the output. */
const ROWS_PER_PIECE = 200;

async function* linesOf(file: Buffer, limits: WorkbookLimits): AsyncGenerator<string> {
  try {
    const parts = await WorkbookParts.open(file);
    const book = await readBook(parts);
    const sheets = new SheetsReader(parts, book, limits);
    for (const { name, hidden, part } of book.sheets) {
      const { rows, merges } = await sheets.read(part);
      yield asLine({ sheet: { name, hidden, merges } });
      for (let at = 0; at < rows.length; at += ROWS_PER_PIECE)
        yield rows
          .slice(at, at + ROWS_PER_PIECE)
          .map(asLine)
          .join('');
    }
    yield asLine({ end: true });
  } catch (error) {
    yield asLine({ fault: faultOf(error) });
  }
}

const asLine = (line: WiredLine): string => `${JSON.stringify(line)}\n`;

/** What the libraries throw comes from the file, and what the language throws from this program. */
function faultOf(error: unknown): WorkbookFault {
  if (error instanceof ReadingStopped) return error.fault;
  if (error instanceof TypeError && !('code' in error)) throw error;
  return 'damaged';
}

const limits = JSON.parse(process.argv[2]!) as WorkbookLimits;
await pipeline(Readable.from(linesOf(await buffer(process.stdin), limits)), process.stdout);
