import { Column, Entity, PrimaryColumn } from 'typeorm';

/** One purchase run by a group. */
@Entity('consultation')
export class Consultation {
  @PrimaryColumn({ type: 'uuid' })
  id: string;

  @Column({ name: 'group_id', type: 'uuid' })
  groupId: string;

  @Column({ type: 'text' })
  title: string;

  @Column({ name: 'firm_years', type: 'integer' })
  firmYears: number;

  /** How many times the contract may be renewed for one year (R2112-4). */
  @Column({ type: 'integer' })
  renewals: number;

  @Column({ name: 'created_at', type: 'timestamptz', insert: false, update: false })
  createdAt: Date;
}
