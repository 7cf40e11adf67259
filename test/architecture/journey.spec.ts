import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

const SRC = fileURLToPath(new URL('../../src/', import.meta.url));
const journey = createRequire(import.meta.url)('../../src/journey.cjs') as Record<string, string>[];
const rooms = journey.map(({ room }) => room!);

/** What is in src and is no room: the pure folders, the plumbing, the commands and the processes. */
const NO_ROOM = ['money', 'calendar', 'law', 'words', 'platform', 'cli', 'processes'];
const folders = readdirSync(SRC, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);

/** The rooms whose module AppModule names below its import statements, in that order. */
function roomsOf(appModule: string): string[] {
  const statement = /^\s*import [^;]*? from '([^']+)';$/gm;
  const roomOf = new Map<string, string>();
  for (const [imported, path = ''] of appModule.matchAll(statement)) {
    const room = /^\.\/([a-z]+)\/\1\.module\.js$/.exec(path)?.[1] ?? '';
    if (rooms.includes(room))
      for (const [name] of imported.matchAll(/\b\w+Module\b/g)) roomOf.set(name, room);
  }
  const named = appModule.replace(statement, '').match(/\b\w+Module\b/g) ?? [];
  return [...new Set(named.flatMap((name) => roomOf.get(name) ?? []))];
}

describe('the journey', () => {
  it('names each room once, and says in English and French what it holds', () => {
    expect(new Set(rooms).size).toBe(rooms.length);
    for (const room of journey) expect(Object.keys(room)).toEqual(['room', 'french', 'holds']);
    for (const { french, holds } of journey)
      expect(Math.min(french!.length, holds!.length)).toBeGreaterThan(5);
  });

  it('has every folder of src as a room, or as one of the few that are none', () => {
    expect(folders.filter((folder) => !rooms.includes(folder) && !NO_ROOM.includes(folder))).toEqual([]);
    expect(rooms.filter((room) => NO_ROOM.includes(room))).toEqual([]);
  });

  it('is told in the same order by src/README.md, with the same words', () => {
    const told = [...readFileSync(`${SRC}README.md`, 'utf8').matchAll(/^\d+\. `(\w+)`: (.+) — (.+)$/gm)];
    expect(told.map(([, room, french, holds]) => ({ room, french, holds }))).toEqual(journey);
  });

  it('is the order in which AppModule imports the rooms that have a module', () => {
    if (!existsSync(`${SRC}app.module.ts`)) return;
    const wired = rooms.filter((room) => existsSync(`${SRC}${room}/${room}.module.ts`));
    expect(roomsOf(readFileSync(`${SRC}app.module.ts`, 'utf8'))).toEqual(wired);
  });

  it('is read as it should be in a text of AppModule', () => {
    const source = (order: string) => `
      import { type DynamicModule, Module } from '@nestjs/common';
      import { BuyersModule } from './buyers/buyers.module.js';
      import { LotsModule } from './lots/lots.module.js';
      import { JobsModule } from './platform/jobs/jobs.module.js';
      const ROOMS = [${order}];
      @Module({ imports: [JobsModule.with('works'), ...ROOMS] })
      export class AppModule {}`;
    expect(roomsOf(source('LotsModule, BuyersModule'))).toEqual(['lots', 'buyers']);
    expect(roomsOf(source('BuyersModule'))).toEqual(['buyers']);
  });
});
