import { Body, Controller, Get, HttpCode, Post, Query } from '@nestjs/common';
import { Type } from 'class-transformer';
import * as validator from 'class-validator';
import { ArrayMinSize, IsArray, IsEmail, IsIn, IsInt, IsOptional, IsString } from 'class-validator';
import { Length, Matches, Max, Min, ValidateNested } from 'class-validator';
import { Public } from '../../src/platform/access/requires.js';
import { PageQuery } from '../../src/platform/http/pages.js';
import { IsPlainDate } from '../../src/platform/http/plain-date.decorator.js';
import { constraintsWithoutSentence } from '../../src/platform/http/validation.js';
import { SENTENCES } from '../../src/platform/http/validation.messages.js';
import type { Fault } from '../../src/platform/refusals/refused.js';
import { createTestDatabase, type TestDatabase } from '../support/server.js';
import { openProbe, type ProbeApplication } from './probe.js';

class Line {
  @IsInt()
  @Min(1)
  @Max(9)
  quantity: number;
  @IsOptional()
  @IsIn(['TNE', 'C62'])
  unit?: string;
}

class Order {
  @Length(2, 80)
  title: string;
  @IsOptional()
  @IsEmail()
  email?: string;
  @IsPlainDate()
  date: string;
  @IsString({ each: true })
  tags: string[];
  @IsOptional()
  @Matches(/^\d{14}$/, { message: 'Un SIRET compte 14 chiffres.' })
  siret?: string;
  @IsArray()
  @ArrayMinSize(1)
  @ValidateNested({ each: true })
  @Type(() => Line)
  lines: Line[];
}

class OrderQuery extends PageQuery {
  @IsOptional()
  @IsIn(['open', 'closed'])
  state?: string;
}

@Public('a probe')
@Controller('probe')
class ProbeController {
  @Post('orders')
  @HttpCode(200)
  create(@Body() order: Order): object {
    return order;
  }
  @Get('orders')
  list(@Query() query: OrderQuery): object {
    return query;
  }
}

let database: TestDatabase;
let probe: ProbeApplication;
beforeAll(async () => {
  database = await createTestDatabase({ HALLE_SIGN_IN_LIMIT: '1000' });
  probe = await openProbe(database, [ProbeController]);
});
afterAll(async () => {
  await probe.close();
  await database.drop();
});

const ORDER = { title: 'Sel', date: '2027-02-28', tags: ['hiver'], lines: [{ quantity: 3, unit: 'TNE' }] };
const faultsOf = async (response: Response): Promise<readonly Fault[]> => {
  expect(response.status).toBe(422);
  const problem = (await response.json()) as { code: string; detail: string; errors: Fault[] };
  expect(problem.code).toBe('VALIDATION');
  expect(problem.detail).toContain(`${problem.errors.length}\u00a0erreur`);
  return problem.errors;
};
const places = (faults: readonly Fault[]) => faults.map(({ pointer, code }) => `${pointer} ${code}`).sort();

describe('the shape of a request', () => {
  test('a sound body passes unchanged', async () => {
    const response = await probe.post('/probe/orders', ORDER);
    expect([response.status, await response.json()]).toEqual([200, ORDER]);
  });

  test('every fault at once, each with its pointer, its code and a French sentence', async () => {
    const faults = await faultsOf(
      await probe.post('/probe/orders', {
        title: 'S',
        email: 'mairie',
        date: '2027-02-29',
        tags: ['a', 1],
        siret: '123',
        'a/b~c': true,
        lines: [{ quantity: 3 }, { quantity: '3' }, { quantity: 12, unit: 'KGM', extra: 1 }, 'rien'],
      }),
    );
    for (const { detail } of faults) expect(detail).not.toMatch(/\b(must|should|property)\b/);
    expect(places(faults)).toEqual([
      '#/a~1b~0c whitelistValidation',
      '#/date isPlainDate',
      '#/email isEmail',
      '#/lines/1/quantity isInt',
      '#/lines/2/extra whitelistValidation',
      '#/lines/2/quantity max',
      '#/lines/2/unit isIn',
      '#/lines/3 nestedValidation',
      '#/siret matches',
      '#/tags isString',
      '#/title isLength',
    ]);
    expect(faults.every((fault) => fault.in === 'body')).toBe(true);
    const detailOf = (pointer: string) => faults.find((fault) => fault.pointer === pointer)!.detail;
    expect(detailOf('#/title')).toBe('Ce texte compte de 2 à 80\u00a0caractères.');
    expect(detailOf('#/lines/2/unit')).toBe(
      'Les valeurs permises sont «\u00a0TNE\u00a0», «\u00a0C62\u00a0».',
    );
    expect(detailOf('#/tags')).toBe('Pour chaque élément\u00a0: un texte est attendu.');
    expect(detailOf('#/siret')).toBe('Un SIRET compte 14 chiffres.');
    expect(detailOf('#/lines/3')).toBe('Un objet est attendu.');
  });

  test('no body, a list or a word where an object is expected', async () => {
    expect(places(await faultsOf(await probe.api('/probe/orders', { method: 'POST' })))).toContain(
      '#/title isLength',
    );
    for (const body of [[], [ORDER]])
      expect(places(await faultsOf(await probe.post('/probe/orders', body)))).toEqual(['# isObject']);
  });

  test('keys of the language are no way in', async () => {
    const raw = (body: string) =>
      probe.api('/probe/orders', { method: 'POST', body, headers: { 'Content-Type': 'application/json' } });
    const text = JSON.stringify(ORDER).slice(0, -1);
    const inherited = await raw(`${text},"__proto__":{"admin":true}}`);
    expect(await inherited.text()).not.toContain('admin');
    const faults = await faultsOf(await raw(`${text},"constructor":{"name":"admin"}}`));
    expect(faults.map(({ pointer, code }) => [pointer, code])).toEqual([
      ['#/constructor', 'whitelistValidation'],
    ]);
  });

  test.each([
    ['1912-06-12', 'Cette date précède le 1er\u00a0janvier\u00a01990\u00a0: vérifier l’année.'],
    ['1989-12-31', 'Cette date précède le 1er\u00a0janvier\u00a01990\u00a0: vérifier l’année.'],
    ['3000-01-01', 'Une date qui existe est attendue, sous la forme AAAA-MM-JJ, avant 2200.'],
    ['2027-02-30', 'Une date qui existe est attendue, sous la forme AAAA-MM-JJ, avant 2200.'],
  ])('a day such as %s is a year or a day typed wrong', async (date, detail) => {
    const faults = await faultsOf(await probe.post('/probe/orders', { ...ORDER, date }));
    expect(faults.map((fault) => [fault.pointer, fault.code, fault.detail])).toEqual([
      ['#/date', 'isPlainDate', detail],
    ]);
  });

  test('a query is held to its class; only its class converts', async () => {
    const sound = await probe.api('/probe/orders?limit=7&state=open');
    expect([sound.status, await sound.json()]).toEqual([200, { limit: 7, state: 'open' }]);
    expect(await (await probe.api('/probe/orders')).json()).toEqual({ limit: 50 });
    const faults = await faultsOf(await probe.api('/probe/orders?limit=1e3&state=lost&after=***&page=2'));
    expect(places(faults)).toEqual([
      '#/after isCursor',
      '#/limit isInt',
      '#/page whitelistValidation',
      '#/state isIn',
    ]);
    expect(faults.every((fault) => fault.in === 'query')).toBe(true);
    expect(places(await faultsOf(await probe.api('/probe/orders?limit=201')))).toEqual(['#/limit max']);
  });
});

describe('French sentences', () => {
  test('are there for every constraint of the application; one without stops the start', async () => {
    expect(constraintsWithoutSentence()).toEqual([]);
    class Mute {
      @Matches(/x/)
      code: string;
    }
    expect(constraintsWithoutSentence()).toEqual([
      'Mute.code: the constraint matches has no French sentence',
    ]);
    await expect(openProbe(database, [])).rejects.toThrow('Mute.code');
    expect(Mute.name).toBe('Mute');
  });

  test('carry the figures of their constraint, and end as sentences do', () => {
    const args = [3, 9];
    for (const [name, say] of Object.entries(SENTENCES))
      expect([name, say(args)]).toEqual([name, expect.stringMatching(/^[«A-ZÉÀ].*[.»]$/u) as string]);
    expect(SENTENCES['min']!([0.5])).toBe('La plus petite valeur permise est 0,5.');
    expect(SENTENCES['maxLength']!([1])).toBe('Ce texte compte au plus 1\u00a0caractère.');
  });

  test('bear names that class-validator knows', () => {
    const names = new Set<unknown>(
      Object.values(validator as Record<string, unknown>).filter((value) => typeof value === 'string'),
    );
    const ours = ['whitelistValidation', 'nestedValidation', 'unknownValue', 'isPlainDate', 'isDefined'];
    expect(Object.keys(SENTENCES).filter((name) => !names.has(name) && !ours.includes(name))).toEqual([]);
  });
});
