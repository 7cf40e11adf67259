import { Injectable, StreamableFile } from '@nestjs/common';
import { Readable } from 'node:stream';
import { DataSource } from 'typeorm';
import type { Call } from '../platform/access/call.js';
import { cursorOf, nextPage, type PageQuery } from '../platform/http/pages.js';
import { journalCsv } from '../platform/journal/journal-csv.js';
import { JournalQueries, type JournalPage, UnknownCursor } from '../platform/journal/journal.queries.js';
import { Refused } from '../platform/refusals/refused.js';
import type { JournalPageAnswer } from './journal.dto.js';

/** The journal as pages and as a file, once the right to read it was asserted. */
@Injectable()
export class JournalReadingService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly queries: JournalQueries,
  ) {}

  ofBuyer(call: Call, buyerId: string, query: PageQuery): Promise<JournalPageAnswer> {
    return answered(call, query, (asked) => this.queries.ofBuyer(this.dataSource.manager, buyerId, asked));
  }

  ofGroup(call: Call, groupId: string, query: PageQuery): Promise<JournalPageAnswer> {
    return answered(call, query, (asked) => this.queries.ofGroup(this.dataSource.manager, groupId, asked));
  }

  /** Everything that concerns a buyer, the oldest first, for a French spreadsheet. */
  async fileOfBuyer(buyerId: string): Promise<StreamableFile> {
    const tx = this.dataSource.manager;
    const buyers = await tx.query<{ id: string; name: string }[]>(
      `select id, name from buyer where id in (select on_behalf_of from journal_entry where buyer_id = $1) or id = $1`,
      [buyerId],
    );
    const names = new Map(buyers.map(({ id, name }) => [id, name]));
    const lines = journalCsv(this.queries.concerning(tx, buyerId), (id) => names.get(id) ?? id);
    return new StreamableFile(Readable.from(lines), {
      type: 'text/csv; charset=utf-8',
      disposition: 'attachment; filename="journal.csv"',
    });
  }
}

async function answered(
  call: Call,
  query: PageQuery,
  read: (asked: { limit: number; cursor: string | null }) => Promise<JournalPage>,
): Promise<JournalPageAnswer> {
  const [cursor = null] = cursorOf(query) ?? [];
  try {
    const { lines, next } = await read({
      limit: query.limit,
      cursor: cursor === null ? null : String(cursor),
    });
    return nextPage(call, lines, next === null ? null : [next]);
  } catch (error) {
    throw error instanceof UnknownCursor ? new Refused('MALFORMED_CURSOR') : error;
  }
}
