import type { EntityManager } from 'typeorm';
import { Refused } from '../platform/refusals/refused.js';
import { Consultation } from './consultation.entity.js';
import { type ConsultationCommand, refusalIn, stateOf } from './consultation.rules.js';

/**
 * Locks a consultation until the transaction ends, for a command that its state must permit. Its group is locked
 * before it: whatever is done in a group then follows, in one order, and nobody holds a consultation while waiting for
 * the group's journal.
 *
 * @throws {Refused} NOT_FOUND; CONSULTATION_LAUNCHED, CONSULTATION_CANCELLED or PARTICIPATION_CLOSED as
 * `CONSULTATION_MOVES` says
 */
export async function lockOpenConsultation(
  tx: EntityManager,
  consultationId: string,
  command: ConsultationCommand = 'edit',
): Promise<Consultation> {
  const groups = await tx.query<unknown[]>(
    `select from purchasing_group where id = (select group_id from consultation where id = $1) for update`,
    [consultationId],
  );
  if (groups.length === 0) throw new Refused('NOT_FOUND');
  const consultation = await tx.findOneOrFail(Consultation, {
    where: { id: consultationId },
    lock: { mode: 'pessimistic_write' },
  });
  requireMove(consultation, command);
  return consultation;
}

/** @throws {Refused} as `CONSULTATION_MOVES` says */
export function requireMove(consultation: Consultation, command: ConsultationCommand): void {
  const refusal = refusalIn(stateOf(consultation), command);
  if (refusal !== null) throw new Refused(refusal);
}
