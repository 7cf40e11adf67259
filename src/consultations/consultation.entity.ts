import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { PlainDate } from '../calendar/plain-date.js';
import type { NoSplitGround } from './consultation.rules.js';

/** One purchase run by a group. */
@Entity('consultation')
export class Consultation {
  @PrimaryColumn({ type: 'uuid' })
  id: string;

  @Column({ name: 'group_id', type: 'uuid' })
  groupId: string;

  @Column({ type: 'text' })
  title: string;

  /** What is bought, in one sentence; null for those that came from files. */
  @Column({ type: 'text', nullable: true })
  object: string | null;

  /** Purchase families, as people name them. */
  @Column({ type: 'text', array: true, default: () => `'{}'` })
  families: string[];

  @Column({ name: 'firm_years', type: 'integer' })
  firmYears: number;

  /** How many times the contract may be renewed for one year (R2112-4). */
  @Column({ type: 'integer' })
  renewals: number;

  /** Why a framework agreement lasts more than four years (L2125-1). */
  @Column({ name: 'duration_motive', type: 'text', nullable: true })
  durationMotive: string | null;

  @Column({ name: 'planned_launch_on', type: 'date', nullable: true })
  plannedLaunchOn: PlainDate | null;

  /** Why there is one lot only (L2113-10, L2113-11), and its justification. */
  @Column({ name: 'no_split_ground', type: 'text', nullable: true })
  noSplitGround: NoSplitGround | null;

  @Column({ name: 'no_split_motive', type: 'text', nullable: true })
  noSplitMotive: string | null;

  @Column({ name: 'launched_at', type: 'timestamptz', nullable: true })
  launchedAt: Date | null;

  @Column({ name: 'cancelled_at', type: 'timestamptz', nullable: true })
  cancelledAt: Date | null;

  @Column({ name: 'cancellation_reason', type: 'text', nullable: true })
  cancellationReason: string | null;

  @Column({ name: 'copied_from_id', type: 'uuid', nullable: true })
  copiedFromId: string | null;

  @Column({ type: 'integer', default: 1 })
  version: number;

  @Column({ name: 'created_at', type: 'timestamptz', insert: false, update: false })
  createdAt: Date;
}
