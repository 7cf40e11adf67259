/** What a refusal is, in one line that can be read aloud: HTTP status, short title, full sentence. */
export interface Refusal {
  readonly status: number;
  readonly title: string;
  detail(...words: never[]): string;
}
