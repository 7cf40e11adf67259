import type { Fault as FileFault } from '../platform/csv/fault.js';
import { type Fault, Refused } from '../platform/refusals/refused.js';
import type { RejectedRow } from './form.rules.js';

/** Faults told at once: beyond, a file is wrong as a whole. */
export const MAX_TOLD = 1_000;
const MAX_VALUE = 200;

const sentence = (problem: string, correction: string): string =>
  `${problem.charAt(0).toUpperCase()}${problem.slice(1)}\u00a0: ${correction}.`;

/** A file of which nothing can be read. */
export const refusedFile = ({ line, column, value, problem, correction }: FileFault): Refused =>
  new Refused('FORM_REFUSED', 1).withFaults([
    {
      in: 'body',
      pointer: `#${line === null ? '' : `/${line}`}`,
      code: line === null ? 'unreadableFile' : 'unreadableRow',
      detail: sentence(problem, correction),
      row: { line, column, value: value.slice(0, MAX_VALUE), correction },
    },
  ]);

/** A file of which some lines are refused, for whoever wants all of it or nothing. */
export const refusedLines = (count: number, rejected: readonly RejectedRow[]): Refused =>
  new Refused('FORM_REFUSED', count).withFaults(
    rejected.slice(0, MAX_TOLD).map(({ line, value, problem, correction }): Fault => ({
      in: 'body',
      pointer: `#/${line}`,
      code: 'unreadableRow',
      detail: sentence(problem, correction),
      row: { line, column: '', value: value.slice(0, MAX_VALUE), correction },
    })),
  );
