import { isUtf8 } from 'node:buffer';
import type { RequestHandler } from 'express';
import { Refused } from '../refusals/refused.js';

/** RFC 8259 §11; `charset` is tolerated as long as it is UTF-8, the only one that JSON knows. */
const JSON_TYPE = /^application\/json(\s*;\s*charset="?utf-8"?)?\s*$/i;

/** Refuses (415) a body that does not say that it is JSON: one that no parser reads would pass for an empty one. */
export const onlyJson: RequestHandler = (request, _response, next) => {
  const { 'transfer-encoding': encoding, 'content-length': length, 'content-type': type } = request.headers;
  const hasBody = encoding !== undefined || (length !== undefined && length !== '0');
  next(hasBody && !JSON_TYPE.test(type ?? '') ? new Refused('UNSUPPORTED_MEDIA_TYPE') : undefined);
};

/**
 * RFC 8259 §8.1: JSON is UTF-8. Decoding would put U+FFFD in the place of other bytes, and a name would be kept wrong.
 *
 * @throws {Refused} MALFORMED_UTF8
 */
export const onlyUtf8 = (_request: unknown, _response: unknown, bytes: Buffer): void => {
  if (!isUtf8(bytes)) throw new Refused('MALFORMED_UTF8');
};
