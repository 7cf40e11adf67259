import { NBSP } from '../../money/french.js';
import { text } from './cells.js';
import type { ReadSheet } from './read-sheet.js';
import type { Row, Sheet, Validation } from './workbook.js';

/** Instructions, one line each, to begin the banner of a sheet that people fill. */
export const instructions = (lines: readonly string[]): Row[] =>
  lines.map((line) => ({ merged: true, cells: [text(line, 'note')] }));

/** The rule and the French messages of cells where a quantity is typed. */
export const quantityInputs = (range: string): Validation => ({
  range,
  formula: { atLeast: '0' },
  promptTitle: 'Quantité',
  prompt: `Un nombre positif ou nul, dans l’unité de la ligne, avec trois décimales au plus. 0${NBSP}: aucun besoin. Vide${NBSP}: rien n’est dit.`,
  errorTitle: 'Quantité refusée',
  error: `Saisissez un nombre positif ou nul, sans unité. Exemple${NBSP}: 12,5.`,
});

/** What a column needs to show its texts, within bounds, in digits of the default font; beyond, they wrap. */
export const fittingWidth = (texts: Iterable<string>, least: number, most: number): number => {
  let longest = 0;
  for (const value of texts)
    for (const line of value.split('\n')) longest = Math.max(longest, [...line].length);
  return Math.min(most, Math.max(least, longest + 2));
};

/** What tells, in a workbook that comes back, what it was made for: facts by name, in a sheet that nobody sees. */
export const identitySheet = (name: string, facts: Readonly<Record<string, string>>): Sheet => ({
  name,
  columns: [{ width: 24 }, { width: 44 }],
  rows: Object.entries(facts).map(([fact, value]) => ({ cells: [text(fact), text(value)] })),
  footer: name,
  locked: true,
  hidden: true,
});

/**
 * The facts of such a sheet, read back. It is found by its name, or else by being hidden and telling all of them: a
 * program may have renamed it, a person shown it.
 *
 * @returns null when no sheet tells all of them
 */
export function identityIn(
  sheets: readonly ReadSheet[],
  name: string,
  facts: readonly string[],
): ReadonlyMap<string, string> | null {
  const candidates = [
    ...sheets.filter((sheet) => sheet.name === name),
    ...sheets.filter((sheet) => sheet.name !== name && sheet.hidden),
  ];
  for (const { rows } of candidates) {
    const told = new Map(rows.map(({ cells }) => [cells[0]!.text, cells[1]?.text ?? '']));
    if (facts.every((fact) => told.has(fact))) return told;
  }
  return null;
}
