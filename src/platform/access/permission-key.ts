/**
 * The keys that routes name. The one permission table, `accounts/permissions.rules.ts`, adds its keys here (declaration
 * merging, in `accounts/permission-keys.ts`): a room upstream of `accounts` names a key without importing it, and a key
 * that the table does not hold does not compile.
 */
// eslint-disable-next-line @typescript-eslint/no-empty-object-type -- filled by declaration merging
export interface PermissionKeys {}

export type PermissionKey = keyof PermissionKeys;
