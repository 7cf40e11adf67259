import type { Key } from './permissions.rules.js';

/** Every key of the permission table may be named by a route, in any room. */
declare module '../platform/access/permission-key.js' {
  // eslint-disable-next-line @typescript-eslint/no-empty-object-type -- its members are the keys of the table
  interface PermissionKeys extends Record<Key, true> {}
}
