import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { ConsultationsQueries } from '../consultations/consultations.queries.js';
import { centsToDecimal, vatRateToDecimal } from '../money/amounts.js';
import { formatDecimal } from '../money/decimal.js';
import { newId } from '../platform/database/id.js';
import { entriesBetween, type Told } from '../platform/journal/changes.js';
import { Journal } from '../platform/journal/journal.js';
import type { Trace } from '../platform/journal/trace.js';
import type { CostLine, SharingKey } from './sharing.rules.js';

/** Ten-thousandths: 3000n is 30 %. */
export const FIXED_SHARE_SCALE = 4;

export interface CostSharing {
  readonly key: SharingKey;
  /** Ten-thousandths, for the fixed-variable key only. */
  readonly fixedShare: bigint | null;
  readonly costs: readonly CostLine[];
}

@Injectable()
export class AllocationService {
  constructor(
    private readonly consultations: ConsultationsQueries,
    private readonly journal: Journal,
  ) {}

  /** Makes the key and the cost lines of a consultation those given. */
  async chooseSharing(
    tx: EntityManager,
    trace: Trace,
    at: Date,
    consultationId: string,
    sharing: CostSharing,
  ): Promise<void> {
    const before = await toldSharing(tx, consultationId);
    const { key, fixedShare, costs } = sharing;
    await tx.query(
      `insert into cost_sharing (consultation_id, sharing_key, fixed_share) values ($1, $2, $3)
       on conflict (consultation_id) do update set sharing_key = excluded.sharing_key, fixed_share = excluded.fixed_share
       where (cost_sharing.sharing_key, cost_sharing.fixed_share)
         is distinct from (excluded.sharing_key, excluded.fixed_share)`,
      [consultationId, key, fixedShare === null ? null : formatDecimal(fixedShare, FIXED_SHARE_SCALE)],
    );
    await tx.query(`delete from cost_line where consultation_id = $1`, [consultationId]);
    await tx.query(
      `insert into cost_line (id, consultation_id, position, label, net, vat_rate)
       select id, $1, position, label, net, vat_rate
       from unnest($2::uuid[], $3::integer[], $4::text[], $5::numeric[], $6::numeric[])
         as given (id, position, label, net, vat_rate)`,
      [
        consultationId,
        costs.map(() => newId()),
        costs.map((_, position) => position),
        costs.map((cost) => cost.label),
        costs.map((cost) => centsToDecimal(cost.net)),
        costs.map((cost) => vatRateToDecimal(cost.vatRate)),
      ],
    );
    const concerned = costs.flatMap((cost, position) => cost.lots.map((lot) => ({ position, lot })));
    await tx.query(
      `insert into cost_line_lot (cost_line_id, lot_id)
       select cost_line.id, lot.id
       from unnest($2::integer[], $3::integer[]) as given (position, lot_number)
       join cost_line on cost_line.consultation_id = $1 and cost_line.position = given.position
       join lot on lot.consultation_id = $1 and lot.number = given.lot_number`,
      [consultationId, concerned.map((entry) => entry.position), concerned.map((entry) => entry.lot)],
    );
    const groupId = await this.consultations.groupOf(tx, consultationId);
    const of = { groupId, subject: 'sharing', key: 'allocation.choose-sharing' };
    const after = await toldSharing(tx, consultationId);
    await this.journal.write(tx, trace, at, entriesBetween(of, before, after));
  }
}

/** The choice as the journal tells it. A lot that the catalogue has just lost has no number any more. */
const toldSharing = (tx: EntityManager, consultationId: string): Promise<Told[]> =>
  tx.query<Told[]>(
    `select consultation_id as "subjectId", null as "buyerId",
            jsonb_build_object('sharingKey', sharing_key, 'fixedShare', trim_scale(fixed_share)::text,
              'costs', array(
                select jsonb_build_object('label', label, 'net', net::text, 'vatRate', trim_scale(vat_rate)::text,
                         'lots', array(select coalesce(lot.number::text, 'lot retiré')
                                       from cost_line_lot c left join lot on lot.id = c.lot_id
                                       where c.cost_line_id = cost_line.id order by lot.number))
                from cost_line where cost_line.consultation_id = cost_sharing.consultation_id order by position)) as state
     from cost_sharing where consultation_id = $1`,
    [consultationId],
  );
