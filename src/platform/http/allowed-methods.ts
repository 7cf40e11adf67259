import { Injectable } from '@nestjs/common';
import { DiscoveryService, MetadataScanner } from '@nestjs/core';
import { routesOf } from '../access/routes.js';
import { routePath } from './api-prefix.js';

/** What an address accepts, for the `Allow` of a 405 (RFC 9110 §15.5.6): Express only knows that nothing matched. */
@Injectable()
export class AllowedMethods {
  private known: readonly { readonly method: string; readonly pattern: RegExp }[] | undefined;

  constructor(
    private readonly discovery: DiscoveryService,
    private readonly scanner: MetadataScanner,
  ) {}

  /** @returns in alphabetical order, HEAD with GET; empty when nothing is at this path */
  of(path: string): string[] {
    this.known ??= routesOf(this.discovery, this.scanner).map((route) => ({
      method: route.method,
      pattern: patternOf(routePath(route.path)),
    }));
    const methods = this.known.filter(({ pattern }) => pattern.test(path)).map(({ method }) => method);
    return [...new Set(methods.includes('GET') ? [...methods, 'HEAD'] : methods)].sort();
  }
}

/** Matches the addresses of a route: `/groups/:id`. */
export const patternOf = (path: string): RegExp =>
  new RegExp(
    `^${path
      .split('/')
      .map((part) => (part.startsWith(':') ? '[^/]+' : part.replace(/[^\w-]/g, '\\$&')))
      .join('/')}/?$`,
    'i',
  );
