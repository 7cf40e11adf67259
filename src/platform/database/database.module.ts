import { Global, Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { RuntimeConfig } from '../config/config.js';

@Global()
@Module({
  imports: [
    TypeOrmModule.forRootAsync({
      inject: [RuntimeConfig],
      useFactory: ({ config, databaseUrl }: RuntimeConfig) => ({
        type: 'postgres' as const,
        url: databaseUrl,
        autoLoadEntities: true,
        applicationName: 'halle',
        extra: { max: config.databasePool, connectionTimeoutMillis: 10_000, keepAlive: true },
      }),
    }),
  ],
})
export class DatabaseModule {}
