import type { AllocationMember } from '../member.rules.js';

/** An exempt member weighs nothing in any cost; the others share what it would have borne. */
export const isExempt = (exempt: ReadonlySet<string>, { key }: Pick<AllocationMember, 'key'>): boolean =>
  exempt.has(key);

export const EXEMPT_WORDS = 'exempté par la convention';
