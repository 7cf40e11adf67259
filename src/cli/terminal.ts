import type { Fault } from '../platform/csv/fault.js';

/** What a command tells a person: on standard error, so that standard output stays clean for programs. */
export interface Terminal {
  line(text: string): void;
  /** Shows n of total: a bar that redraws itself on a terminal, a plain line at each quarter elsewhere. */
  progress(label: string, done: number, total: number): void;
}

const BAR = 30;

export function createTerminal(stream: NodeJS.WriteStream): Terminal {
  // Whoever read us may leave (`| head`): the work goes on.
  stream.on('error', () => undefined);
  let open = false;
  let quarter = -1;
  return {
    line(text) {
      if (open) stream.write('\n');
      open = false;
      stream.write(`${text}\n`);
    },
    progress(label, done, total) {
      if (stream.isTTY) {
        const filled = total === 0 ? BAR : Math.floor((BAR * done) / total);
        stream.write(`\r${label} [${'#'.repeat(filled)}${'.'.repeat(BAR - filled)}] ${done}/${total}`);
        open = done < total;
        if (!open) stream.write('\n');
        return;
      }
      const reached = total === 0 ? 4 : Math.floor((4 * done) / total);
      if (reached !== quarter) stream.write(`${label} : ${done}/${total}\n`);
      quarter = reached === 4 ? -1 : reached;
    },
  };
}

const SHOWN = 100;
const WIDEST = 40;

/** Faults as an aligned table, the first hundred of them. */
export function faultTable(faults: readonly Fault[]): string {
  const shown = faults.slice(0, SHOWN);
  const rows = [
    ['Fichier', 'Ligne', 'Colonne', 'Valeur', 'Problème → correction'],
    ...shown.map((fault) => [
      fault.file,
      fault.line === null ? '' : String(fault.line),
      fault.column,
      shortened(fault.value),
      `${fault.problem} → ${fault.correction}`,
    ]),
  ];
  const widths = [0, 1, 2, 3].map((column) => Math.max(...rows.map((row) => [...row[column]!].length)));
  const lines = rows.map((row) =>
    row
      .map((text, column) => text.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
  const rest = faults.length - shown.length;
  return [...lines, ...(rest > 0 ? [`… et ${rest} autres`] : [])].join('\n');
}

/** One line, printable, not too wide. */
function shortened(text: string): string {
  const flat = [...text.replace(/[\p{C}\s]+/gu, ' ').trim()];
  return flat.length > WIDEST ? `${flat.slice(0, WIDEST - 1).join('')}…` : flat.join('');
}
