import type { INestApplication } from '@nestjs/common';

/** Where the rooms' controllers are served. */
export const API_PREFIX = 'api/v1';

/** What stays outside: for the machines that watch this one. */
const OUTSIDE_API = ['health/live', 'health/ready', 'metrics'];

/** @param url path of a request, with or without its query */
export const isApi = (url: string): boolean => /^\/api\/v1(?=[/?]|$)/.test(url);

/** Where a route is served, from its path as its controller declares it: `/health/live`, `/api/v1/groups/:id`. */
export const routePath = (path: string): string =>
  OUTSIDE_API.includes(path.slice(1)) ? path : `/${API_PREFIX}${path}`;

export function placeRoutes(app: INestApplication): void {
  app.setGlobalPrefix(API_PREFIX, { exclude: OUTSIDE_API });
}
