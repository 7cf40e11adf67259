import { Injectable, type OnModuleInit, type Type } from '@nestjs/common';
import { DiscoveryService, Reflector } from '@nestjs/core';
import { JOB_NAMES, type JobName, type JobPayloads } from './names.js';

/** What a room's `x.jobs.ts` provides: five lines that call a service, safe to run twice. */
export interface JobHandler<N extends JobName = JobName> {
  handle(payload: JobPayloads[N]): Promise<void>;
  /** Told once no attempt is left, before the request is recorded as failed; safe to run twice. */
  abandon?(payload: JobPayloads[N], error: unknown): Promise<void>;
}

const HandledJob = Reflector.createDecorator<JobName>();

/** Marks a provider as the handler of a job: `@HandlesJob('document.generate')`. */
export const HandlesJob = <N extends JobName>(name: N) =>
  HandledJob(name) as (handler: Type<JobHandler<N>>) => void;

/** A fault that another attempt would not mend: the request fails at once, with its French reason. */
export class LastingJobError extends Error {
  override readonly name = 'LastingJobError';
}

/** One handler per job name, checked when the application starts. */
@Injectable()
export class JobHandlers implements OnModuleInit {
  private readonly handlers = new Map<JobName, JobHandler>();

  constructor(private readonly discovery: DiscoveryService) {}

  /** @throws {Error} naming each job that has no handler, or more than one */
  onModuleInit(): void {
    const faults: string[] = [];
    const found = this.discovery.getProviders().flatMap((wrapper) => {
      const name = this.discovery.getMetadataByDecorator(HandledJob, wrapper);
      return name === undefined ? [] : [{ name, handler: wrapper.instance as JobHandler }];
    });
    for (const name of JOB_NAMES) {
      const candidates = found.filter((candidate) => candidate.name === name);
      if (candidates.length !== 1) faults.push(`job ${name} has ${candidates.length} handlers, it needs one`);
      else this.handlers.set(name, candidates[0]!.handler);
    }
    if (faults.length > 0) throw new Error(faults.join('; '));
  }

  for(name: JobName): JobHandler {
    return this.handlers.get(name)!;
  }
}
