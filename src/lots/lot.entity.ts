import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { ContractForm, LotFamily } from './lots.rules.js';

/** A lot of a consultation (CCP L2113-10). */
@Entity('lot')
export class Lot {
  @PrimaryColumn({ type: 'uuid' })
  id: string;

  @Column({ name: 'consultation_id', type: 'uuid' })
  consultationId: string;

  /** From 1 to 999, unique in its consultation. */
  @Column({ type: 'integer' })
  number: number;

  @Column({ type: 'text' })
  title: string;

  /** Main CPV code: 8 digits, without its check digit. */
  @Column({ name: 'cpv_code', type: 'text' })
  cpvCode: string;

  @Column({ type: 'text' })
  family: LotFamily;

  @Column({ name: 'contract_form', type: 'text' })
  contractForm: ContractForm;

  /** The group's own family of purchases; null where none was chosen. */
  @Column({ name: 'purchase_family', type: 'text', nullable: true })
  purchaseFamily: string | null;

  /** The cluster whose members alone may join; null: any member of the group. */
  @Column({ name: 'reserved_cluster_id', type: 'uuid', nullable: true })
  reservedClusterId: string | null;

  @Column({ type: 'integer', default: 1 })
  version: number;
}
