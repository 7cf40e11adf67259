import { Global, Module } from '@nestjs/common';
import { RuntimeConfig } from '../config/config.js';
import { Templates } from './templates.js';

@Global()
@Module({
  providers: [
    {
      provide: Templates,
      useFactory: ({ config }: RuntimeConfig) => new Templates(config.templates),
      inject: [RuntimeConfig],
    },
  ],
  exports: [Templates],
})
export class TemplatesModule {}
