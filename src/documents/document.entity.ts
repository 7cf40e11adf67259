import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Finish } from '../platform/texts/text-document.js';

/** One document of a dossier: asked for, then made. */
@Entity('document')
export class DocumentRecord {
  @PrimaryColumn({ type: 'uuid' })
  id: string;

  @Column({ name: 'dossier_id', type: 'uuid' })
  dossierId: string;

  @Column({ type: 'text' })
  kind: string;

  /** What it is about: a lot number, the key of a member, or empty. */
  @Column({ type: 'text' })
  subject: string;

  @Column({ name: 'template_version', type: 'text' })
  templateVersion: string;

  @Column({ type: 'text' })
  finish: Finish;

  @Column({ name: 'request_id', type: 'uuid' })
  requestId: string;

  @Column({ name: 'file_sha256', type: 'text', nullable: true })
  fileSha256: string | null;

  @Column({ name: 'created_at', type: 'timestamptz', nullable: true })
  createdAt: Date | null;
}
