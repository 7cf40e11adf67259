import { Global, Module } from '@nestjs/common';
import { Commands } from './commands.js';

/** Apart from HttpModule: the worker has the same controllers in its rooms, and serves none. */
@Global()
@Module({ providers: [Commands], exports: [Commands] })
export class CommandsModule {}
