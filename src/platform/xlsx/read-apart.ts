import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { PROJECT_ROOT } from '../config/config.js';
import { type ReadRow, type ReadSheet, unwired, type WiredLine } from './read-sheet.js';
import type { WorkbookFault, WorkbookLimits } from './workbook-faults.js';

/** Compiled, under test as well: a process runs no TypeScript. */
const READER = join(PROJECT_ROOT, 'dist', 'platform', 'xlsx', 'reader.js');
/** Megabytes of objects. The largest file that a request brings takes half. */
const MAX_HEAP = 256;
/** Milliseconds from start to end; the largest file takes a tenth. */
const MAX_TIME = 20_000;
/** Characters that it may say. */
const MAX_OUTPUT = 64 * 1024 * 1024;

/** As Node ends when its heap is full, where no signal tells it. */
const ABORTED = 134;

/**
 * Reads a workbook in a process of its own, without environment, that is killed when it takes too much memory or time, or
 * says too much. Spawned rather than forked: its output is a pipe, that can be counted and parsed row by row, where a
 * message would come whole.
 *
 * @throws {Error} when the process cannot be started, or fails by itself
 */
export function readApart(
  file: Buffer,
  limits: WorkbookLimits,
  maxTime = MAX_TIME,
): Promise<readonly ReadSheet[] | WorkbookFault> {
  return new Promise((resolve, reject) => {
    const child = spawn(
      process.execPath,
      [`--max-old-space-size=${MAX_HEAP}`, READER, JSON.stringify(limits)],
      { env: {}, stdio: ['pipe', 'pipe', 'ignore'], windowsHide: true },
    );
    const lines = new LinesRead();
    let stopped = false;
    const stop = (): void => {
      stopped = true;
      child.kill('SIGKILL');
    };
    const alarm = setTimeout(stop, maxTime);
    child.stdout.setEncoding('utf8').on('data', (piece: string) => {
      if (!stopped && !lines.take(piece)) stop();
    });
    // It may end before it took the whole file: how it ended is told by its end.
    child.stdin.on('error', () => undefined).end(file);
    child.on('error', (error) => {
      clearTimeout(alarm);
      reject(error);
    });
    child.on('close', (code, signal) => {
      clearTimeout(alarm);
      if (stopped || signal !== null || code === ABORTED) resolve('too_demanding');
      else if (code === 0 && lines.result !== undefined) resolve(lines.result);
      else reject(new Error(`the reader of workbooks ended with ${String(code)}: is dist/ compiled?`));
    });
  });
}

/** What the process says, as it comes. */
class LinesRead {
  private readonly sheets: (Omit<ReadSheet, 'rows'> & { readonly rows: ReadRow[] })[] = [];
  private characters = 0;
  private rest = '';
  /** Undefined until it said how it ends. */
  result: readonly ReadSheet[] | WorkbookFault | undefined;

  /** @returns false when it says too much */
  take(piece: string): boolean {
    this.characters += piece.length;
    if (this.characters > MAX_OUTPUT) return false;
    const lines = (this.rest + piece).split('\n');
    this.rest = lines.pop()!;
    for (const line of lines) this.add(JSON.parse(line) as WiredLine);
    return true;
  }

  private add(line: WiredLine): void {
    if ('sheet' in line) this.sheets.push({ ...line.sheet, rows: [] });
    else if ('cells' in line)
      this.sheets.at(-1)!.rows.push({ line: line.line, cells: line.cells.map(unwired) });
    else this.result = 'fault' in line ? line.fault : this.sheets;
  }
}
