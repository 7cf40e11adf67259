/** One thing to correct before something is saved: the field, `items/3/maximum`, a stable code, a French sentence. */
export interface Problem {
  readonly field: string;
  readonly code: string;
  readonly detail: string;
}
