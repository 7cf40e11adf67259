import { type DynamicModule, Global, Module } from '@nestjs/common';
import { RuntimeConfig } from './config.js';

@Global()
@Module({})
export class ConfigModule {
  static with(runtime: RuntimeConfig): DynamicModule {
    return {
      module: ConfigModule,
      providers: [{ provide: RuntimeConfig, useValue: runtime }],
      exports: [RuntimeConfig],
    };
  }
}
