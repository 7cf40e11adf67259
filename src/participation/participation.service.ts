import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { parisDate, type PlainDate } from '../calendar/plain-date.js';
import { lockOpenConsultation } from '../consultations/open-consultation.queries.js';
import { isStillReferenced } from '../platform/database/still-referenced.js';
import { entriesBetween } from '../platform/journal/changes.js';
import { Journal } from '../platform/journal/journal.js';
import type { Trace } from '../platform/journal/trace.js';
import { Refused } from '../platform/refusals/refused.js';
import { requireVersion } from '../platform/refusals/required-version.js';
import { namedLots } from '../lots/lot-words.rules.js';
import { PARTICIPATION_PERSONAL, toldParticipations } from '../lots/lots-told.queries.js';
import { type OfferedLot, type ParticipationForm, participationFaults } from './participation.rules.js';
import { type MemberParticipation, ParticipationQueries } from './participation.queries.js';

/** Who takes part in which lot: a bulletin d'adhésion says it, à la carte. */
@Injectable()
export class ParticipationService {
  constructor(
    private readonly queries: ParticipationQueries,
    private readonly journal: Journal,
  ) {}

  /**
   * Makes the lots that a member joined those of its form; the right was asserted by the caller. Whoever typed it is kept,
   * and told by the journal: a form on paper may be recorded for the member.
   *
   * @param version of the form that was read; null: none, which is enough for a first one
   * @throws {Refused} NOT_FOUND, PARTICIPATION_CLOSED once launched (G7, CCP L2111-1), CONSULTATION_CANCELLED,
   * NOT_AN_ACTIVE_MEMBER, VERSION_REQUIRED, STALE_VERSION with the current form, PARTICIPATION_REFUSED with every fault,
   * LOT_HAS_NEEDS for lots that it leaves and needs
   */
  async join(
    tx: EntityManager,
    trace: Trace,
    at: Date,
    consultationId: string,
    buyerId: string,
    version: number | null,
    form: ParticipationForm,
  ): Promise<MemberParticipation> {
    const { groupId } = await lockOpenConsultation(tx, consultationId, 'join');
    const member = await this.queries.lockActiveMember(tx, groupId, buyerId);
    if (!member) throw new Refused('NOT_AN_ACTIVE_MEMBER');
    requireVersion((await this.queries.member(tx, consultationId, buyerId))!, version);
    const lots = await this.queries.lockOffered(tx, consultationId, buyerId);
    requireSound(form, lots, member.decidedOn, at);
    const ofBuyer = async () =>
      (await toldParticipations(tx, consultationId)).filter((told) => told.buyerId === buyerId);
    const before = await ofBuyer();
    await this.leave(tx, consultationId, buyerId, form.lotIds, lots);
    await tx.query(
      `insert into lot_participation (consultation_id, lot_id, buyer_id, form_signed_on, signatory_name,
                                      signatory_capacity, joined_by, joined_at)
       select $1, lot_id, $2, $4, $5, $6, $7, $8 from unnest($3::uuid[]) as given (lot_id)
       on conflict (lot_id, buyer_id) do update set
         form_signed_on = excluded.form_signed_on, signatory_name = excluded.signatory_name,
         signatory_capacity = excluded.signatory_capacity, joined_by = excluded.joined_by,
         joined_at = excluded.joined_at
       where (lot_participation.form_signed_on, lot_participation.signatory_name,
              lot_participation.signatory_capacity)
         is distinct from (excluded.form_signed_on, excluded.signatory_name, excluded.signatory_capacity)`,
      [
        consultationId,
        buyerId,
        form.lotIds,
        form.formSignedOn,
        form.signatoryName,
        form.signatoryCapacity,
        trace.actorKind === 'person' ? trace.actorId : null,
        at,
      ],
    );
    // A first form that joins nothing is an answer too: whoever read that there was none is told.
    await tx.query(
      `insert into participation_form (consultation_id, buyer_id, version) values ($1, $2, 1) on conflict do nothing`,
      [consultationId, buyerId],
    );
    const of = {
      groupId,
      subject: 'participation',
      key: 'lots.participate',
      personal: PARTICIPATION_PERSONAL,
    };
    await this.journal.write(tx, trace, at, entriesBetween(of, before, await ofBuyer()));
    return (await this.queries.member(tx, consultationId, buyerId))!;
  }

  /**
   * Needs are known downstream, and hold the participation by a foreign key: each lot is left behind a savepoint, so that
   * all those which are held can be named.
   */
  private async leave(
    tx: EntityManager,
    consultationId: string,
    buyerId: string,
    kept: readonly string[],
    lots: readonly OfferedLot[],
  ): Promise<void> {
    const left = await tx.query<{ lotId: string }[]>(
      `select lot_id as "lotId" from lot_participation
       where consultation_id = $1 and buyer_id = $2 and lot_id <> all($3::uuid[])`,
      [consultationId, buyerId, kept],
    );
    const held: number[] = [];
    for (const { id, number } of lots) {
      if (!left.some(({ lotId }) => lotId === id)) continue;
      await tx
        .transaction((inner) =>
          inner.query(`delete from lot_participation where lot_id = $1 and buyer_id = $2`, [id, buyerId]),
        )
        .catch((error: unknown) => {
          if (!isStillReferenced(error)) throw error;
          held.push(number);
        });
    }
    if (held.length > 0) throw new Refused('LOT_HAS_NEEDS', namedLots(held));
  }
}

function requireSound(
  form: ParticipationForm,
  lots: readonly OfferedLot[],
  decidedOn: PlainDate | null,
  at: Date,
): void {
  const faults = participationFaults(form, lots, decidedOn, parisDate(at));
  if (faults.length === 0) return;
  throw new Refused('PARTICIPATION_REFUSED', faults.map(({ sentence }) => sentence).join(' ')).withFaults(
    faults.map(({ code, field, sentence }) => ({
      in: 'body',
      pointer: `#/${field}`,
      code,
      detail: sentence,
    })),
  );
}
