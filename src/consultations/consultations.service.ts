import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { newId } from '../platform/database/id.js';
import { Consultation } from './consultation.entity.js';

export interface ConsultationTerms {
  readonly title: string;
  readonly firmYears: number;
  readonly renewals: number;
}

@Injectable()
export class ConsultationsService {
  /** Opens the group's consultation of that title, or finds it and brings its duration up to date. */
  async open(tx: EntityManager, groupId: string, terms: ConsultationTerms): Promise<string> {
    const { title, firmYears, renewals } = terms;
    await tx
      .createQueryBuilder()
      .insert()
      .into(Consultation)
      .values({ id: newId(), groupId, title, firmYears, renewals })
      .orIgnore()
      .execute();
    const consultation = await tx.findOneOrFail(Consultation, {
      where: { groupId, title },
      lock: { mode: 'pessimistic_write' },
    });
    if (consultation.firmYears !== firmYears || consultation.renewals !== renewals)
      await tx.update(Consultation, { id: consultation.id }, { firmYears, renewals });
    return consultation.id;
  }
}
