import { ApiPropertyOptional } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsInt, Max, Min, ValidateBy } from 'class-validator';
import type { Request, Response } from 'express';
import { unkeepable } from './body-shape.js';
import { MayBeAbsent } from './optional.decorators.js';

/** The place after which the next page begins: the sort values of its last row, texts or numbers. */
export type Cursor = readonly (string | number)[];

/** Base64url of the JSON of the values: opaque to callers, who only send it back. */
export const encodeCursor = (cursor: Cursor): string =>
  Buffer.from(JSON.stringify(cursor), 'utf8').toString('base64url');

/** The values, or undefined for what we never made. */
export function decodeCursor(text: string): Cursor | undefined {
  if (!/^[A-Za-z0-9_-]{1,1024}$/.test(text)) return undefined;
  let values: unknown;
  try {
    values = JSON.parse(Buffer.from(text, 'base64url').toString('utf8'));
  } catch {
    return undefined; // not JSON: a caller made it up
  }
  const sound =
    Array.isArray(values) &&
    values.length > 0 &&
    values.every((value) => typeof value === 'string' || Number.isFinite(value)) &&
    unkeepable(values, 'query').length === 0;
  return sound ? (values as Cursor) : undefined;
}

const IsCursor = (): PropertyDecorator =>
  ValidateBy(
    {
      name: 'isCursor',
      validator: {
        validate: (value: unknown) => typeof value === 'string' && decodeCursor(value) !== undefined,
      },
    },
    {
      message:
        'Ce curseur n’est pas l’un de ceux que Halle donne\u00a0: reprenez le lien «\u00a0next\u00a0».',
    },
  );

/** A query value written in digits, as the number that its class then checks. */
export const WholeNumber = (): PropertyDecorator =>
  Transform(({ value }: { value: unknown }) =>
    typeof value === 'string' && /^-?\d{1,9}$/.test(value) ? Number(value) : value,
  );

/** `?limit=50&after=…`: to be extended by the query of a list. */
export class PageQuery {
  @ApiPropertyOptional({
    type: 'integer',
    minimum: 1,
    maximum: 200,
    default: 50,
    description: 'Nombre d’éléments par page, de 1 à 200.',
    example: 50,
  })
  @MayBeAbsent()
  @WholeNumber()
  @IsInt()
  @Min(1)
  @Max(200)
  limit = 50;

  @ApiPropertyOptional({
    type: 'string',
    description:
      'Curseur de la page suivante, tel que donné par la page précédente. Absent\u00a0: première page.',
    example: 'WyIyMTUzMDEzMDAwMDAxMiJd',
  })
  @MayBeAbsent()
  @IsCursor()
  after?: string;
}

/** The sort values after which the page begins; undefined for the first page. */
export const cursorOf = (query: PageQuery): Cursor | undefined =>
  query.after === undefined ? undefined : decodeCursor(query.after);

/** One page. `next` is the cursor of the next page, null on the last. */
export interface Page<T> {
  readonly items: readonly T[];
  readonly next: string | null;
}

/**
 * Turns rows into a page.
 *
 * @param rows at most `limit + 1`, in the order of the list: the one too many says that there is a next page
 * @param place the sort values of a row, which must tell it from any other
 */
export function pageOf<T>(
  call: Linked,
  query: PageQuery,
  rows: readonly T[],
  place: (row: T) => Cursor,
): Page<T> {
  const items = rows.slice(0, query.limit);
  return nextPage(call, items, rows.length > query.limit ? place(items.at(-1)!) : null);
}

interface Linked {
  readonly request: Request;
  readonly response: Response;
}

/**
 * A page, with `Link: <…>; rel="next"` (RFC 8288) that keeps the other parameters of the query.
 *
 * @param after the place after which the next page begins; null on the last page
 */
export function nextPage<T>(
  { request, response }: Linked,
  items: readonly T[],
  after: Cursor | null,
): Page<T> {
  if (after === null) return { items, next: null };
  const next = encodeCursor(after);
  const url = new URL(request.originalUrl, 'http://halle.invalid');
  url.searchParams.set('after', next);
  response.append('Link', `<${url.pathname}${url.search}>; rel="next"`);
  return { items, next };
}
