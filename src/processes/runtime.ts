import type { Config, RuntimeConfig } from '../platform/config/config.js';
import { migrate } from '../platform/database/migrations.js';
import { acquireCluster } from '../platform/embedded/cluster.js';
import { prepareQueue } from '../platform/jobs/queue.js';
import type { Logger } from '../platform/log/logger.js';

/** A configured service cannot be used; the message is a French sentence for the person who starts Halle. */
export class ServiceUnavailable extends Error {
  override readonly name = 'ServiceUnavailable';
}

/** Names the service, its setting and its address without credentials. */
const unavailable =
  (service: string, setting: string, url: string) =>
  (error: unknown): never => {
    const { host, pathname } = new URL(url);
    const reason = error instanceof Error ? error.message || error.name : String(error);
    throw new ServiceUnavailable(
      `${service} (${setting}, ${host}${pathname}) est inutilisable : ${reason.replace(/\.$/, '')}. ` +
        'Vérifier l’adresse, et que le service est démarré.',
      { cause: error },
    );
  };

export interface OpenRuntime extends RuntimeConfig {
  /** Resolves when the embedded database dies (or is let go of); never for a configured one, which others look after. */
  readonly databaseEnded: Promise<void>;
  /** Lets go of the embedded database, which stops with its last user. */
  close(): Promise<void>;
}

/**
 * Makes the database and the queue ready: the configured ones, else an embedded PostgreSQL that holds both.
 * Migrations are applied here, by whichever process comes first.
 */
export async function openRuntime(config: Config, log: Logger): Promise<OpenRuntime> {
  const cluster =
    config.databaseUrl === null
      ? await acquireCluster(config.home, {
          log: (message) => {
            log.debug(message);
          },
        })
      : undefined;
  const databaseUrl = cluster?.databaseUrl ?? config.databaseUrl!;
  try {
    const applied = await migrate(databaseUrl).catch(unavailable('PostgreSQL', 'DATABASE_URL', databaseUrl));
    if (applied.length > 0) log.info({ migrations: applied }, 'database migrated');
    await prepareQueue({ config, databaseUrl }).catch(
      unavailable('La file de travaux', 'REDIS_URL', config.redisUrl ?? databaseUrl),
    );
  } catch (error) {
    await cluster?.release();
    throw error;
  }
  return {
    config,
    databaseUrl,
    databaseEnded: cluster?.ended ?? new Promise(() => undefined),
    close: async () => cluster?.release(),
  };
}
