import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { PlainDate } from '../calendar/plain-date.js';

/** Convention constitutive (1), then its avenants (2 and on). */
@Entity('agreement_version')
export class AgreementVersion {
  @PrimaryColumn({ name: 'group_id', type: 'uuid' })
  groupId: string;

  @PrimaryColumn({ type: 'integer' })
  number: number;

  @Column({ type: 'text' })
  label: string;

  @Column({ type: 'text' })
  summary: string;

  @Column({ name: 'adopted_on', type: 'date' })
  adoptedOn: PlainDate;

  @Column({ name: 'recorded_at', type: 'timestamptz' })
  recordedAt: Date;
}
