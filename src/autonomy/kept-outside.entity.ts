import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Nature } from './kept-outside.rules.js';

/** What a member buys by itself, outside the group: an item, a site, or both. */
@Entity('kept_outside')
export class KeptOutside {
  @PrimaryColumn({ type: 'uuid' })
  id: string;

  @Column({ name: 'group_id', type: 'uuid' })
  groupId: string;

  @Column({ name: 'buyer_id', type: 'uuid' })
  buyerId: string;

  @Column({ type: 'text' })
  nature: Nature;

  /** The homogeneous family, as lots name it. */
  @Column({ type: 'text' })
  family: string;

  @Column({ type: 'text', nullable: true })
  label: string | null;

  @Column({ type: 'text', nullable: true })
  site: string | null;

  /** € excl. VAT a year, decimal string of two decimals. */
  @Column({ name: 'annual_amount', type: 'numeric' })
  annualAmount: string;

  @Column({ type: 'text' })
  reason: string;

  @Column({ name: 'recorded_at', type: 'timestamptz' })
  recordedAt: Date;

  @Column({ type: 'integer' })
  version: number;
}
