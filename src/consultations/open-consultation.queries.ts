import type { EntityManager } from 'typeorm';
import { lockGroup, shareGroup } from '../groups/group-lock.queries.js';
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
  const found = await tx.findOneBy(Consultation, { id: consultationId });
  if (!found) throw new Refused('NOT_FOUND');
  await lockGroup(tx, found.groupId);
  const consultation = await tx.findOneOrFail(Consultation, {
    where: { id: consultationId },
    lock: { mode: 'pessimistic_write' },
  });
  requireMove(consultation, command);
  return consultation;
}

/**
 * Holds a consultation as it is until the transaction ends, with others who do the same: for what each member does in rows of
 * its own.
 *
 * @throws {Refused} NOT_FOUND; CONSULTATION_LAUNCHED or CONSULTATION_CANCELLED as `CONSULTATION_MOVES` says
 */
export async function shareOpenConsultation(
  tx: EntityManager,
  consultationId: string,
): Promise<Consultation> {
  const [found] = await tx.query<{ group_id: string }[]>(`select group_id from consultation where id = $1`, [
    consultationId,
  ]);
  if (!found) throw new Refused('NOT_FOUND');
  await shareGroup(tx, found.group_id);
  const consultation = await tx.findOneByOrFail(Consultation, { id: consultationId });
  requireMove(consultation, 'edit');
  return consultation;
}

/** @throws {Refused} as `CONSULTATION_MOVES` says */
export function requireMove(consultation: Consultation, command: ConsultationCommand): void {
  const refusal = refusalIn(stateOf(consultation), command);
  if (refusal !== null) throw new Refused(refusal);
}
