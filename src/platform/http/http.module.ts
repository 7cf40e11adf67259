import { Module } from '@nestjs/common';
import { APP_FILTER, DiscoveryModule } from '@nestjs/core';
import { AllowedMethods } from './allowed-methods.js';
import { HealthController } from './health.controller.js';
import { MetricsController } from './metrics.controller.js';
import { Metrics } from './metrics.js';
import { ProblemFilter } from './problem.filter.js';

@Module({
  imports: [DiscoveryModule],
  controllers: [HealthController, MetricsController],
  providers: [AllowedMethods, Metrics, ProblemFilter, { provide: APP_FILTER, useExisting: ProblemFilter }],
})
export class HttpModule {}
