import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { PROJECT_ROOT } from '../../src/platform/config/config.js';

const started = new Set<ChildProcess>();

/** Ends what a failed test left running, and the consoles: to be called after the tests of a file. */
export function endPrograms(): void {
  for (const child of started) child.kill('SIGKILL');
  idle.length = 0;
}

export interface Finished {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Running {
  readonly child: ChildProcess;
  readonly finished: Promise<Finished>;
  /** Resolves with the match once the output holds it; rejects when the program ends before. */
  until(pattern: RegExp): Promise<RegExpExecArray>;
}

/** Starts a compiled program (`cli`, `main`, `worker`, `start`) with only the settings given, and `input` on standard input. */
export function start(
  program: string,
  args: readonly string[],
  settings: Record<string, string>,
  input: Buffer | string = '',
): Running {
  const child = spawn(process.execPath, [join(PROJECT_ROOT, 'dist', `${program}.js`), ...args], {
    cwd: PROJECT_ROOT,
    env: { PATH: process.env['PATH'], HOME: process.env['HOME'], ...settings },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  // Whoever reads nothing may end before all was written.
  child.stdin.on('error', () => undefined).end(input);
  started.add(child);
  let [stdout, stderr] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  const finished = new Promise<Finished>((resolve) => {
    child.on('close', (code) => {
      started.delete(child);
      resolve({ code, stdout, stderr });
    });
  });
  return {
    child,
    finished,
    until: (pattern) =>
      new Promise((resolve, reject) => {
        const look = (): void => {
          const match = pattern.exec(stdout + stderr);
          if (match) resolve(match);
        };
        child.stdout.on('data', look);
        child.stderr.on('data', look);
        child.on('close', (code) => {
          reject(new Error(`${program} ended with ${code} before ${pattern}:\n${stdout}\n${stderr}`));
        });
        look();
      }),
  };
}

/** Runs a compiled program in a process of its own, to its end. */
export const run = (
  program: string,
  args: readonly string[],
  settings: Record<string, string>,
  input?: Buffer | string,
): Promise<Finished> => start(program, args, settings, input).finished;

const CONSOLE = fileURLToPath(new URL('console.mjs', import.meta.url));
const CLI = join(PROJECT_ROOT, 'dist', 'cli.js');
/** Consoles with nothing to do. Two commands at once are in two processes, as two people are. */
const idle: ChildProcess[] = [];

function openConsole(): ChildProcess {
  const child = spawn(process.execPath, [CONSOLE], {
    cwd: PROJECT_ROOT,
    env: { PATH: process.env['PATH'], HOME: process.env['HOME'] },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  started.add(child);
  child.on('close', () => {
    started.delete(child);
    const place = idle.indexOf(child);
    if (place >= 0) idle.splice(place, 1);
  });
  child.stdout!.setEncoding('utf8');
  child.stderr!.setEncoding('utf8');
  return child;
}

/**
 * Types a command of `halle`: what `run('cli', …)` does, the loading of its libraries spared. A process that ran another
 * command before runs the compiled program again, from its first line and with only the settings given.
 *
 * @param program by default the compiled `cli`: the path of a module whose import is over when its work is
 * @throws when the command left something open, that would have kept the program from ending
 */
export async function type(
  args: readonly string[],
  settings: Record<string, string>,
  program = CLI,
): Promise<Finished> {
  const host = idle.pop() ?? openConsole();
  const turn = randomUUID();
  const end = `${turn}\n`;
  let [stdout, stderr] = ['', ''];
  let told: { readonly code: number; readonly open: readonly string[] } | undefined;
  // The answer and both outputs come by three ways, in any order. `undefined`: the program did not end the process.
  const died = await new Promise<{ code: number | null } | undefined>((resolve) => {
    const look = (): void => {
      if (told && stdout.endsWith(end) && stderr.endsWith(end)) resolve(undefined);
    };
    host.once('message', (message) => {
      told = message as typeof told;
      look();
    });
    host.stdout!.on('data', (text: string) => {
      stdout += text;
      look();
    });
    host.stderr!.on('data', (text: string) => {
      stderr += text;
      look();
    });
    host.once('close', (code) => {
      resolve({ code });
    });
    const environment = { PATH: process.env['PATH'], HOME: process.env['HOME'], ...settings };
    host.send({ program, args, environment, turn });
  });
  if (died) return { ...died, stdout, stderr };
  for (const stream of [host.stdout!, host.stderr!]) stream.removeAllListeners('data');
  const { code, open } = told!;
  const finished = { code, stdout: stdout.slice(0, -end.length), stderr: stderr.slice(0, -end.length) };
  if (open.length > 0) {
    host.kill('SIGKILL');
    throw new Error(
      `${args.join(' ')}: left open, would not have ended: ${open.join(', ')}\n${finished.stderr}`,
    );
  }
  idle.push(host);
  return finished;
}
