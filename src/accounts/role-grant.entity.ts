import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { PlainDate } from '../calendar/plain-date.js';
import type { Role } from './roles.rules.js';

/** A role held by a person on a buyer, a group or the installation; a delegate's also records its mandate. */
@Entity('role_grant')
export class RoleGrant {
  @PrimaryColumn({ type: 'uuid' })
  id: string;

  @Column({ name: 'person_id', type: 'uuid' })
  personId: string;

  @Column({ type: 'text' })
  role: Role;

  @Column({ name: 'buyer_id', type: 'uuid', nullable: true })
  buyerId: string | null;

  @Column({ name: 'group_id', type: 'uuid', nullable: true })
  groupId: string | null;

  @Column({ name: 'granted_by', type: 'uuid', nullable: true })
  grantedBy: string | null;

  @Column({ name: 'granted_at', type: 'timestamptz' })
  grantedAt: Date;

  /** The act that gives mandate: « délibération 2026-11-004 du 12 novembre 2026 ». */
  @Column({ name: 'mandate_reference', type: 'text', nullable: true })
  mandateReference: string | null;

  @Column({ name: 'starts_on', type: 'date', nullable: true })
  startsOn: PlainDate | null;

  @Column({ name: 'ends_on', type: 'date', nullable: true })
  endsOn: PlainDate | null;

  @Column({ name: 'contested_at', type: 'timestamptz', nullable: true })
  contestedAt: Date | null;

  @Column({ name: 'contested_by', type: 'uuid', nullable: true })
  contestedBy: string | null;

  @Column({ name: 'contest_reason', type: 'text', nullable: true })
  contestReason: string | null;

  @Column({ name: 'revoked_at', type: 'timestamptz', nullable: true })
  revokedAt: Date | null;
}
