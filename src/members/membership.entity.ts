import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { PlainDate } from '../calendar/plain-date.js';
import type { DecisionKind } from '../groups/membership.rules.js';

/** Adhésion: where a buyer stands in a group, told by dates (membership.rules.ts). */
@Entity('membership')
export class Membership {
  @PrimaryColumn({ name: 'group_id', type: 'uuid' })
  groupId: string;

  @PrimaryColumn({ name: 'buyer_id', type: 'uuid' })
  buyerId: string;

  @Column({ name: 'invited_at', type: 'timestamptz', nullable: true })
  invitedAt: Date | null;

  @Column({ name: 'interested_at', type: 'timestamptz', nullable: true })
  interestedAt: Date | null;

  @Column({ name: 'joined_at', type: 'timestamptz', nullable: true })
  joinedAt: Date | null;

  @Column({ name: 'declined_at', type: 'timestamptz', nullable: true })
  declinedAt: Date | null;

  @Column({ name: 'decline_reason', type: 'text', nullable: true })
  declineReason: string | null;

  @Column({ name: 'withdrawn_at', type: 'timestamptz', nullable: true })
  withdrawnAt: Date | null;

  @Column({ name: 'withdrawal_reason', type: 'text', nullable: true })
  withdrawalReason: string | null;

  /** The figure that the agreement retains for sharing costs. */
  @Column({ name: 'municipal_population', type: 'integer', nullable: true })
  municipalPopulation: number | null;

  @Column({ name: 'population_source', type: 'text', nullable: true })
  populationSource: string | null;

  @Column({ name: 'decision_kind', type: 'text', nullable: true })
  decisionKind: DecisionKind | null;

  @Column({ name: 'resolution_on', type: 'date', nullable: true })
  resolutionOn: PlainDate | null;

  @Column({ name: 'resolution_number', type: 'text', nullable: true })
  resolutionNumber: string | null;

  @Column({ name: 'sent_to_prefecture_on', type: 'date', nullable: true })
  sentToPrefectureOn: PlainDate | null;

  @Column({ name: 'enforceable_on', type: 'date', nullable: true })
  enforceableOn: PlainDate | null;

  @Column({ type: 'integer' })
  version: number;
}
