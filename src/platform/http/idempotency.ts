import { createHash } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import type { Call } from '../access/call.js';
import { Refused } from '../refusals/refused.js';
import { seal, unseal } from './sealed.js';

const KEPT_MS = 24 * 60 * 60 * 1000;
/** Expired records deleted by each claim: more than it adds, so that they never pile up. */
const SWEEP = 20;

/** A request that its sender may send again without its being done again. */
export interface IdempotentRequest {
  /** As sent. It never reaches the database: the kept result is sealed with it. */
  readonly key: string;
  /** SHA-256 of the key and of who sent it: the same key of somebody else is another key. */
  readonly keyHash: Buffer;
  /** SHA-256 of the method, the address and the body. */
  readonly requestHash: Buffer;
}

/** @returns undefined when the request does not ask for it: not a POST, or no `Idempotency-Key` */
export function idempotentRequest({ caller, request }: Call): IdempotentRequest | undefined {
  const key = request.get('idempotency-key');
  if (request.method !== 'POST' || key === undefined) return undefined;
  if (!/^[\x21-\x7e]{8,255}$/.test(key)) throw new Refused('MALFORMED_IDEMPOTENCY_KEY');
  // The token counts: a narrow one must not be given what a wider one obtained.
  const { actorKind, actorId, actorName, tokenId, onBehalfOf } = caller.trace;
  const body: unknown = request.body;
  return {
    key,
    keyHash: sha256([actorKind, actorId, actorName, tokenId, onBehalfOf, key]),
    requestHash: sha256([request.method, request.originalUrl, body ?? null]),
  };
}

/**
 * Claims the request, in its command's transaction. A twin that is under way is waited for: its row is there, not yet
 * committed, and the insertion stops at it.
 *
 * @returns the result of the first time, or undefined when this is the first time
 */
export async function claim(
  tx: EntityManager,
  { key, keyHash, requestHash }: IdempotentRequest,
  at: Date,
): Promise<{ readonly result: unknown } | undefined> {
  const expired = new Date(at.getTime() - KEPT_MS);
  await tx.query('delete from idempotency_record where key_hash = $1 and created_at <= $2', [
    keyHash,
    expired,
  ]);
  await tx.query(
    `delete from idempotency_record where key_hash in (
       select key_hash from idempotency_record where created_at <= $1
       order by created_at limit $2 for update skip locked)`,
    [expired, SWEEP],
  );
  const claimed = await tx.query<unknown[]>(
    `insert into idempotency_record (key_hash, request_hash, created_at) values ($1, $2, $3)
     on conflict on constraint idempotency_record_pk do nothing returning 1`,
    [keyHash, requestHash, at],
  );
  if (claimed.length > 0) return undefined;
  const [record] = await tx.query<{ request_hash: Buffer; sealed_result: Buffer }[]>(
    'select request_hash, sealed_result from idempotency_record where key_hash = $1',
    [keyHash],
  );
  // Gone between the two statements: it was expiring, and swept by another command. The sender may try again.
  if (!record) throw new Refused('BUSY').withRetryAfter(1);
  if (!record.request_hash.equals(requestHash)) throw new Refused('IDEMPOTENCY_MISMATCH');
  return { result: unseal(key, keyHash, record.sealed_result) };
}

/** Keeps the result beside the claim, still in the command's transaction. */
export async function keepResult(
  tx: EntityManager,
  { key, keyHash }: IdempotentRequest,
  result: unknown,
): Promise<void> {
  await tx.query('update idempotency_record set sealed_result = $2 where key_hash = $1', [
    keyHash,
    seal(key, keyHash, result),
  ]);
}

const sha256 = (parts: readonly unknown[]): Buffer =>
  createHash('sha256').update(JSON.stringify(parts)).digest();
