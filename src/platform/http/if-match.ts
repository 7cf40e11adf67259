import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { ApiHeader } from '@nestjs/swagger';
import type { Request } from 'express';
import { Refused } from '../refusals/refused.js';

/**
 * The version that `If-Match` names (RFC 9110 §13.1.1): one strong entity tag, as `ETag` gave it.
 *
 * @throws {Refused} VERSION_REQUIRED (428, RFC 6585 §3) without the header; MALFORMED_VERSION (400) for a list, `*` or a
 * weak tag, which none of our versions can strongly match
 */
export function versionFrom(header: string | undefined): number {
  if (header === undefined) throw new Refused('VERSION_REQUIRED');
  const [, digits] = /^"(0|[1-9]\d{0,8})"$/.exec(header.trim()) ?? [];
  if (digits === undefined) throw new Refused('MALFORMED_VERSION');
  return Number(digits);
}

const Version = createParamDecorator((_: unknown, context: ExecutionContext): number =>
  versionFrom(context.switchToHttp().getRequest<Request>().headers['if-match']),
);

/** The version that the caller says it modifies: `@IfMatch() version: number`. Documents the header too. */
export function IfMatch(): ParameterDecorator {
  return (target, property, index) => {
    Version()(target, property, index);
    if (property === undefined) return;
    ApiHeader({
      name: 'If-Match',
      required: true,
      description:
        'ETag de la dernière lecture. Absent\u00a0: 428\u00a0; dépassé\u00a0: 412, avec l’état actuel.',
      example: '"3"',
      schema: { type: 'string', pattern: '^"\\d+"$' },
    })(target, property, Object.getOwnPropertyDescriptor(target, property)!);
  };
}

const VersionOnceItExists = createParamDecorator((_: unknown, context: ExecutionContext): number | null => {
  const header = context.switchToHttp().getRequest<Request>().headers['if-match'];
  return header === undefined ? null : versionFrom(header);
});

/**
 * For what a first PUT makes: null without the header, which the service then refuses (VERSION_REQUIRED) if the thing
 * exists. Its version before it exists is 0.
 */
export function IfMatchOnceItExists(): ParameterDecorator {
  return (target, property, index) => {
    VersionOnceItExists()(target, property, index);
    if (property === undefined) return;
    ApiHeader({
      name: 'If-Match',
      required: false,
      description:
        'ETag de la dernière lecture, sauf à la première écriture. Absent ensuite\u00a0: 428\u00a0; dépassé\u00a0: 412, avec l’état actuel.',
      example: '"3"',
      schema: { type: 'string', pattern: '^"\\d+"$' },
    })(target, property, Object.getOwnPropertyDescriptor(target, property)!);
  };
}
