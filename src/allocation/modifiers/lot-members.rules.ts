import type { AllocationCost, AllocationMember } from '../member.rules.js';

/** `lots`: only those that have a need in a lot of the cost (law.md §11, 17). `group`: every member of the group. */
export type Scope = 'lots' | 'group';

export function isConcerned(
  { lots, memberKeys }: Pick<AllocationCost, 'lots' | 'memberKeys'>,
  member: AllocationMember,
  scope: Scope,
): boolean {
  if (memberKeys.length > 0 && !memberKeys.includes(member.key)) return false;
  if (scope === 'group') return true;
  return lots.length === 0 ? member.lots.size > 0 : lots.some((lot) => member.lots.has(lot));
}
