import type { INestApplicationContext } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { OneTimeLinksService } from '../../../src/accounts/one-time-links.service.js';
import { type Mailbox, secretOf } from '../../support/mailbox.js';
import { readSampleFiles } from '../../support/sample-files.js';
import type { Actor, Recorder } from '../../support/recorder.js';

export const COORDINATOR = '20008339200015';
export const CHANGE = '21530054200010';
export const EPCI = '200083392';

/** The buyers of the sample: those that join, and those that do not. */
export const { memberships } = readSampleFiles();
export const joining = memberships.filter(({ joins }) => joins);
export const declining = memberships.filter(({ joins }) => !joins);

/** What the steps of the journey hand on to each other. */
export interface Stage {
  readonly app: INestApplicationContext;
  readonly mailbox: Mailbox;
  readonly admin: Actor;
  /** Buyers by SIRET. */
  readonly buyers: Map<string, string>;
  officer: Actor;
  /** The mayor's chief executive at Changé, who answers for that commune. */
  validator: Actor;
  groupId: string;
}

export async function enterAdministrator(app: INestApplicationContext, http: Recorder): Promise<Actor> {
  const secret = await app
    .get(DataSource)
    .transaction((tx) => app.get(OneTimeLinksService).firstAdministrator(tx, new Date()));
  return http.unrecorded(() =>
    http.enter('', 'admin', `/one-time-links/${secret!}/session`, {
      name: 'Ada Petit',
      email: 'ada.petit@agglo-laval.example',
    }),
  );
}

/** Someone is invited by mail, and comes in. */
export function enterInvited(
  { mailbox }: Pick<Stage, 'mailbox'>,
  http: Recorder,
  by: Actor,
  name: string,
  path: string,
  invitation: object,
): Promise<Actor> {
  return http.unrecorded(async () => {
    await http.post('', by, path, invitation, 201);
    return http.enterByMail('', name, secretOf(await mailbox.mail(mailbox.mails.length + 1)), {});
  });
}

export const plusDays = (date: string, days: number): string =>
  new Date(Date.parse(`${date}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
