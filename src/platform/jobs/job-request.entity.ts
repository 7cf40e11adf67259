import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { JobName, JobPayloads } from './names.js';

@Entity('job_request')
export class JobRequest {
  @PrimaryColumn({ type: 'uuid' })
  id: string;

  @Column({ type: 'text' })
  name: JobName;

  @Column({ type: 'jsonb' })
  payload: JobPayloads[JobName];

  @Column({ name: 'requested_at', type: 'timestamptz', insert: false, update: false })
  requestedAt: Date;

  @Column({ name: 'enqueued_at', type: 'timestamptz', nullable: true })
  enqueuedAt: Date | null;

  @Column({ name: 'started_at', type: 'timestamptz', nullable: true })
  startedAt: Date | null;

  @Column({ name: 'completed_at', type: 'timestamptz', nullable: true })
  completedAt: Date | null;

  @Column({ name: 'failed_at', type: 'timestamptz', nullable: true })
  failedAt: Date | null;

  @Column({ type: 'integer', default: 0 })
  attempts: number;

  @Column({ type: 'text', nullable: true })
  error: string | null;
}
