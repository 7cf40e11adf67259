/**
 * `block` stops the publication, `warn` asks a person to look, `ok` says what was verified, `not_applicable_yet` that the
 * rule is judged on what a later step of the journey will say: it is never a silent `ok`.
 */
export const VERDICTS = ['ok', 'not_applicable_yet', 'warn', 'block'] as const;
export type Verdict = (typeof VERDICTS)[number];

/** What a rule of law answers about something, so that a person can verify it. */
export interface Check {
  /** Stable code of the rule: `LOT_MAXIMUM`. */
  readonly rule: string;
  /** « CCP R2162-4 ». */
  readonly article: string;
  readonly verdict: Verdict;
  /** What was compared, under French names, as people read it: { 'maximum du lot': '120 000,00 €' }. */
  readonly figures: Readonly<Record<string, string>>;
  /** One French sentence: what is so, and where it is not as it should be, what to do. */
  readonly sentence: string;
}

const GRAVITY: Readonly<Record<Verdict, number>> = { ok: 0, not_applicable_yet: 1, warn: 2, block: 3 };

/** Sorts the gravest first. */
export const byGravity = (a: { readonly verdict: Verdict }, b: { readonly verdict: Verdict }): number =>
  GRAVITY[b.verdict] - GRAVITY[a.verdict];

/** The gravest of several verdicts; `ok` of none. */
export const gravest = (checks: readonly { readonly verdict: Verdict }[]): Verdict =>
  checks.reduce<Verdict>((worst, { verdict }) => (GRAVITY[verdict] > GRAVITY[worst] ? verdict : worst), 'ok');
