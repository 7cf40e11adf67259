import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

/** 256 bits in 43 characters that a URL carries as they are. */
export const newSecret = (): string => randomBytes(32).toString('base64url');

/** What is kept of a secret. It was drawn at random, so that a plain hash cannot be guessed back. */
export const hashOfSecret = (secret: string): Buffer => createHash('sha256').update(secret).digest();

/** So that a token is recognised wherever it leaks: in a log, in a repository. */
const TOKEN_PREFIX = 'halle_';

export const newToken = (): string => `${TOKEN_PREFIX}${newSecret()}`;

export const looksLikeToken = (text: string): boolean => text.startsWith(TOKEN_PREFIX);

const READING = /^lecture\.([0-9a-f]{32})\.([0-9a-z]{1,9})\.([\w-]{43})$/;

const signatureOf = (key: Buffer, id: string, expiry: string): Buffer =>
  createHmac('sha256', key).update(`${id}.${expiry}`).digest();

/** A reading link in one word: its id, its end, and the signature of both. */
export function signReadingLink(key: Buffer, id: string, expiresAt: Date): string {
  const hex = id.replaceAll('-', '');
  const expiry = Math.trunc(expiresAt.getTime() / 1000).toString(36);
  return `lecture.${hex}.${expiry}.${signatureOf(key, hex, expiry).toString('base64url')}`;
}

/** @returns the link's id when the signature is ours and the date not passed; else null */
export function readReadingLink(key: Buffer, text: string, at: Date): string | null {
  const [, hex, expiry, signature] = READING.exec(text) ?? [];
  if (hex === undefined || expiry === undefined || signature === undefined) return null;
  // Compared as written: bytes have several spellings in base64, and a link has one.
  const given = Buffer.from(signature);
  const expected = Buffer.from(signatureOf(key, hex, expiry).toString('base64url'));
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) return null;
  if (parseInt(expiry, 36) * 1000 <= at.getTime()) return null;
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

const SIGNED = /^([a-z]{3,20})\.([0-9a-f]{32})\.([\w-]{43})$/;

const sealOf = (key: Buffer, purpose: string, hex: string): string =>
  createHmac('sha256', key).update(`${purpose}.${hex}`).digest('base64url');

/** A thing in one word that nobody else can make: what it serves for, its id, and the signature of both. */
export function signWord(key: Buffer, purpose: string, id: string): string {
  const hex = id.replaceAll('-', '');
  return `${purpose}.${hex}.${sealOf(key, purpose, hex)}`;
}

/** @returns the id when we signed it for that purpose; else null */
export function readWord(key: Buffer, purpose: string, text: string): string | null {
  const [, given, hex, signature] = SIGNED.exec(text) ?? [];
  if (given !== purpose || hex === undefined || signature === undefined) return null;
  if (!timingSafeEqual(Buffer.from(signature), Buffer.from(sealOf(key, purpose, hex)))) return null;
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
