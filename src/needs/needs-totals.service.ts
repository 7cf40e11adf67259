import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { CLUSTERS_OVERLAP } from '../members/cluster-totals.rules.js';
import {
  centsFromDecimal,
  centsToDecimal,
  quantityFromDecimal,
  quantityToDecimal,
} from '../money/amounts.js';
import { OUTSIDE } from './cluster-needs.queries.js';
import {
  type AmountTotals,
  type ClusterItemTotals,
  type ItemTotals,
  type NamedAmounts,
  NeedsTotalsQueries,
  type TotalsScope,
} from './needs-totals.queries.js';
import type { ClusterPacksAnswer, NeedTotalAnswer, PacksAnswer, TotalsBy } from './needs-totals.dto.js';
import { lackingSentence, packsOf } from './packs.rules.js';
import { unitLabel } from '../items/units.rules.js';

/** As the route answers it. */
type NeedTotal = { readonly [Field in keyof NeedTotalAnswer]: NeedTotalAnswer[Field] };

export interface Totals {
  readonly firmYears: number;
  readonly renewals: number;
  readonly caution: string | null;
  /** One more than the limit when another page follows; with the place of each in the list. */
  readonly rows: readonly { readonly total: NeedTotal; readonly place: readonly (string | number)[] }[];
}

/** What counts, added up: by item, lot, member, cluster or contract year. */
@Injectable()
export class NeedsTotalsService {
  constructor(private readonly queries: NeedsTotalsQueries) {}

  /**
   * The right to read was asserted by the caller.
   *
   * @param after where the page begins, as a place of `rows` said it; lists that are short are given whole
   */
  async read(
    tx: EntityManager,
    scope: TotalsScope,
    by: TotalsBy,
    after: readonly (string | number)[] | null,
    limit: number,
  ): Promise<Totals> {
    const { firmYears, renewals } = await this.queries.duration(tx, scope.consultationId);
    const years = firmYears + renewals;
    const caution = by === 'cluster' ? CLUSTERS_OVERLAP : null;
    const rows = await this.rows(tx, scope, by, after, limit, { firmYears, years });
    return { firmYears, renewals, caution, rows };
  }

  private async rows(
    tx: EntityManager,
    scope: TotalsScope,
    by: TotalsBy,
    after: readonly (string | number)[] | null,
    limit: number,
    { firmYears, years }: { readonly firmYears: number; readonly years: number },
  ): Promise<Totals['rows']> {
    switch (by) {
      case 'item':
        return this.items(tx, scope, after, limit, years);
      case 'lot':
        return (await this.queries.lots(tx, scope)).map((row) => ({
          total: { ...named(row, years), lotNumber: parseInt(row.code, 10), code: null },
          place: [row.key],
        }));
      case 'member': {
        const place = after === null ? null : ([String(after[0]), uuidOf(after[1])] as const);
        const rows = await this.queries.members(tx, scope, { after: place, limit: limit + 1 });
        return rows.map((row) => ({ total: named(row, years), place: [row.nameKey, row.key] }));
      }
      case 'cluster':
        return (await this.queries.clusters(tx, scope.consultationId)).map((row) => ({
          total: {
            ...named(row, years),
            code: null,
            ...(row.key === OUTSIDE && { id: null, label: 'Hors pôle' }),
          },
          place: [row.key],
        }));
      case 'year': {
        const whole = await this.queries.whole(tx, scope);
        return Array.from({ length: years }, (_, index) => ({
          total: yearOf(whole, index + 1, firmYears),
          place: [index],
        }));
      }
    }
  }

  private async items(
    tx: EntityManager,
    scope: TotalsScope,
    after: readonly (string | number)[] | null,
    limit: number,
    years: number,
  ): Promise<Totals['rows']> {
    const place = after === null ? null : ([wholeOf(after[0]), wholeOf(after[1]), String(after[2])] as const);
    const rows = await this.queries.items(tx, scope, { after: place, limit: limit + 1 });
    const clusters =
      scope.buyerId === null
        ? await this.queries.itemsByCluster(
            tx,
            scope.consultationId,
            rows.map(({ id }) => id),
          )
        : [];
    return rows.map((row) => ({
      total: itemTotal(
        row,
        clusters.filter(({ itemId }) => itemId === row.id),
        years,
      ),
      place: [row.lotNumber, row.position, row.code],
    }));
  }
}

const NIL = '00000000-0000-0000-0000-000000000000';
/** A cursor is the caller's to send: one that we did not make for this list begins where it may. */
const uuidOf = (value: string | number | undefined): string =>
  typeof value === 'string' && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(value) ? value : NIL;
const wholeOf = (value: string | number | undefined): number =>
  typeof value === 'number' && Number.isInteger(value) && Math.abs(value) < 2 ** 31 ? value : 0;

/** The same need every year of the contract. */
const amounts = ({ net, gross }: Pick<AmountTotals, 'net' | 'gross'>, years: number) => ({
  net,
  gross,
  netOverall: times(net, years),
  grossOverall: times(gross, years),
});
const times = (amount: string, years: number): string =>
  centsToDecimal(centsFromDecimal(amount) * BigInt(years));

const BARE = { lotNumber: null, year: null, quantities: null, packs: null, clusters: [] } as const;

const named = (row: NamedAmounts, years: number): NeedTotal => ({
  ...BARE,
  ...{ id: row.key, code: row.code, label: row.name, members: row.members },
  ...amounts(row, years),
});

const yearOf = (whole: AmountTotals, year: number, firmYears: number): NeedTotal => ({
  ...BARE,
  ...{ id: null, code: null, year, members: whole.members },
  label: `Année\u00a0${year}${year > firmYears ? ` (reconduction\u00a0${year - firmYears})` : ''}`,
  ...amounts(whole, 1),
});

const itemTotal = (row: ItemTotals, clusters: readonly ClusterItemTotals[], years: number): NeedTotal => ({
  ...{ id: row.id, code: row.code, label: row.designation, lotNumber: row.lotNumber, year: null },
  members: row.members,
  quantities: {
    unit: unitLabel(row.unit),
    ...{ minimum: trimmed(row.minimum), estimate: trimmed(row.estimate), maximum: trimmed(row.maximum) },
  },
  packs: packsAnswer(row.estimate, row),
  clusters: clusters.map(({ clusterId, clusterName, estimate }): ClusterPacksAnswer => ({
    ...{ id: clusterId, name: clusterName, estimate: trimmed(estimate) },
    packs: packsAnswer(estimate, row),
  })),
  ...amounts(row, years),
});

const trimmed = (quantity: string): string => quantityToDecimal(quantityFromDecimal(quantity));

function packsAnswer(estimate: string, { unit, packaging }: ItemTotals): PacksAnswer | null {
  const packs = packsOf(quantityFromDecimal(estimate), packaging);
  return (
    packs && {
      packaging: quantityToDecimal(packs.packaging),
      packs: packs.packs.toString(),
      lacking: quantityToDecimal(packs.lacking),
      sentence: lackingSentence(packs, unit),
    }
  );
}
