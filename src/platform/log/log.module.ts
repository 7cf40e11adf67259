import { type DynamicModule, Global, Module } from '@nestjs/common';
import { LOGGER, type Logger } from './logger.js';

@Global()
@Module({})
export class LogModule {
  static with(logger: Logger): DynamicModule {
    return { module: LogModule, providers: [{ provide: LOGGER, useValue: logger }], exports: [LOGGER] };
  }
}
