/**
 * An instant within JSON that SQL makes, as JavaScript writes it elsewhere: `2026-11-25T08:30:00.000Z`. PostgreSQL alone
 * would write it in the zone of its server.
 */
export const jsonInstant = (column: string): string =>
  `to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;
