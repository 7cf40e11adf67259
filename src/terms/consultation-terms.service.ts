import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Caller } from '../platform/access/caller.js';
import { type JournalState, sameJson } from '../platform/journal/changes.js';
import { Journal } from '../platform/journal/journal.js';
import { requireVersion } from '../platform/refusals/required-version.js';
import { capsProblems, NO_CAPS } from './caps.rules.js';
import { refuseProblems } from '../platform/refusals/editing.js';
import { TermsPlaces } from './terms-places.service.js';
import { type ConsultationTermsRow, TermsQueries } from './terms.queries.js';

/** What a consultation says of bidders on several lots, and of its largest buyer. */
@Injectable()
export class ConsultationTermsService {
  constructor(
    private readonly places: TermsPlaces,
    private readonly queries: TermsQueries,
    private readonly journal: Journal,
  ) {}

  /** Version 0: nobody wrote them. */
  async current(tx: EntityManager, consultationId: string): Promise<ConsultationTermsRow> {
    const row = await this.queries.ofConsultation(tx, consultationId);
    return row ?? { ...NO_CAPS, operatingSpending: null, version: 0 };
  }

  /**
   * @throws {Refused} NOT_FOUND, FORBIDDEN, VERSION_REQUIRED, STALE_VERSION, CONSULTATION_TERMS_UNSOUND with every
   * problem
   */
  async set(
    tx: EntityManager,
    caller: Caller,
    at: Date,
    consultationId: string,
    version: number | null,
    given: Omit<ConsultationTermsRow, 'version'>,
  ): Promise<ConsultationTermsRow> {
    const { groupId, trace } = await this.places.editConsultation(tx, caller, consultationId);
    const before = await this.current(tx, consultationId);
    requireVersion(before, version);
    refuseProblems('CONSULTATION_TERMS_UNSOUND', capsProblems(given));
    await tx.query(
      `insert into consultation_terms (consultation_id, max_lots_bid, max_lots_awarded, tie_rule, operating_spending,
                                       version)
       values ($1, $2, $3, $4, $5, 1)
       on conflict (consultation_id) do update set
         max_lots_bid = excluded.max_lots_bid, max_lots_awarded = excluded.max_lots_awarded,
         tie_rule = excluded.tie_rule, operating_spending = excluded.operating_spending,
         version = consultation_terms.version + 1
       where (consultation_terms.max_lots_bid, consultation_terms.max_lots_awarded, consultation_terms.tie_rule,
              consultation_terms.operating_spending)
         is distinct from (excluded.max_lots_bid, excluded.max_lots_awarded, excluded.tie_rule,
              excluded.operating_spending)`,
      [consultationId, given.maxLotsBid, given.maxLotsAwarded, given.tieRule, given.operatingSpending],
    );
    const after = await this.current(tx, consultationId);
    if (before.version > 0 && sameJson(toldCaps(before), toldCaps(after))) return after;
    await this.journal.write(tx, trace, at, [
      {
        groupId,
        buyerId: null,
        subject: 'consultation-terms',
        subjectId: consultationId,
        key: 'terms.set-caps',
        before: before.version === 0 ? null : toldCaps(before),
        after: toldCaps(after),
      },
    ]);
    return after;
  }
}

export const toldCaps = ({ version: _, ...facts }: ConsultationTermsRow): JournalState => ({ ...facts });
