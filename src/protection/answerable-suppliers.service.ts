import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { PlainDate } from '../calendar/plain-date.js';
import { ParticipationQueries } from '../participation/participation.queries.js';
import type { AnswerableForLot } from '../sourcing/answerable.rules.js';
import { SourcingQueries } from '../sourcing/sourcing.queries.js';

/** How many suppliers of the directory could answer for a lot. */
export interface AnswerableLot extends AnswerableForLot {
  /** How many communes they were asked to serve; 0: nobody joined the lot yet, they count wherever they are. */
  readonly communes: number;
}

/**
 * How many suppliers could answer, lot by lot: counts, never names. The room of sourcing comes before lots and knows
 * neither their codes nor who joined them; this one is the first that knows all three and has a use for it, and
 * is out of reach of the rooms that choose a winner.
 */
@Injectable()
export class AnswerableSuppliersService {
  constructor(
    private readonly participation: ParticipationQueries,
    private readonly sourcing: SourcingQueries,
  ) {}

  /**
   * By lot id.
   *
   * @param on the day on which proofs of status must hold
   */
  async ofLots(
    tx: EntityManager,
    consultationId: string,
    lots: readonly { readonly id: string; readonly cpvCode: string }[],
    on: PlainDate,
  ): Promise<ReadonlyMap<string, AnswerableLot>> {
    const communes = await this.participation.communesByLot(tx, consultationId);
    const questions = lots.map(({ id, cpvCode }) => ({
      lotId: id,
      cpvCode,
      inseeCodes: communes.get(id) ?? [],
    }));
    const counts = await this.sourcing.answerableByLot(tx, questions, on);
    return new Map(
      questions.map(({ lotId, inseeCodes }) => [
        lotId,
        { ...counts.get(lotId)!, communes: inseeCodes.length },
      ]),
    );
  }
}
