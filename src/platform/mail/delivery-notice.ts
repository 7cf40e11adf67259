import PostalMime, { type Email } from 'postal-mime';
import { statusWords } from './mail-status.rules.js';

/** What a mail server says of a mail that it took charge of (RFC 3464). */
export interface DeliveryNotice {
  /** With their angle brackets, those of the returned part first: one of them is the mail's. */
  readonly messageIds: readonly string[];
  /** Whether the mail will not be delivered; a delay or a delivery is no failure. */
  readonly failed: boolean;
  /** French: « adresse inconnue (5.1.1) ». */
  readonly words: string;
}

const RETURNED = ['message/rfc822', 'text/rfc822-headers', 'message/global', 'message/global-headers'];
const MESSAGE_ID = /<[^\s<>]+@[^\s<>]+>/g;

/** @returns null for a mail that is no delivery status notification */
export async function readDeliveryNotice(source: Buffer): Promise<DeliveryNotice | null> {
  const notice = await parse(source);
  const report = partOf(notice, ['message/delivery-status']);
  if (report === undefined) return null;
  // The first block is about the mail, each other about one recipient.
  const blocks = await Promise.all(report.split(/\r?\n\r?\n/).map(headersOf));
  const recipients = blocks.filter((block) => block.has('action'));
  const failure = recipients.find((recipient) => recipient.get('action')!.toLowerCase() === 'failed');
  const told = failure ?? recipients[0];
  if (!told) return null;
  const returned = await headersOf(partOf(notice, RETURNED) ?? '');
  const quoted = [
    returned.get('message-id'),
    ...blocks.map((block) => block.get('original-message-id')),
    notice.inReplyTo,
    notice.references,
  ];
  const status = /\b[245]\.\d{1,3}\.\d{1,3}\b/.exec(told.get('status') ?? '')?.[0];
  return {
    messageIds: quoted.flatMap((text) => text?.match(MESSAGE_ID) ?? []),
    failed: failure !== undefined,
    words: status === undefined ? 'courriel refusé' : `${statusWords(status)} (${status})`,
  };
}

const parse = (source: Buffer | string): Promise<Email> =>
  PostalMime.parse(source, { forceRfc822Attachments: true, attachmentEncoding: 'utf8' });

/** The text of the first part of one of these types. */
const partOf = ({ attachments }: Email, types: readonly string[]): string | undefined =>
  attachments.find(({ mimeType }) => types.includes(mimeType))?.content as string | undefined;

/** The headers at the head of a text, by their names in lower case. */
async function headersOf(text: string): Promise<ReadonlyMap<string, string>> {
  const { headers } = await parse(`${text.trim()}\r\n\r\n`);
  return new Map(headers.map(({ key, value }) => [key, value]));
}
