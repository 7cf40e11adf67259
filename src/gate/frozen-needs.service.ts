import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { ALL, NeedsTotalsQueries } from '../needs/needs-totals.queries.js';
import type { Json } from './canonical.rules.js';

/** The needs that a publication freezes: their totals, and the hash of their lines, whatever their number. */
@Injectable()
export class FrozenNeedsService {
  constructor(private readonly totals: NeedsTotalsQueries) {}

  /** Decimals as the database keeps them; by number and code, so that the same needs give the same text. */
  async read(tx: EntityManager, consultationId: string): Promise<{ readonly [key: string]: Json }> {
    const scope = { consultationId, buyerId: null };
    const lines = await this.totals.linesSha256(tx, consultationId);
    const items = await this.totals.items(tx, scope, ALL);
    const lots = await this.totals.lots(tx, scope);
    const members = await this.totals.membersByLot(tx, consultationId);
    return {
      lines: { count: lines.count, sha256: lines.sha256 },
      items: items.map(({ id, lotNumber, code, minimum, estimate, maximum, net, gross }) => ({
        ...{ item: id, lot: lotNumber, code, minimum, estimate, maximum, net, gross },
      })),
      lots: lots.map(({ key, code, members: count, net, gross }) => ({
        ...{ lot: key, number: code, members: count, net, gross },
      })),
      members: members.map(({ lotNumber, buyerId, net, gross }) => ({
        ...{ lot: lotNumber, buyer: buyerId, net, gross },
      })),
    };
  }
}
