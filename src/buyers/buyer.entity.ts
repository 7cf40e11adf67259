import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A public buyer (acheteur): one row per SIRET. */
@Entity('buyer')
export class Buyer {
  @PrimaryColumn({ type: 'uuid' })
  id: string;

  @Column({ type: 'text' })
  siret: string;

  /** Null for an EPCI, a CCAS, a syndicat. */
  @Column({ name: 'insee_code', type: 'text', nullable: true })
  inseeCode: string | null;

  @Column({ type: 'text' })
  name: string;

  @Column({ name: 'created_at', type: 'timestamptz', insert: false, update: false })
  createdAt: Date;
}
