import { Injectable } from '@nestjs/common';
import { type EntityManager, In } from 'typeorm';
import { newId } from '../platform/database/id.js';
import { Buyer } from './buyer.entity.js';

export interface BuyerIdentity {
  readonly siret: string;
  readonly inseeCode: string | null;
  readonly name: string;
}

@Injectable()
export class BuyersService {
  /**
   * Records buyers by SIRET, the newest name and INSEE code winning.
   *
   * @returns the id of each SIRET
   */
  async register(tx: EntityManager, buyers: readonly BuyerIdentity[]): Promise<Map<string, string>> {
    // In SIRET order, so that two imports at once lock the rows in the same order.
    const sorted = [...buyers].sort((a, b) => (a.siret < b.siret ? -1 : 1));
    await tx.query(
      `insert into buyer (id, siret, insee_code, name)
       select * from unnest($1::uuid[], $2::text[], $3::text[], $4::text[])
       on conflict (siret) do update set insee_code = excluded.insee_code, name = excluded.name
       where (buyer.insee_code, buyer.name) is distinct from (excluded.insee_code, excluded.name)`,
      [
        sorted.map(() => newId()),
        sorted.map((buyer) => buyer.siret),
        sorted.map((buyer) => buyer.inseeCode),
        sorted.map((buyer) => buyer.name),
      ],
    );
    const rows = await tx.find(Buyer, {
      where: { siret: In(sorted.map((buyer) => buyer.siret)) },
      select: { id: true, siret: true },
    });
    return new Map(rows.map((row) => [row.siret, row.id]));
  }
}
