/** What a refusal is, in one line that can be read aloud: HTTP status, short title, full sentence. */
export interface Refusal {
  readonly status: number;
  readonly title: string;
  detail(...words: never[]): string;
}

/** What a named constraint of the database says when it refuses a row: code and French sentence. */
export type Constraint = readonly [code: 'ALREADY_EXISTS' | 'INCONSISTENT' | 'FROZEN', sentence: string];
