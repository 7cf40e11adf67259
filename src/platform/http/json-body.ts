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
