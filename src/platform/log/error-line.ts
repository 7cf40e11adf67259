/** What the log keeps of an error. */
export interface ErrorLine {
  readonly type: string;
  readonly message: string;
  readonly stack: string | undefined;
  readonly code?: string;
  readonly constraint?: string;
  readonly table?: string;
  readonly cause?: ErrorLine;
}

/**
 * An error without the data it may carry. Of a database error: its code, constraint and table; never the parameters, the
 * statement, PostgreSQL's `detail` (« Key (email)=(…) already exists ») nor its `where`. Messages lose what looks like an
 * e-mail address or a password in an address; those of class 22 (data exception) quote the value, and are dropped.
 */
export function errorLine(error: unknown): ErrorLine {
  if (!(error instanceof Error))
    return { type: typeof error, message: clean(String(error)), stack: undefined };
  const source = ((error as { driverError?: object }).driverError ?? error) as Record<string, unknown>;
  const { code, constraint, table, severity } = source;
  const quotesData = typeof code === 'string' && /^22/.test(code) && severity !== undefined;
  const message = quotesData ? `data exception ${code}` : clean(error.message);
  return {
    type: error.name,
    message,
    stack: error.stack === undefined ? undefined : `${error.name}: ${message}\n${frames(error.stack)}`,
    ...(typeof code === 'string' ? { code } : {}),
    ...(typeof constraint === 'string' ? { constraint } : {}),
    ...(typeof table === 'string' ? { table } : {}),
    ...(error.cause instanceof Error ? { cause: errorLine(error.cause) } : {}),
  };
}

/** The lines of a stack after its message, which is cleaned apart. */
const frames = (stack: string): string =>
  stack
    .split('\n')
    .filter((line) => /^\s+at /.test(line))
    .join('\n');

const clean = (text: string): string =>
  text
    .replace(/\/\/[^/\s@]+@/g, '//…@')
    .replace(/[\w.+-]+@[\w-]+(\.[\w-]+)+/g, '…@…')
    .replace(/\b[\w-]{40,}\b/g, '…');
