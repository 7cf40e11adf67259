import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';

/** A real SMTP server, on this machine, that keeps what it receives. */
export class Mailbox {
  /** Decoded: what the person reads. */
  readonly mails: string[] = [];
  /** As they came. */
  readonly sources: Buffer[] = [];
  /** Answers every mail with a refusal, as a server that is full does. */
  refuses = false;
  /** What it answers to every recipient, as a server that does not know it does: « 550 5.1.1 … »; null: welcome. */
  recipientRefusal: string | null = null;
  /** Called once a mail is kept, before the sender is told so. */
  onKept: () => void = () => undefined;

  private constructor(private readonly server: SMTPServer) {}

  static async open(): Promise<Mailbox> {
    const server = new SMTPServer({
      authOptional: true,
      disabledCommands: ['STARTTLS'],
      onRcptTo: (_address, _session, done) => {
        if (mailbox.recipientRefusal === null) {
          done();
          return;
        }
        const [code = '', ...words] = mailbox.recipientRefusal.split(' ');
        done(Object.assign(new Error(words.join(' ')), { responseCode: Number(code) }));
      },
      onData: (stream, _session, done) => {
        const chunks: Buffer[] = [];
        stream.on('data', (chunk: Buffer) => chunks.push(chunk));
        stream.on('end', () => {
          if (!mailbox.refuses) {
            mailbox.sources.push(Buffer.concat(chunks));
            mailbox.mails.push(decoded(Buffer.concat(chunks).toString('utf8')));
            mailbox.onKept();
          }
          done(mailbox.refuses ? new Error('essayez plus tard') : null);
        });
      },
    });
    const mailbox = new Mailbox(server);
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    return mailbox;
  }

  /** What SMTP_URL says to send here. */
  get url(): string {
    return `smtp://127.0.0.1:${(this.server.server.address() as AddressInfo).port}`;
  }

  /** The mail of that rank, from 1, once it came. */
  async mail(rank: number): Promise<string> {
    for (let attempt = 0; attempt < 600; attempt += 1) {
      const mail = this.mails[rank - 1];
      if (mail !== undefined) return mail;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    throw new Error(`waited for mail ${rank} in vain`);
  }

  /** Forgets what came, and welcomes what will. */
  empty(): void {
    this.mails.length = 0;
    this.sources.length = 0;
    this.refuses = false;
    this.recipientRefusal = null;
  }

  close(): Promise<void> {
    return new Promise((closed) => this.server.close(closed));
  }
}

/** The secret of the one-time link that a mail carries. */
export const secretOf = (mail: string): string => /\/one-time-links\/([\w-]{43})/.exec(mail)![1]!;

const quoted = (text: string): string =>
  text.replace(/(?:=[0-9A-F]{2})+/g, (hex) => Buffer.from(hex.replaceAll('=', ''), 'hex').toString('utf8'));

/** Folded headers, encoded words and quoted-printable undone. */
function decoded(mail: string): string {
  const [head = '', ...body] = mail.split('\r\n\r\n');
  const headers = head
    .replace(/\r\n[ \t]+/g, ' ')
    .replace(/\?= =\?UTF-8\?Q\?/g, '')
    .replace(/=\?UTF-8\?Q\?(.*?)\?=/g, (_, word: string) => quoted(word.replaceAll('_', ' ')));
  return [headers, quoted(body.join('\r\n\r\n').replace(/=\r\n/g, ''))].join('\n\n').replaceAll('\r\n', '\n');
}
