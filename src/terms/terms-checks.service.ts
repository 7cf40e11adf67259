import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { PlainDate } from '../calendar/plain-date.js';
import type { Check } from '../law/check.js';
import { centsFromDecimal } from '../money/amounts.js';
import { NO_CAPS } from './caps.rules.js';
import { lotChecks } from './checks.rules.js';
import { criterion } from './criteria.rules.js';
import { memberLimit } from './limits.rules.js';
import { type LotPlace, TermsQueries } from './terms.queries.js';
import { lotTerms, NO_TERMS } from './terms.rules.js';

/** What the law says of a lot's terms, on the day of its launch. */
@Injectable()
export class TermsChecks {
  constructor(private readonly queries: TermsQueries) {}

  /** @param on the day the consultation is or would be launched */
  async ofLot(tx: EntityManager, place: LotPlace, on: PlainDate): Promise<Check[]> {
    const { lotId, consultationId, groupId, cpvCode, family, contractForm: form, months } = place;
    const consultation = await this.queries.ofConsultation(tx, consultationId);
    const { lotCount, known, complete, allWorks } = await this.queries.value(tx, consultationId);
    const spending = consultation?.operatingSpending ?? null;
    return lotChecks(
      {
        lot: { form, family, cpvCode, months },
        terms: lotTerms((await this.queries.ofLot(tx, lotId)) ?? NO_TERMS),
        limits: (await this.queries.limits(tx, lotId)).map(memberLimit),
        criteria: (await this.queries.criteria(tx, lotId)).map(criterion),
        caps: consultation ?? NO_CAPS,
        lotCount,
        value: { known: centsFromDecimal(known), complete, allWorks },
        operatingSpending: spending === null ? null : centsFromDecimal(spending),
        // Each member pays what it orders: no mission of paying for others is known to this room.
        eachMemberPays: true,
        names: await this.queries.communeNames(tx, groupId),
      },
      on,
    );
  }
}
