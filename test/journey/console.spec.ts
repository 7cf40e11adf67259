import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { endPrograms, run, type } from '../support/programs.js';

/**
 * The other tests type their commands one after the other in a console process, sparing the load of the libraries. That
 * proves what a process for each would, provided that what is shown here holds.
 */
let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'halle-console-'));
});
afterAll(() => {
  endPrograms();
  rmSync(folder, { recursive: true });
});

function written(name: string, source: string): string {
  const path = join(folder, `${name}.mjs`);
  writeFileSync(path, source);
  return path;
}

test('gives the outputs and the exit code of a process that ran alone', async () => {
  const refused: [string[], Record<string, string>][] = [
    [['campagne'], {}],
    [['user', 'list'], { HALLE_PORT: '1', DATABASE_URL: 'x' }],
  ];
  for (const [args, settings] of refused) {
    const alone = await run('cli', args, settings);
    expect([args, await type(args, settings)]).toEqual([args, alone]);
    expect([args, await type(args, settings)]).toEqual([args, alone]);
  }
});

test('nothing of a command is left for the next: arguments, settings, exit code', async () => {
  const program = written(
    'echo',
    `process.stdout.write(JSON.stringify([process.argv.slice(2), process.env, process.exitCode]));
     process.exitCode = process.argv.length;`,
  );
  const { PATH, HOME } = process.env;
  const first = await type(['a', 'b'], { HALLE_HOME: 'x' }, program);
  expect([first.code, JSON.parse(first.stdout)]).toEqual([
    4,
    [['a', 'b'], { PATH, HOME, HALLE_HOME: 'x' }, null],
  ]);
  const second = await type([], { PORT: '1' }, program);
  expect([second.code, JSON.parse(second.stdout)]).toEqual([2, [[], { PATH, HOME, PORT: '1' }, null]]);
});

test('a command that leaves something open, and would not end, fails', async () => {
  const timer = written('timer', 'setInterval(() => undefined, 1000);');
  await expect(type(['forgets a timer'], {}, timer)).rejects.toThrow('forgets a timer: left open');
  const server = written(
    'server',
    `import { createServer } from 'node:net';
     const server = createServer().listen(0, '127.0.0.1');
     await new Promise((resolve) => server.on('listening', resolve));`,
  );
  await expect(type(['forgets a server'], {}, server)).rejects.toThrow('TCPServerWrap');
  const late = written('late', 'setTimeout(() => process.stdout.write("late"), 200);');
  expect(await type([], {}, late)).toEqual({ code: 0, stdout: 'late', stderr: '' });
});

test('a command that dies has the exit code and the words of its death', async () => {
  const thrown = written('thrown', `setTimeout(() => { throw new Error('too late'); }, 20);`);
  expect(await type([], {}, thrown)).toMatchObject({ code: 1, stderr: expect.stringContaining('too late') });
  const refused = written('refused', `throw new Error('at once');`);
  expect(await type([], {}, refused)).toMatchObject({ code: 1, stderr: expect.stringContaining('at once') });
  const exits = written('exits', `process.stderr.write('gone'); process.exit(3);`);
  expect(await type([], {}, exits)).toEqual({ code: 3, stdout: '', stderr: 'gone' });
});

test('two commands at once are in two processes', async () => {
  const program = written('pid', `process.stdout.write(String(process.pid));`);
  const [one, two] = await Promise.all([type([], {}, program), type([], {}, program)]);
  expect(one.stdout).not.toBe(two.stdout);
  expect([one.stdout, two.stdout]).toContain((await type([], {}, program)).stdout);
});
