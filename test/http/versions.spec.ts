import { Controller, Get, Injectable, Post, Put } from '@nestjs/common';
import { Public } from '../../src/platform/access/requires.js';
import { IfMatch } from '../../src/platform/http/if-match.js';
import { Refused } from '../../src/platform/refusals/refused.js';
import { createTestDatabase, type TestDatabase } from '../support/server.js';
import { answer, openProbe, type ProbeApplication } from './probe.js';

/** What a service does: the version that one modifies is the one that one has read. */
@Injectable()
class Lots {
  private lot = { title: 'Sel', version: 3 };

  read(): object {
    return this.lot;
  }
  change(version: number): object {
    if (version !== this.lot.version) throw new Refused('STALE_VERSION').withCurrent(this.lot);
    this.lot = { ...this.lot, version: version + 1 };
    return this.lot;
  }
}

@Public('a probe')
@Controller('probe')
class ProbeController {
  constructor(private readonly lots: Lots) {}

  @Get('lot')
  read(): object {
    return this.lots.read();
  }
  @Put('lot')
  change(@IfMatch() version: number): object {
    return this.lots.change(version);
  }
  @Post('lot')
  create(): object {
    return { version: 1 };
  }
  @Get('list')
  list(): object {
    return { items: [], next: null };
  }
}

let database: TestDatabase;
let probe: ProbeApplication;
beforeAll(async () => {
  database = await createTestDatabase();
  probe = await openProbe(database, [ProbeController], [Lots]);
});
afterAll(async () => {
  await probe.close();
  await database.drop();
});

const put = (tag?: string) =>
  probe.api('/probe/lot', { method: 'PUT', headers: tag === undefined ? {} : { 'If-Match': tag } });

describe('versions', () => {
  test('a reading gives its ETag, and is sent whole again: the version does not count all that it tells', async () => {
    const first = await probe.api('/probe/lot');
    expect(first.headers.get('etag')).toBe('"3"');
    const again = await probe.api('/probe/lot', { headers: { 'If-None-Match': '"2", W/"3"' } });
    expect([again.status, again.headers.get('etag')]).toEqual([200, '"3"']);
    expect(await again.json()).toMatchObject({ version: 3 });
    expect((await probe.api('/probe/lot', { headers: { 'If-None-Match': '"2"' } })).status).toBe(200);
    expect((await probe.api('/probe/lot', { method: 'POST' })).headers.get('etag')).toBe('"1"');
  });

  test('without If-Match: 428', async () => {
    expect(await answer(put())).toMatchObject([428, { code: 'VERSION_REQUIRED' }]);
  });

  test.each(['3', 'W/"3"', '*', '"3", "4"', '"03"', '"x"', '"-1"', '"9999999999"', '""'])(
    'If-Match: %s is refused',
    async (tag) => {
      expect(await answer(put(tag))).toMatchObject([400, { code: 'MALFORMED_VERSION' }]);
    },
  );

  test('two people on one version: the second gets 412 with the state that it did not know', async () => {
    const [first, second] = [await put('"3"'), await put('"3"')];
    expect([first.status, first.headers.get('etag')]).toEqual([200, '"4"']);
    expect(second.headers.get('etag')).toBe('"4"');
    expect(await answer(second)).toMatchObject([
      412,
      { code: 'STALE_VERSION', current: { title: 'Sel', version: 4 } },
    ]);
    expect((await put('"4"')).status).toBe(200);
  });

  test('a body without a version has the tag of its bytes, which is weak and modifies nothing', async () => {
    expect((await probe.api('/probe/list')).headers.get('etag')).toMatch(/^W\//);
  });
});
