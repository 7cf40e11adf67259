import { Global, Module } from '@nestjs/common';
import { Commands } from './commands.js';
import { RateLimit } from './rate-limit.js';

/** Apart from HttpModule: the worker has the same controllers in its rooms, and serves none. */
@Global()
@Module({ providers: [Commands, RateLimit], exports: [Commands, RateLimit] })
export class CommandsModule {}
