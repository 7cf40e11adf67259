import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A numbered state of a consultation; its content is a stored file. */
@Entity('dossier')
export class DossierRecord {
  @PrimaryColumn({ type: 'uuid' })
  id: string;

  @Column({ name: 'consultation_id', type: 'uuid' })
  consultationId: string;

  @Column({ type: 'integer' })
  number: number;

  @Column({ type: 'text' })
  sha256: string;

  @Column({ name: 'taken_at', type: 'timestamptz' })
  takenAt: Date;

  /** French sentences: what differs from the version before. */
  @Column({ type: 'jsonb' })
  changes: string[];
}
