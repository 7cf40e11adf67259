import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { icsFile } from '../calendar/ics.js';
import { frenchMoment, parisDate, type PlainDate } from '../calendar/plain-date.js';
import { publicUrlOf, RuntimeConfig } from '../platform/config/config.js';
import { MailOutbox } from '../platform/mail/mail-outbox.service.js';
import type { Attachment } from '../platform/mail/mailer.js';
import { mailText } from '../platform/mail/mail-text.js';
import type { CensusRow } from './census.queries.js';
import type { Recipient } from './recipients.queries.js';

export interface CensusMail {
  readonly kind: string;
  /** Of which act of the census it tells: with the person, what makes it the same mail as another. */
  readonly act: string;
  readonly to: Recipient;
  readonly buyerIds: readonly string[];
  readonly template: string;
  readonly model: Readonly<Record<string, unknown>>;
  readonly attachments?: readonly Attachment[];
}

/** Writes the mails of a census into the outbox, each once. */
@Injectable()
export class CensusMails {
  constructor(
    private readonly runtime: RuntimeConfig,
    private readonly outbox: MailOutbox,
  ) {}

  /** @returns the mail's id, or null when it was written before */
  write(tx: EntityManager, census: CensusRow, at: Date, mail: CensusMail): Promise<string | null> {
    const { consultationId, groupId, title } = census;
    const { kind, act, to, buyerIds, template, model, attachments } = mail;
    return this.outbox.write(
      tx,
      {
        ...{ kind, to: to.email, personId: to.personId, buyerIds, groupId, consultationId },
        ...mailText(template, { name: to.name, title, ...model }),
        ...(attachments && { attachments }),
        dedupeKey: `${kind}:${consultationId}:${act}:${to.personId}`,
      },
      at,
    );
  }

  /** Where a census is answered. */
  addressOf = (consultationId: string): string =>
    `${this.publicUrl}/api/v1/consultations/${consultationId}/declarations`;

  contestAddress = (word: string): string => `${this.publicUrl}/api/v1/contestations/${word}`;

  /** One event per census, the same from one mail to the next: a deadline that moves replaces itself in an agenda. */
  calendarOf(censuses: readonly CensusRow[]): Attachment {
    const file = icsFile({
      name: 'Besoins à transmettre',
      stampedAt: latest(censuses.map(({ openedAt }) => openedAt)),
      events: censuses.map(({ consultationId, deadline, title, version }) => ({
        uid: `besoins-${consultationId}@halle`,
        time: { at: deadline },
        summary: `Dernier instant pour transmettre les besoins\u00a0: ${title}`,
        description: `À transmettre au plus tard le ${frenchMoment(deadline)}.`,
        url: this.addressOf(consultationId),
        sequence: version - 1,
      })),
    });
    return { fileName: 'echeance.ics', mediaType: 'text/calendar', content: Buffer.from(file, 'utf8') };
  }

  private get publicUrl(): string {
    return publicUrlOf(this.runtime.config);
  }
}

const latest = (instants: readonly Date[]): Date =>
  new Date(Math.max(...instants.map((instant) => instant.getTime())));

/** People by their address, each with its buyers. */
export function byPerson(recipients: readonly Recipient[]): Recipient[][] {
  const people = new Map<string, Recipient[]>();
  for (const one of recipients) people.set(one.personId, [...(people.get(one.personId) ?? []), one]);
  return [...people.values()];
}

/** The day in Paris on which something is told. */
export const dayOf = (at: Date): PlainDate => parisDate(at);
