/** The embedded PostgreSQL cannot be used; `message` is a French sentence: what is wrong, where, what to do. */
export class EmbeddedPostgresError extends Error {
  constructor(message: string, options?: { readonly cause?: unknown }) {
    super(message, options);
    this.name = 'EmbeddedPostgresError';
  }
}

/** The code of a system or PostgreSQL error (`ENOENT`, `57P03`), whatever realm or library threw it. */
export function codeOf(error: unknown): string | undefined {
  const code = (error as { code?: unknown } | null | undefined)?.code;
  return typeof code === 'string' ? code : undefined;
}

/** What an error says: connecting may fail with an AggregateError, whose own message is empty. */
export function messageOf(error: unknown): string {
  const { message, errors } = (error ?? {}) as { message?: unknown; errors?: unknown };
  if (typeof message === 'string' && message !== '') return message;
  if (Array.isArray(errors) && errors.length > 0) return messageOf(errors[0]);
  return String(error);
}
