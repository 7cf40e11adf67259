import { Column, Entity, PrimaryColumn } from 'typeorm';

/** The flag of a lot, « Mesures d’accès des TPE-PME »: why, and since when. */
@Entity('lot_protection')
export class LotProtection {
  @PrimaryColumn({ name: 'lot_id', type: 'uuid' })
  lotId: string;

  @Column({ type: 'text' })
  justification: string;

  @Column({ name: 'decided_by', type: 'uuid', nullable: true })
  decidedBy: string | null;

  @Column({ name: 'decided_at', type: 'timestamptz' })
  decidedAt: Date;

  @Column({ type: 'integer' })
  version: number;
}
