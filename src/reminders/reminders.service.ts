import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { parisDate, type PlainDate } from '../calendar/plain-date.js';
import { declarationState } from '../declarations/declaration.rules.js';
import { DeclarationsQueries } from '../declarations/declarations.queries.js';
import { Clock } from '../platform/clock/clock.js';
import { lockName } from '../platform/database/named-lock.js';
import { mailText } from '../platform/mail/mail-text.js';
import { MailOutbox } from '../platform/mail/mail-outbox.service.js';
import { byPerson, CensusMails } from './census-mails.service.js';
import { CensusQueries, type CensusRow } from './census.queries.js';
import { type Recipient, RecipientsQueries, TYPISTS } from './recipients.queries.js';
import {
  type Awaited,
  awaitedSentence,
  reminderSubject,
  stagesDue,
  timeLeft,
  waitsFor,
} from './reminder.rules.js';

/** A digest as its person will read it. */
export interface Reminder {
  readonly to: Recipient;
  readonly buyerIds: readonly string[];
  readonly buyers: readonly string[];
  readonly subject: string;
  readonly text: string;
  readonly censuses: readonly CensusRow[];
}

/** What one person is awaited for in one census. */
interface Waited {
  readonly to: Recipient;
  readonly census: CensusRow;
  readonly awaited: Awaited;
}

/** Reminds those that a census waits for: one mail a person and day, whatever the number of its communes and censuses. */
@Injectable()
export class RemindersService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly clock: Clock,
    private readonly queries: CensusQueries,
    private readonly declarations: DeclarationsQueries,
    private readonly recipients: RecipientsQueries,
    private readonly mails: CensusMails,
    private readonly outbox: MailOutbox,
  ) {}

  /**
   * Writes the reminders of a day, and those of the days on which no worker ran. Done twice, by one worker or by two at
   * once, each is written once.
   *
   * @returns how many mails were written
   */
  remindAll(day: PlainDate): Promise<number> {
    return this.dataSource.transaction(async (tx) => {
      await lockName(tx, 'reminders of needs');
      const due: CensusRow[] = [];
      for (const census of await this.queries.running(tx)) {
        const deadlineOn = parisDate(census.deadline);
        const made = await this.queries.stagesMade(tx, census.consultationId, deadlineOn);
        const { due: stage, passed } = stagesDue(parisDate(census.openedAt), deadlineOn, day, made);
        await this.queries.markStages(tx, census.consultationId, deadlineOn, passed, day);
        if (stage !== null) due.push(census);
      }
      return this.send(tx, await this.digests(tx, due, day), `day:${day}`);
    });
  }

  /**
   * Reminds by hand those that one census waits for; once a day.
   *
   * @returns how many mails were written
   */
  async remindNow(tx: EntityManager, census: CensusRow): Promise<number> {
    const day = parisDate(census.now);
    const digests = await this.digests(tx, [census], day);
    return this.send(tx, digests, `hand:${census.consultationId}:${day}`);
  }

  /** Who would be reminded on a day of these censuses, and what each would read. By address. */
  async digests(tx: EntityManager, censuses: readonly CensusRow[], day: PlainDate): Promise<Reminder[]> {
    const waited: Waited[] = [];
    for (const census of censuses) waited.push(...(await this.waited(tx, census, day)));
    return byPerson(waited.map(({ to }) => to)).map((buyers) => {
      const [to] = buyers as [Recipient];
      const own = waited.filter((one) => one.to.personId === to.personId);
      const of = censuses.filter((census) => own.some((one) => one.census === census));
      return {
        to,
        buyerIds: [...new Set(own.map(({ awaited }) => awaited.buyerId))],
        buyers: [...new Set(own.map(({ awaited }) => awaited.buyerName))],
        censuses: of,
        ...mailText('needs-reminder', {
          name: to.name,
          subject: reminderSubject(
            of.map(({ deadline }) => deadline),
            day,
          ),
          censuses: of.map((census) => ({
            title: census.title,
            coordinator: census.coordinatorName,
            timeLeft: timeLeft(census.deadline, day),
            url: this.mails.addressOf(census.consultationId),
            awaited: own
              .filter((one) => one.census === census)
              .map(({ awaited }) => awaitedSentence(awaited)),
          })),
        }),
      };
    });
  }

  private async waited(tx: EntityManager, census: CensusRow, day: PlainDate): Promise<Waited[]> {
    const late = day > parisDate(census.deadline);
    const { validationRequired } = census;
    const awaited = (await this.declarations.declarations(tx, census.consultationId))
      .filter(({ lots }) => lots > 0)
      .map((row) => ({
        ...{ buyerId: row.buyerId, buyerName: row.buyerName, lots: row.lots, lotsAnswered: row.lotsAnswered },
        state: declarationState({
          started: row.startedAt !== null,
          ...{ revision: row.revision, latest: row.latest, locked: late, validationRequired },
        }),
      }))
      .filter(({ state }) => waitsFor(state, late) !== null);
    const people = await this.recipients.ofBuyers(
      tx,
      awaited.map(({ buyerId }) => buyerId),
      TYPISTS,
      day,
    );
    return awaited.flatMap((one) =>
      people
        .filter(({ buyerId }) => buyerId === one.buyerId)
        .filter(({ validates }) => validates || waitsFor(one.state, late) === 'typists')
        .map((to) => ({ to, census, awaited: one })),
    );
  }

  private async send(tx: EntityManager, digests: readonly Reminder[], act: string): Promise<number> {
    let written = 0;
    const at = this.clock.now();
    for (const { to, buyerIds, subject, text, censuses } of digests) {
      const [only] = censuses.length === 1 ? censuses : [];
      const id = await this.outbox.write(
        tx,
        {
          ...{ kind: 'needs.reminder', to: to.email, personId: to.personId, buyerIds, subject, text },
          ...(only && { groupId: only.groupId, consultationId: only.consultationId }),
          attachments: [this.mails.calendarOf(censuses)],
          dedupeKey: `needs.reminder:${act}:${to.personId}`,
        },
        at,
      );
      if (id !== null) written += 1;
    }
    return written;
  }
}
