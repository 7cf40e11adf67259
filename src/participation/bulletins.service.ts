import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { parisDate, type PlainDate } from '../calendar/plain-date.js';
import { lockOpenConsultation } from '../consultations/open-consultation.queries.js';
import { PARTICIPATION_PERSONAL, toldParticipations } from '../lots/lots-told.queries.js';
import { entriesBetween } from '../platform/journal/changes.js';
import { Journal } from '../platform/journal/journal.js';
import type { Trace } from '../platform/journal/trace.js';
import { type Bulletin, type BulletinFault, bulletinFaults, BulletinsRefused } from './bulletins.rules.js';
import { BulletinsQueries } from './bulletins.queries.js';

/** The bulletins d'adhésion of a whole consultation at once, read from a file: written as a set, judged one by one. */
@Injectable()
export class BulletinsService {
  constructor(
    private readonly journal: Journal,
    private readonly queries: BulletinsQueries,
  ) {}

  /**
   * What forbids the bulletins of a file: every fault, but for who is a member. For good when the caller holds the
   * consultation's lock, else as things are now.
   *
   * @param groupId whose members' decisions to join count where the file tells none; null: it is about to be opened
   * @param toCome numbers of lots that the consultation does not have yet, and will
   */
  async judge(
    tx: EntityManager,
    at: Date,
    { groupId, consultationId }: { readonly groupId: string | null; readonly consultationId: string | null },
    bulletins: readonly Bulletin[],
    toCome: readonly number[] = [],
  ): Promise<BulletinFault[]> {
    const { numbers, reservedTo } =
      consultationId === null
        ? { numbers: [], reservedTo: new Map<number, ReadonlySet<string>>() }
        : await this.queries.offered(tx, consultationId);
    const offered = { numbers: new Set([...numbers, ...toCome]), reservedTo };
    const today = parisDate(at);
    const decisions =
      groupId === null ? new Map<string, PlainDate>() : await this.queries.decisions(tx, groupId);
    return bulletins.flatMap((bulletin) => {
      const decidedOn = bulletin.decidedOn ?? decisions.get(bulletin.buyerId) ?? null;
      return bulletinFaults({ ...bulletin, decidedOn }, offered, today);
    });
  }

  /**
   * Makes the participations of a consultation those of the bulletins given. A bulletin that tells no day leaves what was
   * signed as it is; one of another day replaces it, its signatory unknown.
   *
   * @throws {Refused} NOT_FOUND, PARTICIPATION_CLOSED once launched (G7, CCP L2111-1), CONSULTATION_CANCELLED
   * @throws {BulletinsRefused} with every fault; nothing is written
   */
  async record(
    tx: EntityManager,
    trace: Trace,
    at: Date,
    consultationId: string,
    bulletins: readonly Bulletin[],
  ): Promise<void> {
    const { groupId } = await lockOpenConsultation(tx, consultationId, 'join');
    const joining = bulletins.filter(({ lotNumbers }) => lotNumbers.length > 0);
    const strangers = await this.queries.strangers(
      tx,
      groupId,
      joining.map(({ buyerId }) => buyerId),
    );
    const faults = [
      ...strangers.map((buyerId): BulletinFault => ({ ...NOT_A_MEMBER, buyerId })),
      ...(await this.judge(tx, at, { groupId, consultationId }, bulletins)),
    ];
    if (faults.length > 0) throw new BulletinsRefused(faults);
    const before = await toldParticipations(tx, consultationId);
    await this.write(tx, trace, at, consultationId, bulletins);
    const of = {
      groupId,
      subject: 'participation',
      key: 'lots.participate',
      personal: PARTICIPATION_PERSONAL,
    };
    const after = await toldParticipations(tx, consultationId);
    await this.journal.write(tx, trace, at, entriesBetween(of, before, after));
  }

  private async write(
    tx: EntityManager,
    trace: Trace,
    at: Date,
    consultationId: string,
    bulletins: readonly Bulletin[],
  ): Promise<void> {
    const joined = bulletins.flatMap(({ buyerId, lotNumbers, formSignedOn }) =>
      lotNumbers.map((lotNumber) => ({ buyerId, lotNumber, formSignedOn })),
    );
    const columns = [joined.map(({ lotNumber }) => lotNumber), joined.map(({ buyerId }) => buyerId)];
    await tx.query(
      `insert into lot_participation (consultation_id, lot_id, buyer_id, form_signed_on, joined_by, joined_at)
       select $1, lot.id, buyer_id, form_signed_on, $5, $6
       from unnest($2::integer[], $3::uuid[], $4::date[]) as given (lot_number, buyer_id, form_signed_on)
       join lot on lot.consultation_id = $1 and lot.number = given.lot_number
       on conflict (lot_id, buyer_id) do update set
         form_signed_on = excluded.form_signed_on, signatory_name = null, signatory_capacity = null,
         joined_by = excluded.joined_by, joined_at = excluded.joined_at
       where lot_participation.form_signed_on is distinct from excluded.form_signed_on
         and (excluded.form_signed_on is not null or lot_participation.signatory_name is null)`,
      [
        consultationId,
        ...columns,
        joined.map(({ formSignedOn }) => formSignedOn),
        trace.actorKind === 'person' ? trace.actorId : null,
        at,
      ],
    );
    await tx.query(
      `delete from lot_participation p
       where consultation_id = $1 and not exists (
         select from unnest($2::integer[], $3::uuid[]) as given (lot_number, buyer_id)
         join lot on lot.consultation_id = $1 and lot.number = given.lot_number
         where lot.id = p.lot_id and given.buyer_id = p.buyer_id)`,
      [consultationId, ...columns],
    );
  }
}

const NOT_A_MEMBER = {
  code: 'NOT_AN_ACTIVE_MEMBER',
  field: 'lotIds',
  sentence: 'Cet acheteur n’est pas membre du groupement\u00a0: enregistrer d’abord son adhésion.',
  lotNumbers: [],
} as const;
