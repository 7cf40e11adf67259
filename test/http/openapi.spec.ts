import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Body, Controller, Get, Param, Post, Put, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiProperty, ApiTags } from '@nestjs/swagger';
import { IsString } from 'class-validator';
import { Public, Requires } from '../../src/platform/access/requires.js';
import { PROJECT_ROOT } from '../../src/platform/config/config.js';
import { describeApi } from '../../src/platform/http/api-documentation.js';
import { IfMatch } from '../../src/platform/http/if-match.js';
import { PageQuery } from '../../src/platform/http/pages.js';
import { createTestDatabase, type TestDatabase } from '../support/server.js';
import { lintApi } from './api-rules.js';
import { openProbe, type ProbeApplication } from './probe.js';

class Lot {
  @ApiProperty({ description: 'Intitulé du lot.', example: 'Sel de déneigement' })
  @IsString()
  title: string;
}
const LOT = { title: 'Sel de déneigement' };
const RIGHT = 'probe.change' as never;

@ApiTags('lots')
@Controller('probe/lots')
class ProbeController {
  @Get()
  @Public('a probe')
  @ApiOperation({ summary: 'Lister les lots', operationId: 'listProbeLots' })
  @ApiOkResponse({ description: 'Les lots.', type: [Lot], example: [LOT] })
  list(@Query() _query: PageQuery): Lot[] {
    return [];
  }
  @Post()
  @Requires(RIGHT)
  @ApiOperation({ summary: 'Créer un lot', operationId: 'createProbeLot' })
  @ApiCreatedResponse({ description: 'Le lot créé.', type: Lot })
  create(@Body() lot: Lot): Lot {
    return lot;
  }
  @Put(':id')
  @Requires(RIGHT)
  @ApiOperation({ summary: 'Modifier un lot', operationId: 'changeProbeLot' })
  @ApiOkResponse({ description: 'Le lot modifié.', type: Lot, example: LOT })
  change(@Param('id') _id: string, @IfMatch() _version: number, @Body() lot: Lot): Lot {
    return lot;
  }
}

@Controller('bare')
class BareController {
  @Get()
  @Public('a probe that says nothing of itself')
  read(): object {
    return {};
  }
}

let database: TestDatabase;
let product: ProbeApplication;
let probe: ProbeApplication;
beforeAll(async () => {
  database = await createTestDatabase();
  product = await openProbe(database, []);
  probe = await openProbe(database, [ProbeController]);
});
afterAll(async () => {
  await product.close();
  await probe.close();
  await database.drop();
});

interface Operation {
  readonly parameters?: readonly { name?: string; $ref?: string }[];
  readonly responses: Readonly<Record<string, { $ref?: string }>>;
  readonly security?: object[];
}
const operationsOf = (document: object): Record<string, Record<string, Operation>> =>
  (document as { paths: Record<string, Record<string, Operation>> }).paths;

/** Paths, methods, then members, that differ: short enough to be read in a failure. */
function changes(committed: unknown, current: unknown, path = ''): string[] {
  if (JSON.stringify(committed) === JSON.stringify(current)) return [];
  const [a, b] = [committed, current] as Record<string, unknown>[];
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null || Array.isArray(a))
    return [path];
  const keys = [...new Set([...Object.keys(a), ...Object.keys(b)])];
  const found = keys.flatMap((key) => changes(a[key], b[key], `${path} ${key}`));
  return found.length > 0 ? found : [`${path} (order)`];
}

describe('the description of the API', () => {
  test('is the one that is committed; after a change that is meant: npm run openapi', () => {
    const committed: unknown = JSON.parse(readFileSync(join(PROJECT_ROOT, 'docs/openapi.json'), 'utf8'));
    const current: unknown = JSON.parse(JSON.stringify(describeApi(product.app)));
    const found = changes(committed, current);
    if (found.length > 0)
      throw new Error(
        `The API is no longer what docs/openapi.json says. If this is meant, run: npm run openapi\n${found.join('\n')}`,
      );
  });

  test('is served to programs as it is committed', async () => {
    const served: unknown = await (await fetch(`${product.url}/api/openapi.json`)).json();
    expect(served).toEqual(JSON.parse(JSON.stringify(describeApi(product.app))));
  });

  test('passes the linter without a warning', async () => {
    expect(await lintApi(describeApi(product.app))).toEqual([]);
    expect(await lintApi(describeApi(probe.app))).toEqual([]);
  });

  test('of an operation that says nothing of itself does not pass', async () => {
    const bare = await openProbe(database, [BareController]);
    try {
      const found = (await lintApi(describeApi(bare.app))).join('\n');
      for (const rule of ['halle-summary', 'operation-tag-defined', 'halle-examples'])
        expect(found).toContain(rule);
    } finally {
      await bare.close();
    }
  });

  test('says of each operation its right, its headers and its refusals', () => {
    const document = describeApi(probe.app);
    const paths = operationsOf(document);
    const [list, create, change] = [
      paths['/api/v1/probe/lots']!['get']!,
      paths['/api/v1/probe/lots']!['post']!,
      paths['/api/v1/probe/lots/{id}']!['put']!,
    ];
    const refusals = ({ responses }: Operation) => Object.keys(responses).filter((status) => status >= '400');
    expect(refusals(list)).toEqual(['400', '422', '429', '500', '503']);
    expect(refusals(create)).toEqual(['400', '401', '403', '409', '413', '415', '422', '429', '500', '503']);
    expect(refusals(change)).toEqual([
      '400',
      '401',
      '403',
      '404',
      '409',
      '412',
      '413',
      '415',
      '422',
      '428',
      '429',
      '500',
      '503',
    ]);
    expect(create).toMatchObject({ requestBody: { content: { 'application/json': { example: LOT } } } });
    expect(create.responses['422']).toEqual({ $ref: '#/components/responses/Problem422' });
    expect([list.security, create.security]).toEqual([[], undefined]);
    expect(document.security).toEqual([{ token: [] }, { session: [] }]);
    expect(create).toMatchObject({ 'x-halle-right': 'probe.change' });
    expect(create.parameters).toContainEqual({ $ref: '#/components/parameters/IdempotencyKey' });
    expect(change.parameters?.map(({ name }) => name)).toContain('If-Match');
    expect(list.parameters?.map(({ name }) => name)).toEqual(['limit', 'after']);
    expect(document.tags).toContainEqual({ name: 'lots', description: expect.any(String) as string });
  });

  test('a change is found, and named', () => {
    const document = describeApi(probe.app);
    const altered = structuredClone(document);
    altered.paths['/api/v1/probe/lots']!.get!.summary = 'Autre chose';
    expect(changes(document, altered)).toEqual([' paths /api/v1/probe/lots get summary']);
  });
});
