import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { XLSX_TYPE } from '../../src/platform/http/file-body.js';
import { type Holder, World } from '../accounts/world.js';
import { gridOf, sheetOf } from '../support/archive.js';
import { HOSTILE } from '../support/hostile.js';
import { endPrograms, type Running, start } from '../support/programs.js';

const MEBIBYTE = 1024 * 1024;

let world: World;
let officer: Holder;
let consultationId: string;
/** The program as it is deployed: its memory is its own, not that of the tests. */
let server: Running;
let url: string;
beforeAll(async () => {
  world = await World.open();
  officer = await world.person('procurement_officer', { buyerId: null, groupId: world.own.groupId });
  consultationId = randomUUID();
  await world.source.query(
    `insert into consultation (id, group_id, title, firm_years, renewals) values ($1, $2, 'Achats', 1, 3)`,
    [consultationId, world.own.groupId],
  );
  server = start('main', [], world.database.environment);
  url = (await server.until(/"url":"(http[^"]+)"/))[1]!;
});
afterAll(async () => {
  endPrograms();
  await world.close();
});

/** Resident memory of the server, in bytes: the most it ever had, or what it has. */
function memory(line: 'VmHWM' | 'VmRSS'): number {
  const status = readFileSync(`/proc/${server.child.pid}/status`, 'utf8');
  return Number(new RegExp(`^${line}:\\s+(\\d+) kB`, 'm').exec(status)![1]) * 1024;
}
const send = async (bytes: Buffer): Promise<[number, string, string | undefined]> => {
  const response = await fetch(`${url}/api/v1/consultations/${consultationId}/catalogue?dryRun=true`, {
    method: 'POST',
    body: bytes as BodyInit,
    headers: { ...officer.headers, 'Content-Type': XLSX_TYPE },
  });
  const { code, errors } = (await response.json()) as { code: string; errors?: { detail: string }[] };
  return [response.status, code, errors?.[0]?.detail];
};
const alive = async (): Promise<number> => (await fetch(`${url}/health/live`)).status;

describe('the server, given workbooks made to hurt', () => {
  test('refuses each with a sentence of its own, in a bounded memory, and still answers', async () => {
    await send(sheetOf('<row r="1"><c r="A1"><v>1</v></c></row>'));
    const before = memory('VmRSS');
    const sentences = new Map<string, string>();
    // Made first: a connection left alone while a file is made would be closed by the server.
    const files = HOSTILE.map(([name, fault, make]) => [name, fault, make()] as const);
    for (const [name, fault, file] of files) {
      const [status, code, sentence] = await send(file);
      if (file.length > 5 * MEBIBYTE) {
        expect([name, status]).toEqual([name, 413]);
        continue;
      }
      expect([name, status, code]).toEqual([name, 422, 'CATALOGUE_REFUSED']);
      expect([name, sentences.get(fault) ?? sentence]).toEqual([name, sentence]);
      sentences.set(fault, sentence!);
      expect(await alive()).toBe(200);
    }
    expect(new Set(sentences.values()).size).toBe(sentences.size);
    for (const sentence of sentences.values()) {
      expect(sentence).toMatch(/^[A-ZÉÀ].*[.]$/);
      expect(sentence).not.toMatch(/'|« | »|[^\u00a0\u202f][:;?!»](?=\s|$)/);
    }
    expect(memory('VmHWM') - before).toBeLessThan(200 * MEBIBYTE);
  });

  test('fifty at once: two readers at a time, some wait, the others are told to come back', async () => {
    const file = sheetOf(gridOf(900, 90, (at) => `<c r="${at}"><v>12.5</v></c>`));
    const before = memory('VmRSS');
    const answers = await Promise.all(Array.from({ length: 50 }, () => send(file)));
    expect(await alive()).toBe(200);
    const busy = answers.filter(([status, code]) => status === 503 && code === 'FILES_BUSY');
    const read = answers.filter(([status]) => status === 422);
    expect(busy.length + read.length).toBe(50);
    expect(read.length).toBeGreaterThanOrEqual(22);
    expect(busy.length).toBeGreaterThan(0);
    expect(memory('VmHWM') - before).toBeLessThan(300 * MEBIBYTE);
    expect((await send(file))[0]).toBe(422);
  });

  test('200 MB are refused without being kept, and at once when they tell their length', async () => {
    const before = memory('VmHWM');
    const { hostname, port } = new URL(url);
    const head = [
      `POST /api/v1/consultations/${consultationId}/catalogue?dryRun=true HTTP/1.1`,
      `Host: ${hostname}:${port}`,
      `Content-Type: ${XLSX_TYPE}`,
      ...Object.entries(officer.headers).map(([name, value]) => `${name}: ${value}`),
    ];
    for (const chunked of [false, true]) {
      const length = chunked ? 'Transfer-Encoding: chunked' : `Content-Length: ${200 * 1024 * 1024}`;
      const piece = Buffer.concat([Buffer.from('100000\r\n'), Buffer.alloc(MEBIBYTE), Buffer.from('\r\n')]);
      const answer = await new Promise<string>((resolve, reject) => {
        const socket = connect(Number(port), hostname);
        // Told its length, the server is sent nothing more until it answers.
        let left = chunked ? 200 : 0;
        const more = (): void => {
          while (left > 0) {
            left -= 1;
            if (!socket.write(piece)) {
              socket.once('drain', more);
              return;
            }
          }
          if (chunked) socket.write('0\r\n\r\n');
        };
        socket.on('error', reject);
        socket.once('data', (data) => {
          resolve(data.toString());
          socket.destroy();
        });
        socket.write(`${[...head, length].join('\r\n')}\r\n\r\n`);
        more();
      });
      expect(answer).toMatch(/^HTTP\/1\.1 413 /);
      expect(answer).toContain('BODY_TOO_LARGE');
    }
    expect(await alive()).toBe(200);
    expect(memory('VmHWM') - before).toBeLessThan(60 * MEBIBYTE);
  });
});
