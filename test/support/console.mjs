/**
 * One process in which the command line program is run again and again, each time from its first line, with its own
 * arguments and environment. What is spared is the loading of the libraries, several seconds of computing each time;
 * what a run leaves open, and would keep the program from ending, is looked for and told.
 *
 * Hears `{ program, args, environment, turn }` from its parent; answers with `turn` on a line of its own at the end of
 * both outputs, then `{ code, open }`: the exit code, and the kinds of what is still open.
 */
import { setTimeout as sleep } from 'node:timers/promises';

/** How long what a run opened may take to close after it, in ms; a program alone would not end meanwhile. */
const CLOSING = 10_000;

// Each run listens to these as a program does that lives for one run only.
process.setMaxListeners(0);
process.stdout.setMaxListeners(0);
process.stderr.setMaxListeners(0);

/** The kinds of what keeps this process alive, counted. */
function counted() {
  const kinds = new Map();
  for (const kind of process.getActiveResourcesInfo()) kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
  return kinds;
}

/** What is open now and was not `before`; empty as soon as everything is closed. */
async function leftOpen(before) {
  const end = performance.now() + CLOSING;
  for (;;) {
    const more = [...counted()].filter(([kind, count]) => count > (before.get(kind) ?? 0));
    if (more.length === 0 || performance.now() > end) return more.map(([kind]) => kind);
    await sleep(5);
  }
}

process.on('message', async ({ program, args, environment, turn }) => {
  const before = counted();
  process.argv.splice(1, Infinity, program, ...args);
  for (const name of Object.keys(process.env)) delete process.env[name];
  Object.assign(process.env, environment);
  process.exitCode = undefined;
  // Another address, hence the program's own lines run again.
  await import(`${program}?${turn}`);
  const code = process.exitCode ?? 0;
  const open = await leftOpen(before);
  process.exitCode = undefined;
  process.stdout.write(`${turn}\n`);
  process.stderr.write(`${turn}\n`);
  process.send({ code, open });
});
process.on('disconnect', () => process.exit());
