import { Readable } from 'node:stream';
import { CsvError, parse } from 'csv-parse';
import { withoutUnseen } from '../../words/visible.js';
import { type CsvShape, openCsv, type PlacedRecord, type Table, tableOf, unclosedQuote } from './table.js';
import { withoutGuard } from './write.js';

/** Rows at once: enough for one statement, few enough to be nothing in memory. */
const BATCH = 5_000;
/** Characters given to the parser at once. */
const PIECE = 64 * 1024;

/**
 * Reads a CSV file as `readCsv` does, a few thousand rows at a time under the same header: its rows are never held
 * together. A file that is wrong as a whole gives one table that is not readable; so does one whose last quote is never
 * closed, after the rows before it.
 */
export async function* csvBatches(
  file: string,
  bytes: Uint8Array,
  shape: CsvShape,
): AsyncGenerator<Table, void> {
  const opened = openCsv(file, bytes, shape);
  if ('faults' in opened) {
    yield opened;
    return;
  }
  const { content, delimiter, above } = opened;
  const ofBatch = { ...shape, delimiter };
  const parser = Readable.from(pieces(content)).pipe(
    parse({ delimiter, relax_column_count: true, relax_quotes: true, skip_empty_lines: false, info: true }),
  );
  let header: PlacedRecord | undefined;
  let batch: PlacedRecord[] = [];
  let previousEnd = above;
  try {
    for await (const { record, info } of parser as AsyncIterable<{
      record: string[];
      info: { lines: number };
    }>) {
      // A quoted cell may hold line breaks: the row starts where the one before ended.
      const line = previousEnd + 1;
      previousEnd = Math.max(line, info.lines + above);
      const cells = record.map((cell) => withoutGuard(withoutUnseen(cell)));
      const placed = { line, raw: cells.join(delimiter), cells };
      if (header === undefined) {
        header = placed;
        if (!tableOf(file, [header], ofBatch).readable) break;
      } else batch.push(placed);
      if (batch.length < BATCH) continue;
      yield tableOf(file, [header, ...batch], ofBatch);
      batch = [];
    }
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    yield unclosedQuote(file, previousEnd + 1);
    return;
  }
  yield tableOf(file, header === undefined ? batch : [header, ...batch], ofBatch);
}

function* pieces(content: string): Generator<string> {
  for (let from = 0; from < content.length; from += PIECE) yield content.slice(from, from + PIECE);
}
