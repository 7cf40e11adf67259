import { Column, Entity, PrimaryColumn } from 'typeorm';

/** Groupement de commandes (CCP L2113-6 to L2113-8): no legal personality, a bundle of mandates. */
@Entity('purchasing_group')
export class PurchasingGroup {
  @PrimaryColumn({ type: 'uuid' })
  id: string;

  @Column({ name: 'coordinator_id', type: 'uuid' })
  coordinatorId: string;

  @Column({ type: 'text' })
  title: string;

  @Column({ name: 'created_at', type: 'timestamptz', insert: false, update: false })
  createdAt: Date;
}
