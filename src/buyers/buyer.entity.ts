import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { BuyerKind } from './buyer.rules.js';

/** A buyer (acheteur): a legal person that joins groups. Its other SIRET, one per budget, are its establishments. */
@Entity('buyer')
export class Buyer {
  @PrimaryColumn({ type: 'uuid' })
  id: string;

  /** Of its head office; null while only its SIREN is known. */
  @Column({ type: 'text', nullable: true })
  siret: string | null;

  /** The first 9 digits of the SIRET, or what is known without it: the database computes it. */
  @Column({ type: 'text', insert: false, update: false })
  siren: string;

  /** Known without a SIRET, from the national reference; null once the SIRET is. */
  @Column({ name: 'siren_alone', type: 'text', nullable: true })
  sirenAlone: string | null;

  /** What the name is looked up by: the database computes it. */
  @Column({ name: 'name_key', type: 'text', insert: false, update: false })
  nameKey: string;

  /** Null for an EPCI, a CCAS, a syndicat. */
  @Column({ name: 'insee_code', type: 'text', nullable: true })
  inseeCode: string | null;

  @Column({ type: 'text' })
  name: string;

  @Column({ type: 'text' })
  kind: BuyerKind;

  /** A private member said that it applies the code to what it buys in the group. */
  @Column({ name: 'applies_code', type: 'boolean' })
  appliesCode: boolean;

  @Column({ type: 'integer' })
  version: number;

  @Column({ name: 'created_at', type: 'timestamptz', insert: false, update: false })
  createdAt: Date;
}
