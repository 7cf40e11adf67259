import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { quantityToDecimal } from '../money/amounts.js';
import { Journal } from '../platform/journal/journal.js';
import type { Trace } from '../platform/journal/trace.js';
import { noteRemoved, noteWritten, openChanges, tellChanges } from './needs-told.queries.js';
import { needFaults, type NeedQuantities, type Standing } from './needs.rules.js';

export interface NeedLineInput extends NeedQuantities {
  readonly buyerId: string;
  readonly itemId: string;
  readonly lotId: string;
  readonly standing: Standing;
}

/** A need line that the rules refuse: the caller should have told the person before. */
export class NeedLineRefused extends Error {
  override readonly name = 'NeedLineRefused';
}

const CHUNK = 10_000;

@Injectable()
export class NeedsService {
  constructor(private readonly journal: Journal) {}

  /**
   * Makes the needs of a consultation those given: new lines written, changed ones updated, others removed.
   * Set-based, 10 000 lines a statement. The caller holds the consultation's lock: what a line was is read, then
   * replaced.
   *
   * @param lines may be read twice, and is not kept: millions of them cost one chunk of memory
   * @throws {NeedLineRefused} on a negative or badly ordered quantity
   */
  async replaceNeeds(
    tx: EntityManager,
    trace: Trace,
    at: Date,
    consultationId: string,
    lines: Iterable<NeedLineInput>,
  ): Promise<void> {
    await openChanges(tx);
    let count = 0;
    let chunk: NeedLineInput[] = [];
    for (const line of lines) {
      count += 1;
      chunk.push(line);
      if (chunk.length < CHUNK) continue;
      await this.writeChunk(tx, consultationId, chunk);
      chunk = [];
    }
    await this.writeChunk(tx, consultationId, chunk);
    await this.removeOthers(tx, consultationId, lines, count);
    await tellChanges(this.journal, tx, trace, at, 'needs.replace', consultationId);
  }

  /**
   * Removes the needs for the items that the catalogue is about to lose, while it still knows them: afterwards nobody
   * could tell a member what its need was for.
   *
   * @param kept codes of the items that the catalogue will hold
   */
  async withdrawItems(
    tx: EntityManager,
    trace: Trace,
    at: Date,
    consultationId: string,
    kept: readonly string[],
  ): Promise<void> {
    await openChanges(tx);
    await tx.query(
      noteRemoved(
        `delete from need_line line using item
         where line.consultation_id = $1 and item.id = line.item_id and not exists
           (select from unnest($2::text[]) as kept (code) where item_code_key(kept.code) = item_code_key(item.code))`,
      ),
      [consultationId, kept],
    );
    // What is only typed of them goes too; versions that were transmitted keep it.
    await tx.query(
      `delete from need_entry e using item
       where e.consultation_id = $1 and item.id = e.item_id and not exists
         (select from unnest($2::text[]) as kept (code) where item_code_key(kept.code) = item_code_key(item.code))`,
      [consultationId, kept],
    );
    await tellChanges(this.journal, tx, trace, at, 'needs.withdraw', consultationId);
  }

  /** Removes what a member needed in lots that it leaves with the group. */
  async withdrawMember(
    tx: EntityManager,
    trace: Trace,
    at: Date,
    consultationId: string,
    { buyerId, lotIds }: { readonly buyerId: string; readonly lotIds: readonly string[] },
  ): Promise<void> {
    await openChanges(tx);
    await tx.query(
      noteRemoved(
        `delete from need_line line
         where line.consultation_id = $1 and line.buyer_id = $2 and line.lot_id = any($3::uuid[])`,
      ),
      [consultationId, buyerId, lotIds],
    );
    await tellChanges(this.journal, tx, trace, at, 'needs.leave', consultationId);
  }

  private async writeChunk(
    tx: EntityManager,
    consultationId: string,
    lines: readonly NeedLineInput[],
  ): Promise<void> {
    if (lines.length === 0) return;
    const items: string[] = [];
    const buyers: string[] = [];
    const lots: string[] = [];
    const standings: Standing[] = [];
    const minima: (string | null)[] = [];
    const estimates: string[] = [];
    const maxima: (string | null)[] = [];
    for (const line of lines) {
      const faults = needFaults(line);
      if (faults.length > 0)
        throw new NeedLineRefused(`${faults.join(', ')}: item ${line.itemId}, buyer ${line.buyerId}`);
      items.push(line.itemId);
      buyers.push(line.buyerId);
      lots.push(line.lotId);
      standings.push(line.standing);
      minima.push(line.minimum === null ? null : quantityToDecimal(line.minimum));
      estimates.push(quantityToDecimal(line.estimate));
      maxima.push(line.maximum === null ? null : quantityToDecimal(line.maximum));
    }
    await tx.query(
      noteWritten(
        `insert into need_line (consultation_id, item_id, buyer_id, lot_id, standing, minimum, estimate, maximum)
         select $1, item_id, buyer_id, lot_id, standing, minimum, estimate, maximum from changed
         on conflict (consultation_id, item_id, buyer_id) do update set
           lot_id = excluded.lot_id, standing = excluded.standing, minimum = excluded.minimum,
           estimate = excluded.estimate, maximum = excluded.maximum`,
      ),
      [consultationId, items, buyers, lots, standings, minima, estimates, maxima],
    );
  }

  /** Counting first spares the anti-join in the usual case, where nothing disappeared. */
  private async removeOthers(
    tx: EntityManager,
    consultationId: string,
    lines: Iterable<NeedLineInput>,
    count: number,
  ): Promise<void> {
    const [row] = await tx.query<{ count: string }[]>(
      `select count(*) from need_line where consultation_id = $1`,
      [consultationId],
    );
    if (row!.count === String(count)) return;
    const kept = [...lines];
    await tx.query(
      noteRemoved(
        `delete from need_line line
         where consultation_id = $1 and not exists (
           select from unnest($2::uuid[], $3::uuid[]) as kept (item_id, buyer_id)
           where kept.item_id = line.item_id and kept.buyer_id = line.buyer_id)`,
      ),
      [consultationId, kept.map((line) => line.itemId), kept.map((line) => line.buyerId)],
    );
  }
}
