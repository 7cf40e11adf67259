import { RequestMethod, type Type } from '@nestjs/common';
import { METHOD_METADATA, PATH_METADATA } from '@nestjs/common/constants.js';
import { DiscoveryService, MetadataScanner } from '@nestjs/core';
import type { PermissionKey } from './permission-key.js';
import { PublicRoute, RequiredKey } from './requires.js';

/** Metadata of a route whose body is a file: the types that it takes. */
export const FILE_TYPES = 'halle:file-types';

/** A route as its controller declares it; `path` without the global prefix, with its `:parameters`. */
export interface Route {
  readonly controller: string;
  readonly handler: string;
  readonly method: string;
  readonly path: string;
  readonly key: PermissionKey | undefined;
  /** Why it needs no account; undefined when it needs one. */
  readonly publicReason: string | undefined;
  /** Types of the file that its body is; undefined when it is JSON or nothing. */
  readonly fileTypes: readonly string[] | undefined;
}

/** Every route of the application, read from its controllers. */
export function routesOf(discovery: DiscoveryService, scanner: MetadataScanner): Route[] {
  return discovery.getControllers().flatMap(({ metatype }) => {
    const type = metatype as Type;
    const prototype = type.prototype as Record<string, object>;
    return scanner.getAllMethodNames(prototype).flatMap((handler) => {
      const method = prototype[handler]!;
      const verb = Reflect.getMetadata(METHOD_METADATA, method) as RequestMethod | undefined;
      if (verb === undefined) return [];
      const parts = [
        Reflect.getMetadata(PATH_METADATA, type),
        Reflect.getMetadata(PATH_METADATA, method),
      ] as string[];
      const path = parts.map((part) => part.replace(/^\/|\/$/g, '')).filter((part) => part !== '');
      return {
        controller: type.name,
        handler,
        method: RequestMethod[verb],
        path: `/${path.join('/')}`,
        key: Reflect.getMetadata(RequiredKey.KEY, method) as PermissionKey | undefined,
        publicReason: (Reflect.getMetadata(PublicRoute.KEY, method) ??
          Reflect.getMetadata(PublicRoute.KEY, type)) as string | undefined,
        fileTypes: Reflect.getMetadata(FILE_TYPES, method) as readonly string[] | undefined,
      };
    });
  });
}

/** What stops the start: routes that name no right, or that are both public and reserved. */
export const routeFaults = (routes: readonly Route[]): string[] =>
  routes.flatMap((route) => {
    const where = `${route.method} ${route.path} (${route.controller}.${route.handler})`;
    if (route.key === undefined && route.publicReason === undefined)
      return [`${where} names no right: @Requires or @Public`];
    if (route.key !== undefined && route.publicReason !== undefined)
      return [`${where} is public and requires a right`];
    return [];
  });
