import { Injectable } from '@nestjs/common';
import { type EntityManager, In, IsNull } from 'typeorm';
import { newId } from '../platform/database/id.js';
import { lockName } from '../platform/database/named-lock.js';
import type { JournalEntry } from '../platform/journal/changes.js';
import { Journal } from '../platform/journal/journal.js';
import type { Trace } from '../platform/journal/trace.js';
import { Refused } from '../platform/refusals/refused.js';
import { Buyer } from './buyer.entity.js';
import type { BuyerKind } from './buyer.rules.js';
import { BuyersQueries } from './buyers.queries.js';
import { nationalBuyer } from './national-reference.js';
import { sirenOf } from './siret.rules.js';

export interface BuyerIdentity {
  readonly siret: string;
  readonly inseeCode: string | null;
  readonly name: string;
}

interface BuyerRow {
  readonly id: string;
  readonly siret: string | null;
  readonly inseeCode: string | null;
  readonly name: string;
  readonly kind: BuyerKind;
}

/**
 * Held by whoever gives a buyer a SIRET or a SIREN: a SIRET is of one buyer, whether its head office or a budget, and no
 * index spans the two tables. Taken before any row.
 */
export const lockSirets = (tx: EntityManager): Promise<void> => lockName(tx, 'sirets of buyers');

@Injectable()
export class BuyersService {
  constructor(
    private readonly journal: Journal,
    private readonly queries: BuyersQueries,
  ) {}

  /**
   * Records buyers by SIRET, the newest name and INSEE code winning. A buyer that was known by its SIREN alone takes the
   * SIRET given, the first of several.
   *
   * @returns the id of each SIRET
   * @throws {Refused} SIRET_TAKEN when one is a budget of another buyer
   */
  async register(
    tx: EntityManager,
    trace: Trace,
    at: Date,
    buyers: readonly BuyerIdentity[],
  ): Promise<Map<string, string>> {
    // In SIRET order, so that two imports at once lock the rows in the same order.
    const given = [...buyers]
      .sort((a, b) => (a.siret < b.siret ? -1 : 1))
      .map((buyer) => ({ ...buyer, kind: kindOf(buyer) }));
    const columns = [
      given.map((buyer) => buyer.siret),
      given.map((buyer) => buyer.inseeCode),
      given.map((buyer) => buyer.name),
      given.map((buyer) => buyer.kind),
    ];
    const adopted = await this.adopt(tx, columns[0] as string[]);
    const created = await tx.query<BuyerRow[]>(
      `insert into buyer (id, siret, insee_code, name, kind)
       select * from unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::text[])
       on conflict (siret) do nothing
       returning id, siret, insee_code as "inseeCode", name, kind`,
      [given.map(() => newId()), ...columns],
    );
    const outdated = await tx.query<BuyerRow[]>(
      `select b.id, b.siret, b.insee_code as "inseeCode", b.name, b.kind
       from buyer b
       join unnest($1::text[], $2::text[], $3::text[], $4::text[]) as given (siret, insee_code, name, kind) using (siret)
       where (b.insee_code, b.name) is distinct from (given.insee_code, given.name)
          or (b.kind = 'other' and given.kind <> 'other')
       order by b.siret for update of b`,
      columns,
    );
    if (outdated.length > 0)
      await tx.query(
        `update buyer set insee_code = given.insee_code, name = given.name, version = version + 1,
                kind = case when given.insee_code is not null or buyer.kind in ('commune', 'other')
                            then given.kind else buyer.kind end
         from unnest($1::text[], $2::text[], $3::text[], $4::text[]) as given (siret, insee_code, name, kind)
         where buyer.siret = given.siret and buyer.id = any($5::uuid[])`,
        [...columns, outdated.map((row) => row.id)],
      );
    const rows = await tx.find(Buyer, {
      where: { siret: In(columns[0]!) },
      select: { id: true, siret: true, inseeCode: true, name: true, kind: true },
    });
    const now = new Map<string, BuyerRow>(rows.map((row) => [row.id, row]));
    const before = [
      ...outdated,
      ...adopted.filter((id) => !outdated.some((row) => row.id === id)).map((id) => now.get(id)!),
    ];
    await this.journal.write(tx, trace, at, [
      ...before.map((row) =>
        entryOf(adopted.includes(row.id) ? { ...row, siret: null } : row, now.get(row.id)!),
      ),
      ...created.map((row) => entryOf(null, row)),
    ]);
    return new Map(rows.map((row) => [row.siret!, row.id]));
  }

  /**
   * Those who join a group, or coordinate one, have a SIRET: what is signed and published names them by it.
   *
   * @throws {Refused} SIRET_MISSING, naming each that has none
   */
  async requireSirets(tx: EntityManager, buyerIds: readonly string[]): Promise<void> {
    const without = await tx.find(Buyer, {
      where: { id: In([...buyerIds]), siret: IsNull() },
      select: { name: true },
      order: { name: 'ASC' },
    });
    if (without.length > 0) throw new Refused('SIRET_MISSING', without.map((buyer) => buyer.name).join(', '));
  }

  /** Gives their SIRET to buyers known by their SIREN alone. @returns their ids */
  private async adopt(tx: EntityManager, sirets: readonly string[]): Promise<string[]> {
    const known = await tx.countBy(Buyer, { siret: In([...sirets]) });
    if (known === new Set(sirets).size) return [];
    await lockSirets(tx);
    const held = await this.queries.budgetHolder(tx, sirets);
    if (held) throw new Refused('SIRET_TAKEN', held.siret, held.name);
    const [rows] = await tx.query<[{ id: string }[], number]>(
      `update buyer set siret = given.siret, siren_alone = null, version = version + 1
       from (select min(siret) as siret, left(siret, 9) as siren
             from unnest($1::text[]) as given (siret)
             where not exists (select from buyer known where known.siret = given.siret)
             group by left(siret, 9)) as given
       where buyer.siren_alone = given.siren
       returning buyer.id`,
      [sirets],
    );
    return rows.map((row) => row.id);
  }
}

/** What the numbers say of a buyer's kind, as far as they do. */
function kindOf({ siret, inseeCode }: BuyerIdentity): BuyerKind {
  if (inseeCode !== null) return 'commune';
  return nationalBuyer(sirenOf(siret))?.inseeCode === null ? 'epci' : 'other';
}

function entryOf(before: BuyerRow | null, after: BuyerRow): JournalEntry {
  const told = ({ siret, inseeCode, name, kind }: BuyerRow) => ({ siret, inseeCode, name, buyerKind: kind });
  return {
    groupId: null,
    buyerId: after.id,
    subject: 'buyer',
    subjectId: after.id,
    key: 'buyers.register',
    before: before && told(before),
    after: told(after),
  };
}
