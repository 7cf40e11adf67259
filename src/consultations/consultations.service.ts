import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { newId } from '../platform/database/id.js';
import { Journal } from '../platform/journal/journal.js';
import type { Trace } from '../platform/journal/trace.js';
import { Consultation } from './consultation.entity.js';

export interface ConsultationTerms {
  readonly title: string;
  readonly firmYears: number;
  readonly renewals: number;
}

@Injectable()
export class ConsultationsService {
  constructor(private readonly journal: Journal) {}

  /** Opens the group's consultation of that title, or finds it and brings its duration up to date. */
  async open(
    tx: EntityManager,
    trace: Trace,
    at: Date,
    groupId: string,
    terms: ConsultationTerms,
  ): Promise<string> {
    const id = newId();
    const { title, firmYears, renewals } = terms;
    await tx
      .createQueryBuilder()
      .insert()
      .into(Consultation)
      .values({ id, groupId, title, firmYears, renewals })
      .orIgnore()
      .execute();
    const consultation = await tx.findOneOrFail(Consultation, {
      where: { groupId, title },
      lock: { mode: 'pessimistic_write' },
    });
    if (consultation.firmYears !== firmYears || consultation.renewals !== renewals)
      await tx.update(Consultation, { id: consultation.id }, { firmYears, renewals });
    const told = ({ title, firmYears, renewals }: ConsultationTerms) => ({ title, firmYears, renewals });
    await this.journal.write(tx, trace, at, [
      {
        groupId,
        buyerId: null,
        subject: 'consultation',
        subjectId: consultation.id,
        key: 'consultations.open',
        before: consultation.id === id ? null : told(consultation),
        after: told(terms),
      },
    ]);
    return consultation.id;
  }
}
