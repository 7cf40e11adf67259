import { applyDecorators, SetMetadata } from '@nestjs/common';
import type { DiscoveryService, MetadataScanner } from '@nestjs/core';
import { ApiBody, ApiConsumes } from '@nestjs/swagger';
import type { Request, RequestHandler } from 'express';
import { FILE_TYPES, routesOf } from '../access/routes.js';
import { Refused } from '../refusals/refused.js';
import { patternOf } from './allowed-methods.js';
import { routePath } from './api-prefix.js';

export const CSV_TYPE = 'text/csv';
/** Cells copied from a spreadsheet, tabs between them. */
export const PASTE_TYPE = 'text/plain';
export const XLSX_TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/** The largest file of a request, in bytes. */
export const FILE_LIMIT = 5 * 1024 * 1024;

/**
 * A route whose body is a spreadsheet as it is on disk, in one of two types, or a paste where that is told: see
 * {@link fileOf}.
 */
export const SpreadsheetBody = (example: string, ...others: (typeof PASTE_TYPE)[]): MethodDecorator =>
  applyDecorators(
    SetMetadata(FILE_TYPES, [CSV_TYPE, XLSX_TYPE, ...others]),
    ApiConsumes(CSV_TYPE, XLSX_TYPE, ...others),
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

/** The routes whose body is a file. */
export class FileRoutes {
  private readonly known: readonly {
    readonly method: string;
    readonly pattern: RegExp;
    readonly types: readonly string[];
  }[];

  constructor(discovery: DiscoveryService, scanner: MetadataScanner) {
    this.known = routesOf(discovery, scanner).flatMap(({ method, path, fileTypes }) =>
      fileTypes ? [{ method, pattern: patternOf(routePath(path)), types: fileTypes }] : [],
    );
  }

  /** Types of the file that a request may bring; undefined when its body is JSON. */
  typesOf({ method, originalUrl }: Request): readonly string[] | undefined {
    const path = originalUrl.split('?', 1)[0]!;
    return this.known.find((route) => route.method === method && route.pattern.test(path))?.types;
  }

  /**
   * Refuses a body of another type than its route takes (415), and one that says it is too long (413) before it comes: the
   * parser would read it to its end first. What is no file goes on to `json`.
   */
  orJson(json: RequestHandler): RequestHandler {
    return (request, response, next) => {
      const types = this.typesOf(request);
      if (!types) json(request, response, next);
      else if (!types.includes(typeOf(request))) next(new Refused('FILE_TYPE_UNSUPPORTED'));
      else if (Number(request.headers['content-length'] ?? 0) > FILE_LIMIT)
        next(new Refused('BODY_TOO_LARGE'));
      else next();
    };
  }
}
