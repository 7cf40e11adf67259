import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Role } from './roles.rules.js';

export type LinkPurpose = 'invitation' | 'sign_in' | 'administrator';

/** A link that works once; only the hash of its secret is kept. */
@Entity('one_time_link')
export class OneTimeLink {
  @PrimaryColumn({ type: 'uuid' })
  id: string;

  @Column({ type: 'text' })
  purpose: LinkPurpose;

  /** Null until the mail that carries the secret is about to leave. */
  @Column({ name: 'secret_sha256', type: 'bytea', nullable: true })
  secretSha256: Buffer | null;

  /** Null for the first administrator, who gives it; and once the person is erased. */
  @Column({ type: 'text', nullable: true })
  email: string | null;

  @Column({ type: 'text', nullable: true })
  name: string | null;

  @Column({ type: 'text', nullable: true })
  role: Role | null;

  @Column({ name: 'buyer_id', type: 'uuid', nullable: true })
  buyerId: string | null;

  @Column({ name: 'group_id', type: 'uuid', nullable: true })
  groupId: string | null;

  /** The group whose coordinator invites the first people of a member. */
  @Column({ name: 'invited_in', type: 'uuid', nullable: true })
  invitedIn: string | null;

  @Column({ name: 'created_at', type: 'timestamptz' })
  createdAt: Date;

  @Column({ name: 'created_by', type: 'uuid', nullable: true })
  createdBy: string | null;

  @Column({ name: 'expires_at', type: 'timestamptz' })
  expiresAt: Date;

  @Column({ name: 'mailed_at', type: 'timestamptz', nullable: true })
  mailedAt: Date | null;

  @Column({ name: 'used_at', type: 'timestamptz', nullable: true })
  usedAt: Date | null;

  @Column({ name: 'used_by', type: 'uuid', nullable: true })
  usedBy: string | null;

  @Column({ name: 'revoked_at', type: 'timestamptz', nullable: true })
  revokedAt: Date | null;
}
