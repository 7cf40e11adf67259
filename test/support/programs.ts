import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { PROJECT_ROOT } from '../../src/platform/config/config.js';

const started = new Set<ChildProcess>();

/** Ends what a failed test left running: to be called after the tests of a file. */
export function endPrograms(): void {
  for (const child of started) child.kill('SIGKILL');
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

/** Starts a compiled program (`cli`, `main`, `worker`, `start`) with only the settings given. */
export function start(program: string, args: readonly string[], settings: Record<string, string>): Running {
  const child = spawn(process.execPath, [join(PROJECT_ROOT, 'dist', `${program}.js`), ...args], {
    cwd: PROJECT_ROOT,
    env: { PATH: process.env['PATH'], HOME: process.env['HOME'], ...settings },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
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

export const run = (
  program: string,
  args: readonly string[],
  settings: Record<string, string>,
): Promise<Finished> => start(program, args, settings).finished;
