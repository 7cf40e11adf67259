import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { SignedWordsService } from '../accounts/signed-words.service.js';
import { frenchMoment } from '../calendar/plain-date.js';
import { DeclarationsQueries } from '../declarations/declarations.queries.js';
import { Clock } from '../platform/clock/clock.js';
import type { NeedsEvent } from '../platform/jobs/names.js';
import { byPerson, CensusMails, dayOf } from './census-mails.service.js';
import { CensusQueries, type CensusRow, type ToldVersion } from './census.queries.js';
import { ReceiptsService, whatFollows } from './receipts.service.js';
import { type Recipient, RecipientsQueries, SUBMITTERS, TYPISTS } from './recipients.queries.js';

type VersionEvent = Extract<NeedsEvent, { readonly number: number }>;
type TypedFor = Extract<NeedsEvent, { readonly event: 'typed-for' }>;

/** Writes to people what just happened in a census. Asked twice, each mail is written once. */
@Injectable()
export class TellService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly clock: Clock,
    private readonly queries: CensusQueries,
    private readonly declarations: DeclarationsQueries,
    private readonly recipients: RecipientsQueries,
    private readonly mails: CensusMails,
    private readonly receipts: ReceiptsService,
    private readonly words: SignedWordsService,
  ) {}

  tell(event: NeedsEvent): Promise<void> {
    return this.dataSource.transaction(async (tx) => {
      const at = this.clock.now();
      const census = await this.queries.census(tx, event.consultationId);
      if (!census) return;
      switch (event.event) {
        case 'opened':
        case 'moved':
          return this.deadline(tx, at, census, event.event);
        case 'closed':
          return this.exclusions(tx, at, census);
        case 'typed-for':
          return this.typedFor(tx, at, census, event);
        default:
          return this.version(tx, at, census, event);
      }
    });
  }

  /** Everybody who may type is told of the deadline, and of each that replaces it. */
  private async deadline(
    tx: EntityManager,
    at: Date,
    census: CensusRow,
    event: 'opened' | 'moved',
  ): Promise<void> {
    const members = await this.declarations.declarations(tx, census.consultationId);
    const buyerIds = members.filter(({ lots }) => lots > 0).map(({ buyerId }) => buyerId);
    for (const buyers of byPerson(await this.recipients.ofBuyers(tx, buyerIds, TYPISTS, dayOf(at)))) {
      const [to] = buyers as [Recipient];
      await this.mails.write(tx, census, at, {
        kind: `needs.${event}`,
        act: census.deadline.toISOString(),
        ...{ to, buyerIds: buyers.map(({ buyerId }) => buyerId), template: `needs-${event}` },
        model: {
          coordinator: census.coordinatorName,
          deadline: frenchMoment(census.deadline),
          buyersIntro: buyers.length > 1 ? 'Vous répondez pour ces communes\u00a0:' : 'Vous répondez pour',
          buyers: buyers.map(({ buyerName }) => buyerName).join(', '),
          url: this.mails.addressOf(census.consultationId),
        },
        attachments: [this.mails.calendarOf([census])],
      });
    }
  }

  private async exclusions(tx: EntityManager, at: Date, census: CensusRow): Promise<void> {
    const left = await this.queries.exclusions(tx, census.consultationId);
    const buyerIds = [...new Set(left.map(({ buyerId }) => buyerId))];
    for (const to of await this.recipients.ofBuyers(tx, buyerIds, SUBMITTERS, dayOf(at)))
      await this.mails.write(tx, census, at, {
        kind: 'needs.excluded',
        act: to.buyerId,
        ...{ to, buyerIds: [to.buyerId], template: 'needs-excluded' },
        model: {
          buyer: to.buyerName,
          coordinator: census.coordinatorName,
          moment: frenchMoment(census.closedAt ?? at),
          lots: left.filter(({ buyerId }) => buyerId === to.buyerId),
        },
      });
  }

  /** Once a day and delegate: a commune is not written to at each line. */
  private async typedFor(tx: EntityManager, at: Date, census: CensusRow, event: TypedFor): Promise<void> {
    const { buyerId, personId } = event;
    const [delegate] = await tx.query<{ name: string; reference: string | null }[]>(
      `select p.name, (select r.mandate_reference from role_grant r
                       where r.person_id = p.id and r.buyer_id = $2 and r.role = 'delegate' and r.revoked_at is null
                       order by r.granted_at desc limit 1) as reference
       from person p where p.id = $1`,
      [personId, buyerId],
    );
    for (const to of await this.recipients.ofBuyers(tx, [buyerId], SUBMITTERS, dayOf(at)))
      await this.mails.write(tx, census, at, {
        kind: 'needs.typed-for',
        act: `${buyerId}:${personId}:${dayOf(at)}`,
        ...{ to, buyerIds: [buyerId], template: 'needs-typed-for' },
        model: {
          buyer: to.buyerName,
          delegate: delegate!.name,
          reference: delegate!.reference,
          url: `${this.mails.addressOf(census.consultationId)}/${buyerId}`,
        },
      });
  }

  private async version(tx: EntityManager, at: Date, census: CensusRow, event: VersionEvent): Promise<void> {
    const version = await this.queries.version(tx, event.consultationId, event.buyerId, event.number);
    if (!version) return;
    const people = await this.recipients.ofBuyers(tx, [version.buyerId], SUBMITTERS, dayOf(at));
    if (event.event === 'transmitted') await this.received(tx, at, census, version, people);
    else if (event.event === 'decided') await this.decided(tx, at, census, version, people);
    else {
      const all = [...people, ...(await this.recipients.ofCoordinator(tx, census.groupId))];
      for (const [to] of byPerson(all))
        await this.write(tx, at, census, version, to!, 'needs-contested', {
          moment: frenchMoment(version.contestedAt ?? at),
          reason: version.contestReason ?? '',
        });
    }
  }

  /**
   * The receipt goes to those who transmit. Whoever validates in the member's name (its mayor, or its direction) is written
   * to apart, with the link by which one contests; where nobody is known to, the receipt carries the link.
   */
  private async received(
    tx: EntityManager,
    at: Date,
    census: CensusRow,
    version: ToldVersion,
    people: readonly Recipient[],
  ): Promise<void> {
    const attachments = [
      {
        fileName: `${version.receipt}.pdf`,
        mediaType: 'application/pdf',
        content: await this.receipts.of(tx, census, version),
      },
    ];
    const contestUrl = this.mails.contestAddress(await this.words.sign('contestation', version.id));
    const mayorKnown = people.some(({ validates }) => validates);
    for (const to of people)
      await this.write(
        tx,
        at,
        census,
        version,
        to,
        to.validates ? 'needs-mayor' : 'needs-receipt',
        {
          moment: frenchMoment(version.transmittedAt),
          next: whatFollows(version.kind, census.validationRequired),
          ...(to.validates
            ? { contestUrl }
            : {
                number: version.number,
                sha256: version.sha256,
                contestUrl: mayorKnown ? null : contestUrl,
              }),
        },
        attachments,
      );
  }

  private async decided(
    tx: EntityManager,
    at: Date,
    census: CensusRow,
    version: ToldVersion,
    people: readonly Recipient[],
  ): Promise<void> {
    const accepted = version.accepted === true;
    for (const to of people)
      await this.write(tx, at, census, version, to, 'needs-decided', {
        coordinator: census.coordinatorName,
        decision: accepted ? 'acceptée' : 'refusée',
        reason: version.decisionReason,
        next: accepted
          ? 'Elle compte désormais.'
          : 'Elle ne compte pas\u00a0; ce qui comptait avant elle compte toujours.',
      });
  }

  private write(
    tx: EntityManager,
    at: Date,
    census: CensusRow,
    version: ToldVersion,
    to: Recipient,
    template: string,
    model: Readonly<Record<string, unknown>>,
    attachments: Parameters<CensusMails['write']>[3]['attachments'] = [],
  ): Promise<string | null> {
    const { id, buyerId, buyerName: buyer, receipt } = version;
    return this.mails.write(tx, census, at, {
      kind: template.replace('-', '.'),
      act: id,
      ...{ to, buyerIds: [buyerId], template, attachments },
      model: { buyer, receipt, ...model },
    });
  }
}
