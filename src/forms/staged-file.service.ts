import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { unitLabel } from '../items/units.rules.js';
import { type ConsolidatedShape, readConsolidated, type Tables } from './consolidated.import.js';
import type { ConsolidatedCheck } from './consolidated.dto.js';
import { MAX_TOLD, refusedFile } from './file-faults.js';
import { quantitiesWords, type RejectedRow } from './form.rules.js';
import { type StagedChange, StagedLinesQueries, type StagedTarget } from './staged-lines.queries.js';
import { stagedRejection } from './staged-lines.rules.js';

/** Rows of a file, staged: what could not be read of it, and the columns that it has. */
interface Staged {
  readonly unread: { readonly count: number; readonly rows: readonly RejectedRow[] };
  readonly minimum: boolean;
  readonly maximum: boolean;
}

/** What a file of several members says, but for what is asked back of it. */
export type StagedAnswer = Omit<ConsolidatedCheck, 'token'>;

/** Takes a file of several members into the tables of a transaction, and tells what it would change. */
@Injectable()
export class StagedFileService {
  constructor(private readonly lines: StagedLinesQueries) {}

  /**
   * Takes the rows of a file, a few thousand at a time.
   *
   * @throws {Refused} FORM_REFUSED for a file that is not read
   */
  async stage(tx: EntityManager, tables: Tables, shape: ConsolidatedShape): Promise<Staged> {
    await this.lines.open(tx);
    const unread: RejectedRow[] = [];
    let [count, minimum, maximum] = [0, false, false];
    for await (const table of tables) {
      const batch = readConsolidated(table, shape);
      if (batch.fault !== null) throw refusedFile(batch.fault);
      [minimum, maximum] = [batch.hasMinimum, batch.hasMaximum];
      count += batch.rejected.length;
      unread.push(...batch.rejected.slice(0, MAX_TOLD - unread.length));
      await this.lines.stage(tx, batch.rows);
    }
    return { unread: { count, rows: unread }, minimum, maximum };
  }

  /** Holds what was staged against what is kept. The caller holds the consultation, if it is to write. */
  async judge(
    tx: EntityManager,
    consultationId: string,
    target: StagedTarget,
    { unread, minimum, maximum }: Staged,
  ): Promise<StagedAnswer> {
    await this.lines.resolve(tx, consultationId, target, { minimum, maximum });
    const members = await this.lines.members(tx);
    const { count, rows } = await this.lines.rejections(tx, MAX_TOLD);
    const total = (of: 'changed' | 'unchanged'): number =>
      members.reduce((sum, member) => sum + member[of], 0);
    return {
      changed: total('changed'),
      unchanged: total('unchanged'),
      rejected: unread.count + count,
      members,
      changes: (await this.lines.changes(tx, MAX_TOLD)).map(described),
      lines: [...unread.rows, ...rows.map(stagedRejection)]
        .sort((a, b) => a.line - b.line)
        .slice(0, MAX_TOLD),
    };
  }
}

/** A change with its sentence: « Argentré, VH-001 : 12 → 15 tonne ». */
export const described = (change: StagedChange) => ({
  ...change,
  unit: unitLabel(change.unit),
  sentence: `${change.buyerName}, ${change.code}\u00a0: ${quantitiesWords(change.before)} → ${quantitiesWords(change.after)}`,
});
