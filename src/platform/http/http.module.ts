import { Module } from '@nestjs/common';
import { APP_FILTER } from '@nestjs/core';
import { HealthController } from './health.controller.js';
import { MetricsController } from './metrics.controller.js';
import { Metrics } from './metrics.js';
import { ProblemFilter } from './problem.filter.js';

@Module({
  controllers: [HealthController, MetricsController],
  providers: [Metrics, { provide: APP_FILTER, useClass: ProblemFilter }],
})
export class HttpModule {}
