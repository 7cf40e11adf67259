import pg from 'pg';

/**
 * Runs `work` on one connection of its own.
 * A connection lost while nothing is asked of it ends the whole process, unless somebody listens: here it fails the
 * work instead, which the caller may try again.
 */
export async function withConnection<T>(
  databaseUrl: string,
  applicationName: string,
  work: (client: pg.Client) => Promise<T>,
): Promise<T> {
  const client = new pg.Client({ connectionString: databaseUrl, application_name: applicationName });
  let lost: Error | undefined;
  client.on('error', (error) => (lost ??= error));
  try {
    await client.connect();
    const result = await work(client);
    if (lost) throw lost;
    return result;
  } finally {
    await client.end().catch(() => undefined);
  }
}
