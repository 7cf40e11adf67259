import type { LawOn } from '../law/law-on.js';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { isCommuneName } from '../buyers/commune-names.queries.js';
import { MissionsService } from '../conduct/missions.service.js';
import type { Check } from '../law/check.js';
import { LawbookService } from '../lawbook/lawbook.service.js';
import { centsFromDecimal } from '../money/amounts.js';
import { NO_CAPS } from './caps.rules.js';
import { lotChecks } from './checks.rules.js';
import type { ConsultationValue } from './clauses.rules.js';
import { criterion } from './criteria.rules.js';
import { memberLimit } from './limits.rules.js';
import { TermsQueries } from './terms.queries.js';
import { lotTerms, NO_TERMS } from './terms.rules.js';

/** What the law says of the terms of a lot. */
export interface LotTermsChecks {
  readonly lotId: string;
  readonly number: number;
  readonly checks: readonly Check[];
}

/** What the law says of lots' terms, on the day of their launch. */
@Injectable()
export class TermsChecks {
  constructor(
    private readonly queries: TermsQueries,
    private readonly missions: MissionsService,
    private readonly lawbook: LawbookService,
  ) {}

  /**
   * Every lot of a consultation, by number; none when there is no such consultation.
   *
   * @param on the day the consultation is or would be launched
   * @param value the estimated value, from the room that reckons it; null: what depends on it is left to that room's list
   */
  async ofConsultation(
    tx: EntityManager,
    consultationId: string,
    law: LawOn,
    value: ConsultationValue | null,
  ): Promise<LotTermsChecks[]> {
    const groupId = await this.queries.groupOf(tx, consultationId);
    if (groupId === null) return [];
    const lots = await this.queries.lots(tx, consultationId);
    const consultation = await this.queries.ofConsultation(tx, consultationId);
    const { paidBy } = await this.missions.read(tx, groupId);
    const terms = new Map((await this.queries.ofLots(tx, consultationId)).map((row) => [row.lotId, row]));
    const limits = await this.queries.limitsOfLots(tx, consultationId);
    const criteria = await this.queries.criteriaOfLots(tx, consultationId);
    const names = await this.queries.communeNames(tx, groupId);
    const spending = consultation?.operatingSpending ?? null;
    return lots.map(({ lotId, number, cpvCode, family, contractForm: form, months }) => ({
      lotId,
      number,
      checks: lotChecks(
        {
          lot: { form, family, cpvCode, months },
          terms: lotTerms(terms.get(lotId) ?? NO_TERMS),
          limits: limits.filter((limit) => limit.lotId === lotId).map(memberLimit),
          criteria: criteria.filter((one) => one.lotId === lotId).map(criterion),
          caps: consultation ?? NO_CAPS,
          lotCount: lots.length,
          value,
          operatingSpending: spending === null ? null : centsFromDecimal(spending),
          eachMemberPays: paidBy === 'each_member',
          names,
          isCommune: isCommuneName,
        },
        law,
      ),
    }));
  }
}
