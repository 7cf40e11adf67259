import { Controller, Get, Query, Req, Res } from '@nestjs/common';
import { IsOptional, IsString } from 'class-validator';
import type { Request, Response as Answer } from 'express';
import fc from 'fast-check';
import { DataSource } from 'typeorm';
import { Public } from '../../src/platform/access/requires.js';
import {
  cursorOf,
  decodeCursor,
  encodeCursor,
  type Page,
  pageOf,
  PageQuery,
} from '../../src/platform/http/pages.js';
import { createTestDatabase, type TestDatabase } from '../support/server.js';
import { openProbe, type ProbeApplication } from './probe.js';

class CodesQuery extends PageQuery {
  @IsOptional()
  @IsString()
  starts?: string;
}

@Public('a probe')
@Controller('probe')
class ProbeController {
  constructor(private readonly dataSource: DataSource) {}

  @Get('codes')
  async codes(
    @Query() query: CodesQuery,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Answer,
  ): Promise<Page<{ code: string }>> {
    const [after = ''] = cursorOf(query) ?? [];
    const rows = await this.dataSource.query<{ code: string }[]>(
      `select code from cpv_code where code > $1 and code like $2 order by code limit $3`,
      [after, `${query.starts ?? ''}%`, query.limit + 1],
    );
    return pageOf({ request, response }, query, rows, ({ code }) => [code]);
  }
}

let database: TestDatabase;
let probe: ProbeApplication;
beforeAll(async () => {
  database = await createTestDatabase();
  probe = await openProbe(database, [ProbeController]);
});
afterAll(async () => {
  await probe.close();
  await database.drop();
});

/** Follows `Link` to the end, as a program does. */
async function walk(path: string): Promise<{ codes: string[]; links: string[] }> {
  const [codes, links]: [string[], string[]] = [[], []];
  for (let url: string | undefined = path; url !== undefined;) {
    const response = await fetch(`${probe.url}${url}`);
    expect(response.status).toBe(200);
    const page = (await response.json()) as Page<{ code: string }>;
    codes.push(...page.items.map(({ code }) => code));
    const link: RegExpExecArray | null = /^<([^>]+)>; rel="next"$/.exec(response.headers.get('link') ?? '');
    expect(link === null).toBe(page.next === null);
    url = link?.[1];
    if (url !== undefined) links.push(url);
  }
  return { codes, links };
}

describe('pages', () => {
  test('followed to the end: every row once, in order, the other parameters kept', async () => {
    const expected = await probe.app
      .get(DataSource)
      .query<{ code: string }[]>(`select code from cpv_code where code like '34%' order by code`);
    const { codes, links } = await walk('/api/v1/probe/codes?starts=34&limit=7');
    expect(codes).toEqual(expected.map(({ code }) => code));
    expect(links).toHaveLength(Math.ceil(codes.length / 7) - 1);
    for (const link of links)
      expect(link).toMatch(/^\/api\/v1\/probe\/codes\?starts=34&limit=7&after=[\w-]+$/);
  });

  test('fifty by default; a full last page has no next', async () => {
    expect((await walk('/api/v1/probe/codes?starts=341')).links).toHaveLength(1);
    const whole = await walk('/api/v1/probe/codes?starts=3410');
    const { links } = await walk(`/api/v1/probe/codes?starts=3410&limit=${whole.codes.length}`);
    expect(links).toEqual([]);
  });

  test('a cursor of ours comes back as it was; anything else is no cursor', () => {
    const values = fc.array(fc.oneof(fc.string(), fc.integer()), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(values, (cursor) => {
        const text = encodeCursor(cursor);
        if (text.length <= 1024) expect(decodeCursor(text)).toEqual(cursor);
      }),
    );
    const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
    for (const text of [
      '',
      '***',
      'AAAA',
      encode({}),
      encode([]),
      encode([null]),
      encode([[1]]),
      encode('x'),
    ])
      expect([text, decodeCursor(text)]).toEqual([text, undefined]);
  });
});
