import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

const SRC = fileURLToPath(new URL('../../src/', import.meta.url));
const journey = createRequire(import.meta.url)('../../src/journey.cjs') as Record<string, string>[];
const rooms = journey.map(({ room }) => room!);

/** What is in src and is no room: the pure folders, the plumbing, the commands and the processes. */
const NO_ROOM = ['money', 'calendar', 'law', 'platform', 'cli', 'processes'];
const folders = readdirSync(SRC, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);

/** The room modules of AppModule, in the order in which its decorator lists them. */
function roomsOf(appModule: string): string[] {
  const roomOf = new Map<string, string>();
  for (const [, names = '', room = ''] of appModule.matchAll(/import \{([^}]+)\} from '\.\/([^/']+)\//g))
    if (rooms.includes(room))
      for (const name of names.split(',').map((part) => part.trim()))
        if (name.endsWith('Module')) roomOf.set(name, room);
  const decorator = /@Module\(([\s\S]*?)\)\s*export class AppModule/.exec(appModule)?.[1] ?? '';
  const named = decorator.match(/\b\w+Module\b/g) ?? [];
  return named.flatMap((name) => roomOf.get(name) ?? []);
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
    const source = `
      import { Module } from '@nestjs/common';
      import { JobsModule } from './platform/jobs/jobs.module.js';
      import { LotsModule } from './lots/lots.module.js';
      import { BuyersModule } from './buyers/buyers.module.js';
      @Module({ imports: [JobsModule.forRoot({ a: 1 }), LotsModule, BuyersModule] })
      export class AppModule {}`;
    expect(roomsOf(source)).toEqual(['lots', 'buyers']);
  });
});
