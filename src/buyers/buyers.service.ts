import { Injectable } from '@nestjs/common';
import { type EntityManager, In } from 'typeorm';
import { newId } from '../platform/database/id.js';
import type { JournalEntry } from '../platform/journal/changes.js';
import { Journal } from '../platform/journal/journal.js';
import type { Trace } from '../platform/journal/trace.js';
import { Buyer } from './buyer.entity.js';

export interface BuyerIdentity {
  readonly siret: string;
  readonly inseeCode: string | null;
  readonly name: string;
}

type BuyerRow = BuyerIdentity & { readonly id: string };

@Injectable()
export class BuyersService {
  constructor(private readonly journal: Journal) {}

  /**
   * Records buyers by SIRET, the newest name and INSEE code winning.
   *
   * @returns the id of each SIRET
   */
  async register(
    tx: EntityManager,
    trace: Trace,
    at: Date,
    buyers: readonly BuyerIdentity[],
  ): Promise<Map<string, string>> {
    // In SIRET order, so that two imports at once lock the rows in the same order.
    const given = [...buyers].sort((a, b) => (a.siret < b.siret ? -1 : 1));
    const columns = [
      given.map((buyer) => buyer.siret),
      given.map((buyer) => buyer.inseeCode),
      given.map((buyer) => buyer.name),
    ];
    const created = await tx.query<BuyerRow[]>(
      `insert into buyer (id, siret, insee_code, name)
       select * from unnest($1::uuid[], $2::text[], $3::text[], $4::text[])
       on conflict (siret) do nothing
       returning id, siret, insee_code as "inseeCode", name`,
      [given.map(() => newId()), ...columns],
    );
    const outdated = await tx.query<BuyerRow[]>(
      `select b.id, b.siret, b.insee_code as "inseeCode", b.name
       from buyer b join unnest($1::text[], $2::text[], $3::text[]) as given (siret, insee_code, name) using (siret)
       where (b.insee_code, b.name) is distinct from (given.insee_code, given.name)
       order by b.siret for update of b`,
      columns,
    );
    if (outdated.length > 0)
      await tx.query(
        `update buyer set insee_code = given.insee_code, name = given.name
         from unnest($1::text[], $2::text[], $3::text[]) as given (siret, insee_code, name)
         where buyer.siret = given.siret and buyer.id = any($4::uuid[])`,
        [...columns, outdated.map((row) => row.id)],
      );
    const named = new Map(given.map((buyer) => [buyer.siret, buyer]));
    await this.journal.write(tx, trace, at, [
      ...outdated.map((row) => entryOf(row.id, row, named.get(row.siret)!)),
      ...created.map((row) => entryOf(row.id, null, row)),
    ]);
    const rows = await tx.find(Buyer, {
      where: { siret: In(columns[0]!) },
      select: { id: true, siret: true },
    });
    return new Map(rows.map((row) => [row.siret, row.id]));
  }
}

function entryOf(id: string, before: BuyerIdentity | null, after: BuyerIdentity): JournalEntry {
  const told = ({ siret, inseeCode, name }: BuyerIdentity) => ({ siret, inseeCode, name });
  return {
    groupId: null,
    buyerId: id,
    subject: 'buyer',
    subjectId: id,
    key: 'buyers.register',
    before: before && told(before),
    after: told(after),
  };
}
