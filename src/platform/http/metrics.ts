import { Injectable } from '@nestjs/common';
import type { NextFunction, Request, Response } from 'express';
import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import { DataSource } from 'typeorm';

interface JobCounts {
  readonly name: string;
  readonly state: string;
  readonly count: number;
  readonly seconds: number;
}

/** Prometheus figures. Those of jobs are read from the database: every process gives the same. */
@Injectable()
export class Metrics {
  private readonly registry = new Registry();
  private readonly http = new Histogram({
    name: 'halle_http_request_seconds',
    help: 'Duration of HTTP requests by method, route and status.',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.005, 0.02, 0.1, 0.5, 2, 10],
    registers: [this.registry],
  });
  private readonly jobs = new Gauge({
    name: 'halle_jobs',
    help: 'Job requests by name and state.',
    labelNames: ['name', 'state'],
    registers: [this.registry],
  });
  private readonly jobSeconds = new Gauge({
    name: 'halle_job_completed_seconds',
    help: 'Total seconds spent in the last start of completed jobs, by name.',
    labelNames: ['name'],
    registers: [this.registry],
  });

  constructor(private readonly dataSource: DataSource) {
    collectDefaultMetrics({ register: this.registry, prefix: 'halle_' });
  }

  /** Express middleware: times every request. */
  readonly observe = (request: Request, response: Response, next: NextFunction): void => {
    const end = this.http.startTimer();
    response.on('finish', () => {
      // The route's pattern, never the raw path: a stranger must not be able to create series.
      const route = (request.route as { path?: string } | undefined)?.path ?? 'unknown';
      end({ method: request.method, route, status: String(response.statusCode) });
    });
    next();
  };

  readonly contentType = this.registry.contentType;

  async text(): Promise<string> {
    const rows = await this.dataSource.query<JobCounts[]>(
      `select name, state, count(*)::int as count,
              coalesce(sum(extract(epoch from completed_at - started_at)), 0)::float8 as seconds
       from (select *, case when completed_at is not null then 'completed' when failed_at is not null then 'failed'
                            when enqueued_at is not null then 'enqueued' else 'requested' end as state
             from job_request) as request
       group by name, state`,
    );
    this.jobs.reset();
    this.jobSeconds.reset();
    for (const { name, state, count, seconds } of rows) {
      this.jobs.set({ name, state }, count);
      if (state === 'completed') this.jobSeconds.set({ name }, seconds);
    }
    return this.registry.metrics();
  }
}
