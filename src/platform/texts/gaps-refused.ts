import type { Gap } from '../markdown/gaps.js';
import { Refused } from '../refusals/refused.js';

/** A final text was asked for, and something in it is left to write. */
export class GapsRefused extends Refused<'DOCUMENT_HAS_GAPS'> {
  constructor(
    title: string,
    readonly gaps: readonly Gap[],
  ) {
    super('DOCUMENT_HAS_GAPS', title, gaps.length, gaps.map(gapWords).join('\u202f; '));
  }
}

/** « Article 15 – Litiges : siège du tribunal ». */
export const gapWords = ({ section, what }: Gap): string =>
  section === null ? what : `${section}\u00a0: ${what}`;
