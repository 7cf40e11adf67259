import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { parisDate } from '../calendar/plain-date.js';
import type { LeverFacts, LotFacts } from './lever.rules.js';
import { type LotFactsRow, ProtectionQueries } from './protection.queries.js';

/** What other rooms say of one lot; null: not yet said. */
interface SaidOfLot {
  readonly value: LotFacts['value'];
  readonly terms: LeverFacts['terms'];
  readonly criteria: LeverFacts['criteria'];
  readonly suppliers: LeverFacts['suppliers'];
}

const NOTHING_SAID: SaidOfLot = { value: null, terms: null, criteria: null, suppliers: null };

/** Gathers what levers are judged on: the one place where protection reads other rooms. */
@Injectable()
export class LeverFactsReader {
  constructor(private readonly queries: ProtectionQueries) {}

  /**
   * The facts of each lot of a consultation, by lot id, in order of number; of none when there is no such consultation.
   *
   * @param at the instant that stands for the launch as long as no launch is planned
   */
  async ofConsultation(
    tx: EntityManager,
    consultationId: string,
    at: Date,
  ): Promise<Map<string, LeverFacts>> {
    const consultation = await this.queries.consultation(tx, consultationId);
    if (!consultation) return new Map();
    const { firmYears, renewals, plannedLaunchOn, launchedAt } = consultation;
    const rows = await this.queries.lots(tx, consultationId);
    const said = this.saidOfLots(rows);
    const lots = rows.map(({ chosen, ...lot }) => ({
      ...lot,
      value: said.get(lot.id)?.value ?? null,
      small: chosen.includes('SMALL_LOTS'),
    }));
    return new Map(
      lots.map((lot, position): [string, LeverFacts] => {
        const { terms, criteria, suppliers } = said.get(lot.id) ?? NOTHING_SAID;
        return [
          lot.id,
          {
            day: launchedAt ? parisDate(launchedAt) : (plannedLaunchOn ?? parisDate(at)),
            launched: launchedAt !== null,
            years: firmYears + renewals,
            lot,
            lots,
            chosen: rows[position]!.chosen,
            // Halle runs no conception-réalisation and no global performance contract.
            globalContract: false,
            caps: null,
            terms,
            criteria,
            suppliers,
            largeBuyer: null,
          },
        ];
      }),
    );
  }

  /** Contract terms, criteria and counts of suppliers, from the rooms that hold them, by lot id. */
  private saidOfLots(rows: readonly LotFactsRow[]): ReadonlyMap<string, SaidOfLot> {
    return new Map(rows.map(({ id }) => [id, NOTHING_SAID]));
  }
}
