/** Something wrong in a file that a person gave us, told so that they can mend it. */
export interface Fault {
  readonly file: string;
  /** Physical line, header = 1; null when the whole file is concerned. */
  readonly line: number | null;
  /** Column name as in the header; empty when the whole row or file is concerned. */
  readonly column: string;
  /** What was read, as it stands in the file. */
  readonly value: string;
  /** French: what is wrong. */
  readonly problem: string;
  /** French: what to do. */
  readonly correction: string;
}

/** Faults in reading order: file by file as given, then by line, then by column as they were found. */
export function sortFaults(faults: readonly Fault[], files: readonly string[]): Fault[] {
  return [...faults].sort(
    (a, b) => files.indexOf(a.file) - files.indexOf(b.file) || (a.line ?? 0) - (b.line ?? 0),
  );
}
