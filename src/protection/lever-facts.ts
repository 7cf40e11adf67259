import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { parisDate, type PlainDate } from '../calendar/plain-date.js';
import { lawMoment } from '../consultations/consultation.rules.js';
import { type LawOn, requiredValue } from '../law/law-on.js';
import { LawbookService } from '../lawbook/lawbook.service.js';
import { centsFromDecimal } from '../money/amounts.js';
import { TermsQueries } from '../terms/terms.queries.js';
import { lotTerms } from '../terms/terms.rules.js';
import { AnswerableSuppliersService } from './answerable-suppliers.service.js';
import type { LeverFacts, LotFacts } from './lever.rules.js';
import { type LotFactsRow, ProtectionQueries } from './protection.queries.js';

/** What other rooms say of one lot; null: not yet said. */
interface SaidOfLot {
  readonly value: LotFacts['value'];
  readonly terms: LeverFacts['terms'];
  readonly criteria: LeverFacts['criteria'];
  readonly suppliers: LeverFacts['suppliers'];
}

/** Gathers what levers are judged on: the one place where protection reads other rooms. */
@Injectable()
export class LeverFactsReader {
  constructor(
    private readonly queries: ProtectionQueries,
    private readonly terms: TermsQueries,
    private readonly suppliers: AnswerableSuppliersService,
    private readonly lawbook: LawbookService,
  ) {}

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
    const { firmYears, renewals, launchedAt } = consultation;
    const law = await this.lawbook.at(tx, lawMoment(consultation, parisDate(at)));
    const rows = await this.queries.lots(tx, consultationId);
    const said = await this.saidOfLots(tx, consultationId, rows, law.on);
    const whole = await this.saidOfWhole(tx, consultationId, law);
    const lots = rows.map(({ chosen, ...lot }) => ({
      ...lot,
      value: said.get(lot.id)!.value,
      small: chosen.includes('SMALL_LOTS'),
    }));
    return new Map(
      lots.map((lot, position): [string, LeverFacts] => {
        const { terms, criteria, suppliers } = said.get(lot.id)!;
        return [
          lot.id,
          {
            law,
            today: parisDate(at),
            launched: launchedAt !== null,
            years: firmYears + renewals,
            lot,
            lots,
            estimate: null,
            chosen: rows[position]!.chosen,
            // Halle runs no conception-réalisation and no global performance contract.
            globalContract: false,
            ...whole,
            terms,
            criteria,
            suppliers,
          },
        ];
      }),
    );
  }

  /** What the terms say of the whole consultation. */
  private async saidOfWhole(
    tx: EntityManager,
    consultationId: string,
    law: LawOn,
  ): Promise<Pick<LeverFacts, 'caps' | 'largeBuyer'>> {
    const said = await this.terms.ofConsultation(tx, consultationId);
    if (said === null) return { caps: null, largeBuyer: null };
    const { maxLotsBid, maxLotsAwarded, tieRule, operatingSpending: spending } = said;
    return {
      caps: { maxLotsBid, maxLotsAwarded, tieRule },
      largeBuyer:
        spending === null ? null : centsFromDecimal(spending) > requiredValue(law, 'grand_acheteur'),
    };
  }

  /** Contract terms, criteria and counts of suppliers, from the rooms that hold them, by lot id. */
  private async saidOfLots(
    tx: EntityManager,
    consultationId: string,
    rows: readonly LotFactsRow[],
    day: PlainDate,
  ): Promise<ReadonlyMap<string, SaidOfLot>> {
    const written = new Map((await this.terms.ofLots(tx, consultationId)).map((row) => [row.lotId, row]));
    const criteria = await this.terms.criteriaOfLots(tx, consultationId);
    const counts = await this.suppliers.ofLots(tx, consultationId, rows, day);
    return new Map(
      rows.map(({ id }): [string, SaidOfLot] => {
        const text = written.get(id);
        const terms = text === undefined ? null : lotTerms(text);
        const grid = criteria.filter(({ lotId }) => lotId === id);
        const { total: answerable, ...withStatus } = counts.get(id)!.everywhere;
        return [
          id,
          {
            // The maximum over the whole duration is what R2121-8 counts; a plain contract has none to count.
            value: terms?.maximum ?? null,
            terms: terms && {
              advanceRate: terms.advanceRate,
              retentionRate: terms.retentionRate,
              environmentalClause: terms.environmentalClause,
              socialClause: terms.socialClause,
              socialExemption: terms.socialExemption,
            },
            criteria:
              grid.length === 0 ? null : grid.map(({ label, environmental }) => ({ label, environmental })),
            suppliers: { answerable, withStatus },
          },
        ];
      }),
    );
  }
}
