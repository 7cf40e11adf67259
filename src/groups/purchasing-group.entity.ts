import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { PlainDate } from '../calendar/plain-date.js';
import type { GroupKind } from './membership.rules.js';

/** Groupement de commandes (CCP L2113-6 to L2113-8): no legal personality, a bundle of mandates. */
@Entity('purchasing_group')
export class PurchasingGroup {
  @PrimaryColumn({ type: 'uuid' })
  id: string;

  @Column({ name: 'coordinator_id', type: 'uuid' })
  coordinatorId: string;

  @Column({ type: 'text' })
  title: string;

  /** One-off: for what it launches, then it is over. */
  @Column({ type: 'text' })
  kind: GroupKind;

  @Column({ type: 'text', nullable: true })
  object: string | null;

  /** Purchase families, as the coordinator names them. */
  @Column({ type: 'text', array: true })
  families: string[];

  @Column({ name: 'starts_on', type: 'date', nullable: true })
  startsOn: PlainDate | null;

  /** Null: until further notice. */
  @Column({ name: 'ends_on', type: 'date', nullable: true })
  endsOn: PlainDate | null;

  /** Whether members see each other's quantities and amounts. */
  @Column({ name: 'members_see_each_other', type: 'boolean' })
  membersSeeEachOther: boolean;

  /** The cluster whose members alone may enter, with the coordinator; null: any buyer. */
  @Column({ name: 'reserved_cluster_id', type: 'uuid', nullable: true })
  reservedClusterId: string | null;

  @Column({ type: 'integer' })
  version: number;

  @Column({ name: 'created_at', type: 'timestamptz', insert: false, update: false })
  createdAt: Date;
}
