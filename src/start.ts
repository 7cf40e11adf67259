import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { launch } from './processes/launch.js';
import { openRuntime } from './processes/runtime.js';

/** A process that dies again within this time is restarted less and less eagerly. */
const STEADY_MS = 10_000;
const LONGEST_PAUSE_MS = 30_000;

/**
 * Everything on one machine: the database is made ready once, then the HTTP server and a worker run as children of
 * this process, each started again when it dies.
 */
await launch('start', async (config, log) => {
  const runtime = await openRuntime(config, log);
  const children = new Map<string, ChildProcess>();
  let stopping = false;

  const run = (name: 'main' | 'worker', pause = 250): void => {
    const program = fileURLToPath(new URL(`./${name}.js`, import.meta.url));
    const born = performance.now();
    // Its own group: Ctrl-C reaches this process alone, which then stops the children in order.
    const child = spawn(process.execPath, ['--enable-source-maps', program], {
      // The channel carries nothing: its end tells the child that this process was killed.
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
      detached: true,
    });
    children.set(name, child);
    child.on('exit', (code, signal) => {
      children.delete(name);
      if (stopping) return;
      const next = performance.now() - born > STEADY_MS ? 250 : Math.min(pause * 2, LONGEST_PAUSE_MS);
      log.error({ child: name, code, signal, pause: next }, 'a process died; it is started again');
      setTimeout(() => {
        if (!stopping) run(name, next);
      }, next);
    });
  };
  run('main');
  run('worker');

  return async () => {
    stopping = true;
    await Promise.all([...children.values()].map(stopChild));
    await runtime.close();
  };
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
