import { randomUUID } from 'node:crypto';
import type { World } from '../accounts/world.js';

/** Buyers, clusters, sites, consultations and needs as tests want them, by SQL. */
export class Places {
  #siret = 10_000;

  constructor(private readonly world: () => World) {}

  sql<T = unknown>(statement: string, parameters: unknown[] = []): Promise<T[]> {
    return this.world().source.query<T[]>(statement, parameters);
  }

  /** A commune, or a buyer without an INSEE code; known by its SIREN alone if asked. */
  async buyer(name: string, { siren = false, inseeCode = true } = {}): Promise<string> {
    const [id, digits] = [randomUUID(), String(++this.#siret)];
    await this.sql(
      `insert into buyer (id, siret, siren_alone, insee_code, name, kind) values ($1, $2, $3, $4, $5, $6)`,
      [
        id,
        siren ? null : `219${digits}000012`,
        siren ? `219${digits}0` : null,
        inseeCode ? digits : null,
        name,
        inseeCode ? 'commune' : 'epci',
      ],
    );
    return id;
  }

  /** The first is the lead. */
  async cluster(name: string, buyerIds: readonly string[]): Promise<string> {
    const id = randomUUID();
    await this.world().source.transaction(async (tx) => {
      await tx.query(`insert into cluster (id, name, lead_buyer_id) values ($1, $2, $3)`, [
        ...[id, name, buyerIds[0]],
      ]);
      await tx.query(`insert into cluster_member (cluster_id, buyer_id) select $1, unnest($2::uuid[])`, [
        id,
        buyerIds,
      ]);
    });
    return id;
  }

  async site(owner: { buyerId?: string; clusterId?: string }, label: string): Promise<string> {
    const id = randomUUID();
    await this.sql(
      `insert into delivery_site (id, buyer_id, cluster_id, label, address) values ($1, $2, $3, $4, '4 rue des Ateliers')`,
      [id, owner.buyerId ?? null, owner.clusterId ?? null, label],
    );
    return id;
  }

  async member(groupId: string, buyerId: string): Promise<void> {
    await this.sql(`insert into membership (group_id, buyer_id, joined_at) values ($1, $2, now())`, [
      groupId,
      buyerId,
    ]);
  }

  async consultation(groupId: string): Promise<string> {
    const id = randomUUID();
    await this.sql(
      `insert into consultation (id, group_id, title, firm_years, renewals) values ($1, $2, $3, 1, 3)`,
      [id, groupId, `Achats ${id}`],
    );
    return id;
  }

  async lot(consultationId: string, number = 1): Promise<string> {
    const id = randomUUID();
    await this.sql(
      `insert into lot (id, consultation_id, number, title, cpv_code, family, contract_form)
       values ($1, $2, $3, 'Sel', '34927100', 'fournitures', 'bons_de_commande')`,
      [id, consultationId, number],
    );
    return id;
  }

  async joins(consultationId: string, lotId: string, buyerIds: readonly string[]): Promise<void> {
    await this.sql(
      `insert into lot_participation (consultation_id, lot_id, buyer_id) select $1, $2, unnest($3::uuid[])`,
      [consultationId, lotId, buyerIds],
    );
  }

  async item(consultationId: string, lotId: string, code: string, unitPrice: string): Promise<string> {
    const id = randomUUID();
    await this.sql(
      `insert into item (id, consultation_id, lot_id, position, code, designation, unit, packaging, unit_price, vat_rate, m57_nature)
       values ($1, $2, $3, 1, $4, 'Sel', 'sac', '', $5, 20, '60632')`,
      [id, consultationId, lotId, code, unitPrice],
    );
    return id;
  }

  async need(
    consultationId: string,
    lotId: string,
    itemId: string,
    buyerId: string,
    estimate: string,
    standing = 'valid',
  ): Promise<void> {
    await this.sql(
      `insert into need_line (consultation_id, item_id, buyer_id, lot_id, standing, estimate) values ($1, $2, $3, $4, $5, $6)`,
      [consultationId, itemId, buyerId, lotId, standing, estimate],
    );
  }
}
