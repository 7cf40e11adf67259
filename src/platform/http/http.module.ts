import { Module } from '@nestjs/common';
import { APP_FILTER } from '@nestjs/core';
import { HealthController } from './health.controller.js';
import { MetricsController } from './metrics.controller.js';
import { Metrics } from './metrics.js';
import { ProblemFilter } from './problem.filter.js';
import { RateLimit } from './rate-limit.js';

@Module({
  controllers: [HealthController, MetricsController],
  providers: [Metrics, RateLimit, ProblemFilter, { provide: APP_FILTER, useExisting: ProblemFilter }],
  exports: [RateLimit],
})
export class HttpModule {}
