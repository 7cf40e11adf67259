import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import { deserialize, serialize } from 'node:v8';

const [SALT, IV, TAG] = [16, 12, 16];
const CIPHER = 'aes-256-gcm';

const keyFrom = (secret: string, salt: Buffer): Buffer =>
  Buffer.from(hkdfSync('sha256', secret, salt, 'halle idempotency result', 32));

/**
 * A value that only the holder of `secret` can read: AES-256-GCM, key by HKDF (RFC 5869) with a random salt. A kept result
 * may hold what is shown once, a token for instance; the database then holds nothing that opens it.
 *
 * @param context authenticated with the value: it opens nowhere else
 * @returns salt (16 bytes), nonce (12), tag (16), then the encrypted structured clone of the value
 */
export function seal(secret: string, context: Buffer, value: unknown): Buffer {
  const [salt, iv] = [randomBytes(SALT), randomBytes(IV)];
  const cipher = createCipheriv(CIPHER, keyFrom(secret, salt), iv).setAAD(context);
  const text = Buffer.concat([cipher.update(serialize(value)), cipher.final()]);
  return Buffer.concat([salt, iv, cipher.getAuthTag(), text]);
}

/** @throws {Error} when the secret or the context is another, or a byte has changed */
export function unseal(secret: string, context: Buffer, sealed: Buffer): unknown {
  const [salt, iv] = [sealed.subarray(0, SALT), sealed.subarray(SALT, SALT + IV)];
  const decipher = createDecipheriv(CIPHER, keyFrom(secret, salt), iv)
    .setAAD(context)
    .setAuthTag(sealed.subarray(SALT + IV, SALT + IV + TAG));
  return deserialize(
    Buffer.concat([decipher.update(sealed.subarray(SALT + IV + TAG)), decipher.final()]),
  ) as unknown;
}
