import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { PlainDate } from '../calendar/plain-date.js';

/** Who signed a version of the agreement for a member, when, and as what. */
@Entity('agreement_signature')
export class AgreementSignature {
  @PrimaryColumn({ name: 'group_id', type: 'uuid' })
  groupId: string;

  @PrimaryColumn({ name: 'version_number', type: 'integer' })
  versionNumber: number;

  @PrimaryColumn({ name: 'buyer_id', type: 'uuid' })
  buyerId: string;

  @Column({ name: 'signed_on', type: 'date' })
  signedOn: PlainDate;

  @Column({ name: 'signatory_name', type: 'text' })
  signatoryName: string;

  @Column({ name: 'signatory_capacity', type: 'text' })
  signatoryCapacity: string;

  @Column({ name: 'recorded_at', type: 'timestamptz' })
  recordedAt: Date;
}
