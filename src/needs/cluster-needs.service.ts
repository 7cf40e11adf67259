import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { CLUSTERS_OVERLAP } from '../members/cluster-totals.rules.js';
import { type LotDetail, LotsQueries } from '../lots/lots.queries.js';
import { Refused } from '../platform/refusals/refused.js';
import {
  type ClusterItemRow,
  type ClusterLine,
  type ClusterLotRow,
  ClusterNeedsQueries,
  type NamedCluster,
  OUTSIDE,
  TOTAL,
} from './cluster-needs.queries.js';

export interface LotFigures {
  readonly lotId: string;
  readonly number: number;
  readonly participants: number;
  readonly net: string;
  readonly items: readonly Omit<ClusterItemRow, 'line'>[];
}

export interface LineFigures {
  readonly participants: number;
  readonly net: string;
  readonly lots: readonly LotFigures[];
}

export interface ConsultationClusters {
  readonly clusters: readonly (NamedCluster & LineFigures)[];
  readonly outside: LineFigures;
  readonly total: LineFigures;
  readonly caution: string;
}

/** A consultation, pôle de proximité by pôle de proximité: who joined which lot, and what they ask for. */
@Injectable()
export class ClusterNeedsService {
  constructor(
    private readonly lots: LotsQueries,
    private readonly queries: ClusterNeedsQueries,
  ) {}

  /**
   * The right to read the consultation was asserted by the caller.
   *
   * @param buyerIds the buyers that the caller may see; null: all
   * @param lotId one lot only, with the quantities of its items; null: all of them, in amounts
   * @throws {Refused} NOT_FOUND for a lot that is not of the consultation
   */
  async read(
    tx: EntityManager,
    consultationId: string,
    buyerIds: readonly string[] | null,
    lotId: string | null,
  ): Promise<ConsultationClusters> {
    const all = await this.lots.details(tx, consultationId);
    const lots = lotId === null ? all : all.filter(({ id }) => id === lotId.toLowerCase());
    if (lotId !== null && lots.length === 0) throw new Refused('NOT_FOUND');
    const clusters = await this.queries.clusters(tx, consultationId, buyerIds);
    const rows = await this.queries.lots(tx, consultationId, buyerIds);
    const figures = new Map(rows.map((row) => [place(row), row]));
    const items = lotId === null ? [] : await this.queries.items(tx, consultationId, buyerIds, lotId);
    const lineOf = (line: ClusterLine): LineFigures => figuresOf(line, lots, lotId !== null, figures, items);
    return {
      clusters: clusters.map((cluster) => ({ ...cluster, ...lineOf(cluster.id) })),
      outside: lineOf(OUTSIDE),
      total: lineOf(TOTAL),
      caution: CLUSTERS_OVERLAP,
    };
  }
}

/** What counts nobody is in the table all the same, with zeros. */
function figuresOf(
  line: ClusterLine,
  lots: readonly LotDetail[],
  oneLot: boolean,
  figures: ReadonlyMap<string, ClusterLotRow>,
  items: readonly ClusterItemRow[],
): LineFigures {
  const at = (lotId: string | null): Pick<ClusterLotRow, 'participants' | 'net'> => {
    const { participants, net } = figures.get(place({ line, lotId })) ?? NOTHING;
    return { participants, net };
  };
  return {
    ...at(oneLot ? lots[0]!.id : null),
    lots: lots.map(({ id, number }) => ({
      lotId: id,
      number,
      ...at(id),
      items: items.filter((item) => item.line === line).map(({ line: _, ...item }) => item),
    })),
  };
}

const place = ({ line, lotId }: Pick<ClusterLotRow, 'line' | 'lotId'>): string => `${line} ${lotId ?? ''}`;

const NOTHING = { participants: 0, net: '0.00' } as const;
