import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Caller } from '../platform/access/caller.js';
import { type JournalState, sameJson } from '../platform/journal/changes.js';
import { Journal } from '../platform/journal/journal.js';
import { refuseProblems } from '../platform/refusals/editing.js';
import { requireVersion } from '../platform/refusals/required-version.js';
import { memberLimit, totalsOf } from './limits.rules.js';
import { termsProblems } from './terms-problems.rules.js';
import { TermsPlaces } from './terms-places.service.js';
import { type LotTermsRow, TermsQueries } from './terms.queries.js';
import { lotTerms, type LotTermsText, NO_TERMS } from './terms.rules.js';

/** The terms of a lot: amounts, holders, advance, guarantee, prices, clauses. */
@Injectable()
export class LotTermsService {
  constructor(
    private readonly places: TermsPlaces,
    private readonly queries: TermsQueries,
    private readonly journal: Journal,
  ) {}

  /** Version 0: nobody wrote them. */
  async current(tx: EntityManager, lotId: string): Promise<LotTermsRow> {
    return (await this.queries.ofLot(tx, lotId)) ?? { ...NO_TERMS, version: 0 };
  }

  /**
   * Makes the terms of a lot those given, whole.
   *
   * @param version the one that was read; null for the first writing
   * @throws {Refused} NOT_FOUND, FORBIDDEN, VERSION_REQUIRED, STALE_VERSION, LOT_TERMS_UNSOUND with every problem
   */
  async set(
    tx: EntityManager,
    caller: Caller,
    at: Date,
    lotId: string,
    version: number | null,
    given: LotTermsText,
  ): Promise<LotTermsRow> {
    const { place, trace } = await this.places.editLot(tx, caller, lotId);
    const before = await this.current(tx, lotId);
    requireVersion(before, version);
    const limits = (await this.queries.limits(tx, lotId)).map(memberLimit);
    refuseProblems('LOT_TERMS_UNSOUND', termsProblems(lotTerms(given), place.contractForm, totalsOf(limits)));
    await this.save(tx, lotId, place.consultationId, given);
    const after = await this.current(tx, lotId);
    if (before.version > 0 && sameJson(toldTerms(before), toldTerms(after))) return after;
    await this.journal.write(tx, trace, at, [
      {
        groupId: place.groupId,
        buyerId: null,
        subject: 'lot-terms',
        subjectId: lotId,
        key: 'terms.set',
        before: before.version === 0 ? null : toldTerms(before),
        after: toldTerms(after),
      },
    ]);
    return after;
  }

  /** What is the same stays at its version. */
  private async save(
    tx: EntityManager,
    lotId: string,
    consultationId: string,
    given: LotTermsText,
  ): Promise<void> {
    const values = LOT_TERMS_COLUMNS.map(([, field]) => given[field]);
    const names = LOT_TERMS_COLUMNS.map(([column]) => column);
    await tx.query(
      `insert into lot_terms (lot_id, consultation_id, version, ${names.join(', ')})
       values ($1, $2, 1, ${names.map((_, place) => `$${place + 3}`).join(', ')})
       on conflict (lot_id) do update set
         version = lot_terms.version + 1, ${names.map((name) => `${name} = excluded.${name}`).join(', ')}
       where (${names.map((name) => `lot_terms.${name}`).join(', ')})
         is distinct from (${names.map((name) => `excluded.${name}`).join(', ')})`,
      [lotId, consultationId, ...values],
    );
  }
}

export const LOT_TERMS_COLUMNS: readonly (readonly [column: string, field: keyof LotTermsText])[] = [
  ['maximum', 'maximum'],
  ['minimum', 'minimum'],
  ['holders', 'holders'],
  ['holder_count', 'holderCount'],
  ['order_sharing', 'orderSharing'],
  ['cascade_delay_hours', 'cascadeDelayHours'],
  ['order_shares', 'orderShares'],
  ['order_sharing_note', 'orderSharingNote'],
  ['variants', 'variants'],
  ['vat_basis', 'vatBasis'],
  ['advance_rate', 'advanceRate'],
  ['advance_rate_sme', 'advanceRateSme'],
  ['advance_basis', 'advanceBasis'],
  ['retention_rate', 'retentionRate'],
  ['retention_rate_sme', 'retentionRateSme'],
  ['penalties', 'penalties'],
  ['price_kind', 'priceKind'],
  ['price_formula', 'priceFormula'],
  ['environmental_clause', 'environmentalClause'],
  ['social_clause', 'socialClause'],
  ['social_exemption_ground', 'socialExemptionGround'],
  ['social_exemption', 'socialExemption'],
];

/** Its version is no fact of it. */
export const toldTerms = ({ version: _, ...facts }: LotTermsRow): JournalState => ({ ...facts });
