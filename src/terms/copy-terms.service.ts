import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { type CopiedConsultation, CopyFollowersService } from '../catalogue/copy-followers.service.js';
import { newId } from '../platform/database/id.js';
import { entriesBetween, type JournalState, type Told } from '../platform/journal/changes.js';
import { Journal } from '../platform/journal/journal.js';
import type { Trace } from '../platform/journal/trace.js';
import { toldCaps } from './consultation-terms.service.js';
import { COPIED_CRITERION_COLUMNS, COPIED_TERMS_COLUMNS } from './copied-columns.js';
import { toldCriteria } from './criteria.service.js';
import { LOT_TERMS_COLUMNS, toldTerms } from './lot-terms.service.js';
import { TermsQueries } from './terms.queries.js';

/** Lots of the copy ($2) with those of last year ($1) that they repeat. */
const LOTS = `lot join lot was on was.number = lot.number and was.consultation_id = $1 and lot.consultation_id = $2`;

/** Last year's terms and criteria begin those of the copy. */
@Injectable()
export class CopyTermsService implements OnModuleInit {
  constructor(
    private readonly followers: CopyFollowersService,
    private readonly queries: TermsQueries,
    private readonly journal: Journal,
  ) {}

  /** The room of the catalogue learns here what else there is to copy, for it may not ask. */
  onModuleInit(): void {
    this.followers.register((...copy) => this.copy(...copy));
  }

  /**
   * What the consultation, its lots and their grids say. Not the limits of members, who did not join yet; nor the
   * spending of the largest buyer, which is that of a year; nor a motive for words of a place, which a person signs for
   * the purchase that it was read for.
   */
  async copy(
    tx: EntityManager,
    trace: Trace,
    at: Date,
    { sourceId, id, groupId }: CopiedConsultation,
  ): Promise<void> {
    const columns = LOT_TERMS_COLUMNS.map(([column]) => column);
    await tx.query(
      `insert into consultation_terms (consultation_id, version, ${COPIED_TERMS_COLUMNS.join(', ')})
       select $2, 1, ${COPIED_TERMS_COLUMNS.join(', ')} from consultation_terms
       where consultation_id = $1 and num_nonnulls(${COPIED_TERMS_COLUMNS.join(', ')}) > 0`,
      [sourceId, id],
    );
    await tx.query(
      `insert into lot_terms (lot_id, consultation_id, version, ${columns.join(', ')})
       select lot.id, $2, 1, ${columns.map((column) => `t.${column}`).join(', ')}
       from ${LOTS} join lot_terms t on t.lot_id = was.id`,
      [sourceId, id],
    );
    await this.copyCriteria(tx, sourceId, id);
    await this.tell(tx, trace, at, id, groupId);
  }

  private async copyCriteria(tx: EntityManager, sourceId: string, id: string): Promise<void> {
    await tx.query(
      `insert into lot_criteria (lot_id, version)
       select lot.id, 1 from ${LOTS} join lot_criteria c on c.lot_id = was.id`,
      [sourceId, id],
    );
    const former = await this.queries.criteriaOfLots(tx, sourceId);
    await tx.query(
      `insert into lot_criterion (id, lot_id, ${COPIED_CRITERION_COLUMNS.join(', ')})
       select given.new_id, lot.id, ${COPIED_CRITERION_COLUMNS.map((column) => `c.${column}`).join(', ')}
       from ${LOTS} join lot_criterion c on c.lot_id = was.id
       join unnest($3::uuid[], $4::uuid[]) as given (old_id, new_id) on given.old_id = c.id`,
      [sourceId, id, former.map((one) => one.id), former.map(() => newId())],
    );
  }

  private async tell(tx: EntityManager, trace: Trace, at: Date, id: string, groupId: string): Promise<void> {
    const told = (subjectId: string, state: JournalState): Told => ({ subjectId, buyerId: null, state });
    const caps = await this.queries.ofConsultation(tx, id);
    const terms = await this.queries.ofLots(tx, id);
    const criteria = await this.queries.criteriaOfLots(tx, id);
    const grids = [...new Set(criteria.map(({ lotId }) => lotId))].flatMap((lotId) =>
      toldCriteria(criteria.filter((one) => one.lotId === lotId)),
    );
    const entries = (subject: string, after: readonly Told[]) =>
      entriesBetween({ groupId, key: 'lots.copy', subject }, [], after);
    await this.journal.write(tx, trace, at, [
      ...entries('consultation-terms', caps ? [told(id, toldCaps(caps))] : []),
      ...entries(
        'lot-terms',
        terms.map(({ lotId, ...row }) => told(lotId, toldTerms(row))),
      ),
      ...entries('criterion', grids),
    ]);
  }
}
