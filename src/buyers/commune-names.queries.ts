import { communeKeys } from './national-reference.js';
import { searchKey } from './search-key.rules.js';

/**
 * Whether the national reference has a commune of that name, accents, capitals and hyphens forgiven; former communes count,
 * for people still live there.
 */
export const isCommuneName = (name: string): boolean => communeKeys().has(searchKey(name));
