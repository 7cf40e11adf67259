import type { ArgumentMetadata, PipeTransform } from '@nestjs/common';
import { isUUID } from 'class-validator';
import { Refused } from '../refusals/refused.js';

/**
 * Path parameters named `id` or `…Id` are UUIDs: anything else names nothing, so 404, and never reaches SQL. By the name,
 * so that no route can forget it.
 */
export class PathIds implements PipeTransform {
  transform(value: unknown, { type, data }: ArgumentMetadata): unknown {
    if (type === 'param' && data !== undefined && /(^id|Id)$/.test(data) && !isUUID(value))
      throw new Refused('NOT_FOUND');
    return value;
  }
}
