import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { launch, READY } from './processes/launch.js';
import { openRuntime } from './processes/runtime.js';

/** A process that dies again within this time is restarted less and less eagerly. */
const STEADY_MS = 10_000;
const FIRST_PAUSE_MS = 250;
const LONGEST_PAUSE_MS = 30_000;
const longer = (pause: number): number => Math.min(pause * 2, LONGEST_PAUSE_MS);

/**
 * Everything on one machine: the database is made ready, then the HTTP server and a worker run as children of this
 * process. Each of them is started again when it dies, and so is the embedded database. But a child that fails before
 * it was ever ready would fail for ever: it has said why, and everything stops.
 */
await launch('start', async (config, log) => {
  let runtime = await openRuntime(config, log);
  const children = new Map<string, ChildProcess>();
  const proven = new Set<string>();
  const stopper = new AbortController();
  const stopping = stopper.signal;
  let stopped: Promise<void> | undefined;
  let databaseDiedAt = -Infinity;

  const run = (name: 'main' | 'worker', pause = FIRST_PAUSE_MS): void => {
    const program = fileURLToPath(new URL(`./${name}.js`, import.meta.url));
    const born = performance.now();
    // Its own group: Ctrl-C reaches this process alone, which then stops the children in order.
    const child = spawn(process.execPath, ['--enable-source-maps', program], {
      // The channel says once that the child is ready; its end tells the child that this process was killed.
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
      detached: true,
    });
    children.set(name, child);
    child.on('message', (message) => {
      if (message === READY) proven.add(name);
    });
    child.on('exit', (code, signal) => {
      children.delete(name);
      if (stopping.aborted) return;
      // A signal, or the death of the database, says nothing of what the child would have done.
      if (!proven.has(name) && signal === null && databaseDiedAt < born) {
        log.fatal({ child: name, code }, 'a process could not start; everything stops');
        void stop().finally(() => process.exit(1));
        return;
      }
      const next = performance.now() - born > STEADY_MS ? FIRST_PAUSE_MS : longer(pause);
      log.error({ child: name, code, signal, pause: next }, 'a process died; it is started again');
      setTimeout(() => {
        if (!stopping.aborted) run(name, next);
      }, next);
    });
  };

  /** The pools of the children find a database that is back on the same port; on another, they are started again. */
  const keepDatabase = async (): Promise<void> => {
    const asked = once(stopping, 'abort');
    let pause = FIRST_PAUSE_MS;
    for (;;) {
      await Promise.race([runtime.databaseEnded, asked]);
      if (stopping.aborted) return;
      databaseDiedAt = performance.now();
      log.error('the embedded database died; it is started again');
      try {
        const former = runtime;
        runtime = await openRuntime(config, log);
        log.info('the embedded database is back');
        pause = FIRST_PAUSE_MS;
        if (runtime.databaseUrl !== former.databaseUrl)
          for (const child of children.values()) child.kill('SIGTERM');
      } catch (error) {
        log.error({ err: error, pause }, 'the embedded database does not come back; it is tried again');
        await Promise.race([sleep(pause), asked]);
        pause = longer(pause);
      }
    }
  };

  const stop = (): Promise<void> =>
    (stopped ??= (async () => {
      stopper.abort();
      await Promise.all([...children.values()].map(stopChild));
      await keeping;
      await runtime.close();
    })());

  const keeping = keepDatabase();
  run('main');
  run('worker');
  return stop;
});

function stopChild(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((done) => {
    child.once('exit', () => {
      done();
    });
    child.kill('SIGTERM');
  });
}
