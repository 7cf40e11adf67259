import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity('stored_file')
export class StoredFile {
  @PrimaryColumn({ type: 'text' })
  sha256: string;

  @Column({ name: 'media_type', type: 'text' })
  mediaType: string;

  /** bigint, hence a string in JavaScript. */
  @Column({ name: 'byte_count', type: 'bigint' })
  byteCount: string;

  @Column({ type: 'bytea' })
  content: Buffer;

  @Column({ name: 'stored_at', type: 'timestamptz', insert: false, update: false })
  storedAt: Date;
}
