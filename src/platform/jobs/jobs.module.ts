import { type DynamicModule, Global, Inject, Module, type OnApplicationShutdown } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { TypeOrmModule } from '@nestjs/typeorm';
import { RuntimeConfig } from '../config/config.js';
import { LOGGER, type Logger } from '../log/logger.js';
import { DailyJobs } from './daily.js';
import { JobHandlers } from './handlers.js';
import { JobRequest } from './job-request.entity.js';
import { JobRequests } from './job-requests.js';
import { type JobQueue, openQueue } from './queue.js';
import { JobRelay } from './relay.js';
import { JOB_QUEUE } from './tokens.js';
import { JobWorker } from './worker.js';

/** Every process may ask for work and checks that each job has its handler; only some of them do the work. */
@Global()
@Module({})
export class JobsModule implements OnApplicationShutdown {
  constructor(@Inject(JOB_QUEUE) private readonly queue: JobQueue) {}

  static with(role: 'requests' | 'works'): DynamicModule {
    return {
      module: JobsModule,
      imports: [DiscoveryModule, TypeOrmModule.forFeature([JobRequest])],
      providers: [
        JobRequests,
        JobHandlers,
        {
          provide: JOB_QUEUE,
          inject: [RuntimeConfig, LOGGER],
          useFactory: (runtime: RuntimeConfig, log: Logger) => {
            const queue = openQueue(runtime);
            queue.on('error', (error) => {
              log.warn({ err: error }, 'the queue does not answer; it will be tried again');
            });
            return queue;
          },
        },
        ...(role === 'works' ? [JobWorker, JobRelay, DailyJobs] : []),
      ],
      exports: [JobRequests, JOB_QUEUE],
    };
  }

  async onApplicationShutdown(): Promise<void> {
    await this.queue.close();
  }
}
