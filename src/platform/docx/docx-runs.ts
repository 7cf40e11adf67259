import { type IRunOptions, ShadingType, TextRun } from 'docx';
import { AROUND_GAPS } from '../markdown/gaps.js';
import type { Run } from '../markdown/tree.js';
import { GAP_TINT } from './docx-styles.js';

/** Text as Word runs: gaps stand out, and a line break stays one. */
export function runsOf(runs: readonly Run[]): TextRun[] {
  return runs.flatMap((run) => lines(run.text, { bold: run.bold, italics: run.italic }, run.gap));
}

/** One run; its options are typed, so that none is taken for a method of strings. */
export const runOf = (options: IRunOptions): TextRun => new TextRun(options);

/** The same for a cell, whose gaps are in its text. */
export const cellRuns = (text: string, bold: boolean): TextRun[] =>
  text
    .split(AROUND_GAPS)
    .filter((part) => part !== '')
    .flatMap((part) => lines(part, { bold }, AROUND_GAPS.test(part)));

function lines(text: string, style: { bold?: boolean; italics?: boolean }, gap: boolean): TextRun[] {
  const set = Object.fromEntries(Object.entries(style).filter(([, on]) => on));
  const shading = gap ? { shading: { type: ShadingType.CLEAR, color: 'auto', fill: GAP_TINT } } : {};
  return text
    .split('\n')
    .map((line, i) => new TextRun({ text: line, ...set, ...shading, ...(i > 0 ? { break: 1 } : {}) }));
}
