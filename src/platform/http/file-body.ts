import { applyDecorators, SetMetadata } from '@nestjs/common';
import type { DiscoveryService, MetadataScanner } from '@nestjs/core';
import { ApiBody, ApiConsumes } from '@nestjs/swagger';
import { raw, type Request, type RequestHandler } from 'express';
import { FILE_TYPES, routesOf } from '../access/routes.js';
import { Refused } from '../refusals/refused.js';
import { patternOf } from './allowed-methods.js';
import { routePath } from './api-prefix.js';

export const CSV_TYPE = 'text/csv';
export const XLSX_TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/** The largest file of a request, in bytes. */
export const FILE_LIMIT = 5 * 1024 * 1024;

/** A route whose body is a spreadsheet as it is on disk, in one of two types: see {@link fileOf}. */
export const SpreadsheetBody = (example: string): MethodDecorator =>
  applyDecorators(
    SetMetadata(FILE_TYPES, [CSV_TYPE, XLSX_TYPE]),
    ApiConsumes(CSV_TYPE, XLSX_TYPE),
    ApiBody({ required: true, schema: { type: 'string', format: 'binary', example } }),
  );

/** The file that a request brought to such a route. @throws {Refused} FILE_EMPTY (400) without one */
export function fileOf(request: Request): { readonly bytes: Buffer; readonly type: string } {
  const body: unknown = request.body;
  if (!Buffer.isBuffer(body) || body.length === 0) throw new Refused('FILE_EMPTY');
  return { bytes: body, type: typeOf(request) };
}

const typeOf = (request: Request): string =>
  (request.headers['content-type'] ?? '').split(';', 1)[0]!.trim().toLowerCase();

/**
 * Reads the bodies of the routes that take a file, and refuses (415) those of another type; every other request goes on
 * to `json`.
 */
export function fileBodies(
  discovery: DiscoveryService,
  scanner: MetadataScanner,
  json: RequestHandler,
): RequestHandler {
  const known = routesOf(discovery, scanner).flatMap(({ method, path, fileTypes }) =>
    fileTypes ? [{ method, pattern: patternOf(routePath(path)), fileTypes }] : [],
  );
  const read = raw({ type: () => true, limit: FILE_LIMIT });
  return (request, response, next) => {
    const path = request.originalUrl.split('?', 1)[0]!;
    const route = known.find(({ method, pattern }) => method === request.method && pattern.test(path));
    if (!route) json(request, response, next);
    else if (route.fileTypes.includes(typeOf(request))) read(request, response, next);
    else next(new Refused('FILE_TYPE_UNSUPPORTED'));
  };
}
