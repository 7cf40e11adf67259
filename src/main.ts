import 'reflect-metadata';
import { startHttp } from './processes/http.js';
import { launch } from './processes/launch.js';
import { openRuntime } from './processes/runtime.js';

await launch('http', async (config, log) => {
  const runtime = await openRuntime(config, log);
  const app = await startHttp(runtime, log).catch(async (error: unknown) => {
    await runtime.close();
    throw error;
  });
  return async () => {
    await app.close();
    await runtime.close();
  };
});
