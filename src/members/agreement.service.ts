import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Buyer } from '../buyers/buyer.entity.js';
import { kindOf } from '../buyers/buyer.rules.js';
import { frenchDate, parisDate, type PlainDate } from '../calendar/plain-date.js';
import { Journal } from '../platform/journal/journal.js';
import type { JournalState } from '../platform/journal/changes.js';
import type { Trace } from '../platform/journal/trace.js';
import { Refused } from '../platform/refusals/refused.js';
import { AgreementSignature } from './agreement-signature.entity.js';
import { AgreementVersion } from './agreement-version.entity.js';
import { signatureFaults } from '../groups/decision-order.rules.js';
import { GroupsService } from '../groups/groups.service.js';
import { type FieldFault, moved, stateOf } from '../groups/membership.rules.js';
import { lockedMembership, type Place, refuseFaults } from './membership.service.js';

export interface AdoptedVersion {
  readonly label: string;
  readonly summary: string;
  readonly adoptedOn: PlainDate;
}

export interface Signature {
  readonly versionNumber: number;
  readonly signedOn: PlainDate;
  readonly signatoryName: string;
  readonly signatoryCapacity: string;
}

/** The agreement (convention constitutive), its avenants, and who signed them. */
@Injectable()
export class AgreementService {
  constructor(
    private readonly journal: Journal,
    private readonly groups: GroupsService,
  ) {}

  /**
   * Records the agreement, or the next avenant.
   *
   * @returns the number of the version, from 1
   * @throws {Refused} NOT_FOUND; AGREEMENT_DISORDERED for an avenant adopted before what it amends; VALIDATION
   */
  async adopt(
    tx: EntityManager,
    trace: Trace,
    at: Date,
    groupId: string,
    { label, summary, adoptedOn }: AdoptedVersion,
  ): Promise<number> {
    await this.groups.lock(tx, groupId);
    refuseFaults(inTheFuture('adoptedOn', adoptedOn, at));
    const last = await tx.findOne(AgreementVersion, { where: { groupId }, order: { number: 'DESC' } });
    if (last && adoptedOn < last.adoptedOn)
      throw new Refused('AGREEMENT_DISORDERED', frenchDate(last.adoptedOn));
    const number = (last?.number ?? 0) + 1;
    await tx.insert(AgreementVersion, { groupId, number, label, summary, adoptedOn, recordedAt: at });
    await this.journal.write(tx, trace, at, [
      {
        groupId,
        buyerId: null,
        subject: 'agreement',
        subjectId: groupId,
        key: 'groups.adopt-agreement',
        before: null,
        after: { version: number, label, summary, adoptedOn },
      },
    ]);
    return number;
  }

  /**
   * Records that a member signed a version, or corrects what was recorded of it. The decision to join comes first, where
   * its date is known. An EPCI that coordinates its communes without being a member signs too (CGCT L5211-4-4).
   *
   * @throws {Refused} NOT_FOUND, AGREEMENT_VERSION_UNKNOWN, ALREADY_SIGNED; VALIDATION; or as the table of membership says
   */
  async sign(
    tx: EntityManager,
    trace: Trace,
    at: Date,
    place: Place,
    { versionNumber, ...signature }: Signature,
  ): Promise<void> {
    const { groupId, buyerId } = place;
    const group = await this.groups.lock(tx, groupId);
    const version = await tx.findOneBy(AgreementVersion, { groupId, number: versionNumber });
    if (!version) throw new Refused('AGREEMENT_VERSION_UNKNOWN', versionNumber);
    const membership = await lockedMembership(tx, place);
    const { refused } = moved(stateOf(membership), 'sign');
    if (refused && (buyerId !== group.coordinatorId || !(await isEpci(tx, buyerId))))
      throw new Refused(refused);
    const key = { groupId, buyerId, versionNumber };
    const earlier = await tx.findOneBy(AgreementSignature, key);
    const since = membership?.withdrawnAt ?? membership?.joinedAt ?? null;
    const counts = earlier && (since === null || earlier.recordedAt >= since);
    if (counts && sameSignature(earlier, signature)) throw new Refused('ALREADY_SIGNED');
    refuseFaults([
      ...inTheFuture('signedOn', signature.signedOn, at),
      ...(signature.signedOn < version.adoptedOn ? [signedTooEarly(version.adoptedOn)] : []),
      ...signatureFaults(membership?.resolutionOn ?? null, signature.signedOn),
    ]);
    await tx.upsert(AgreementSignature, { ...key, ...signature, recordedAt: at }, [
      'groupId',
      'versionNumber',
      'buyerId',
    ]);
    const told = (signed: Omit<Signature, 'versionNumber'>): JournalState => ({
      version: versionNumber,
      signedOn: signed.signedOn,
      signatoryName: signed.signatoryName,
      signatoryCapacity: signed.signatoryCapacity,
    });
    await this.journal.write(tx, trace, at, [
      {
        groupId,
        buyerId,
        subject: 'signature',
        subjectId: groupId,
        key: 'groups.sign-agreement',
        before: earlier && told(earlier),
        after: told(signature),
        personal: ['signatoryName'],
      },
    ]);
  }
}

const sameSignature = (earlier: AgreementSignature, given: Omit<Signature, 'versionNumber'>): boolean =>
  earlier.signedOn === given.signedOn &&
  earlier.signatoryName === given.signatoryName &&
  earlier.signatoryCapacity === given.signatoryCapacity;

const isEpci = async (tx: EntityManager, id: string): Promise<boolean> =>
  kindOf(await tx.findOneByOrFail(Buyer, { id })) === 'epci';

const signedTooEarly = (adoptedOn: PlainDate): FieldFault => ({
  field: 'signedOn',
  code: 'SIGNED_BEFORE_IT_WAS_WRITTEN',
  detail: `Cette version est du ${frenchDate(adoptedOn)}\u00a0: elle n’a pas pu être signée avant. Corriger la date de signature.`,
});

const inTheFuture = (field: string, date: PlainDate, at: Date): FieldFault[] =>
  date > parisDate(at)
    ? [
        {
          field,
          code: 'IN_THE_FUTURE',
          detail: 'Cette date est à venir\u00a0: l’enregistrer une fois passée.',
        },
      ]
    : [];
