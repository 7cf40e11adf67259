import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { frenchMoment } from '../calendar/plain-date.js';
import { Clock } from '../platform/clock/clock.js';
import { publicUrlOf, RuntimeConfig } from '../platform/config/config.js';
import { Mailer } from '../platform/mail/mailer.js';
import { mailText } from '../platform/mail/mail-text.js';
import { OneTimeLink } from './one-time-link.entity.js';
import { linkAddress } from './link-address.rules.js';
import { ROLES } from './roles.rules.js';
import { hashOfSecret, newSecret } from './secrets.js';

interface LinkToMail {
  readonly purpose: OneTimeLink['purpose'];
  readonly email: string;
  readonly name: string | null;
  readonly personName: string | null;
  readonly role: OneTimeLink['role'];
  readonly place: string | null;
  readonly inviter: string | null;
  readonly expiresAt: Date;
}

/** Mails one-time links. The secret is drawn when the mail leaves: it is written nowhere but in the mail. */
@Injectable()
export class LinkMailService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly runtime: RuntimeConfig,
    private readonly mailer: Mailer,
    private readonly clock: Clock,
  ) {}

  /** Sends a link's mail; nothing for one that left already, served, was revoked or is out of date. */
  async send(linkId: string): Promise<void> {
    const [link] = await this.dataSource.query<LinkToMail[]>(
      `select l.purpose, l.email, l.name, p.name as "personName", l.role, coalesce(b.name, g.title) as place,
              i.name as inviter, l.expires_at as "expiresAt"
       from one_time_link l left join person p on p.email = l.email left join person i on i.id = l.created_by
       left join buyer b on b.id = l.buyer_id left join purchasing_group g on g.id = l.group_id
       where l.id = $1 and l.email is not null and l.mailed_at is null and l.used_at is null
         and l.revoked_at is null and l.expires_at > $2`,
      [linkId, this.clock.now()],
    );
    if (!link) return;
    const secret = newSecret();
    // Kept before the mail leaves: tried again, it is a new secret, and the last mail received is the one that works.
    await this.dataSource.manager.update(OneTimeLink, { id: linkId }, { secretSha256: hashOfSecret(secret) });
    await this.mailer.send({
      to: link.email,
      reference: linkId,
      ...textOf(link, linkAddress(publicUrlOf(this.runtime.config), secret)),
    });
    await this.dataSource.manager.update(OneTimeLink, { id: linkId }, { mailedAt: this.clock.now() });
  }
}

function textOf(link: LinkToMail, url: string): { subject: string; text: string } {
  const until = frenchMoment(link.expiresAt);
  const name = link.personName ?? link.name ?? link.email;
  if (link.purpose === 'sign_in') return mailText('sign-in', { name, url, until });
  return mailText('invitation', {
    name,
    url,
    until,
    inviter: link.inviter ?? 'L’exploitant de Halle',
    role: link.place !== null && link.role !== null ? ROLES[link.role].french : null,
    what: link.place === null ? 'administrer l’installation' : `agir pour ${link.place}`,
  });
}
