import 'reflect-metadata';
import { launch } from './processes/launch.js';
import { openRuntime } from './processes/runtime.js';
import { startWorker } from './processes/worker.js';

await launch('worker', async (config, log) => {
  const runtime = await openRuntime(config, log);
  const app = await startWorker(runtime, log);
  log.info('worker ready');
  return async () => {
    await app.close();
    await runtime.close();
  };
});
