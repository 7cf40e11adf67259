import { Controller, Get, Module, Post, type Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { AppModule } from '../../src/app.module.js';
import { type Call, CurrentCall } from '../../src/platform/access/call.js';
import { Requires } from '../../src/platform/access/requires.js';
import { createLogger } from '../../src/platform/log/logger.js';
import { Commands } from '../../src/platform/http/commands.js';
import { configureHttp } from '../../src/platform/http/pipeline.js';
import { type Holder, World } from './world.js';

/** Controllers that forget something, in the whole application. */
@Controller('forgetful')
class Forgetful {
  constructor(private readonly commands: Commands) {}
  @Get('answer')
  @Requires('group.read')
  answer(): object {
    return { secret: 'everything about the group' };
  }
  @Post('command')
  @Requires('group.read')
  command(@CurrentCall() call: Call): Promise<object> {
    return this.commands.run(call, async (tx) => {
      await tx.query(
        `insert into buyer (id, siret, name) values (gen_random_uuid(), '21530130000012', 'Laval')`,
      );
      return { done: true };
    });
  }
  @Get('honest')
  @Requires('account.self')
  honest(@CurrentCall() { caller }: Call): object {
    caller.require('account.self', { personId: caller.personId! });
    return { ok: true };
  }
}
@Controller('nameless')
class Nameless {
  @Get()
  read(): object {
    return {};
  }
}

let world: World;
let holder: Holder;
beforeAll(async () => {
  world = await World.open();
  holder = await world.person('administrator', { buyerId: null, groupId: null });
});
afterAll(() => world.close());

async function open(controller: Type): Promise<NestExpressApplication> {
  const log = createLogger({ logLevel: 'fatal' }, 'test', 2);
  @Module({})
  class Probe {}
  const app = await NestFactory.create<NestExpressApplication>(
    { module: Probe, imports: [AppModule.for('http', world.database, log)], controllers: [controller] },
    { logger: false, abortOnError: false },
  );
  try {
    await configureHttp(app, world.database, log);
    await app.listen(0, '127.0.0.1');
    return app;
  } catch (error) {
    await app.close();
    throw error;
  }
}

test('an answer for which the right was never asserted is not sent, nor a command committed', async () => {
  const app = await open(Forgetful);
  try {
    const get = (path: string) =>
      app.getUrl().then((url) => fetch(`${url}/api/v1/forgetful/${path}`, { headers: holder.headers }));
    const forgotten = await get('answer');
    expect(forgotten.status).toBe(500);
    expect(await forgotten.text()).not.toContain('everything');
    const url = `${await app.getUrl()}/api/v1/forgetful/command`;
    expect((await fetch(url, { method: 'POST', headers: holder.headers })).status).toBe(500);
    expect(await world.source.query(`select id from buyer where siret = '21530130000012'`)).toEqual([]);
    expect((await get('honest')).status).toBe(200);
  } finally {
    await app.close();
  }
});

test('a route that names no right stops the start, and is named', async () => {
  await expect(open(Nameless)).rejects.toThrow('GET /nameless (Nameless.read) names no right');
});
