import { frenchCount, NBSP } from '../../money/french.js';
import type { AllocationMember } from '../member.rules.js';
import { aboutMember, type AllocationRefusal, refusal } from '../refusals.rules.js';

/** Late joining and withdrawal: a member weighs, or owes under a tariff, in proportion to its days in the group. */
export interface Presence {
  readonly periodDays: bigint;
  /** By member key; absent: the whole period. */
  readonly days: ReadonlyMap<string, bigint>;
}

export function presenceRefusals(
  presence: Presence | null,
  members: readonly AllocationMember[],
): AllocationRefusal[] {
  if (presence === null) return [];
  if (presence.periodDays <= 0n)
    return [
      refusal(
        'presence_out_of_period',
        'la période n’a pas de jour',
        'entrer le début et la fin de la période',
      ),
    ];
  const outside = members.filter((member) => {
    const days = daysOf(presence, member);
    return days < 0n || days > presence.periodDays;
  });
  return outside.map((member) =>
    refusal(
      'presence_out_of_period',
      `${frenchCount(daysOf(presence, member))}${NBSP}jours de présence ne tiennent pas dans une période de ${frenchCount(presence.periodDays)}`,
      'corriger ses dates d’entrée et de sortie',
      aboutMember(member),
    ),
  );
}

/** Integers: days of presence over days of the period, 1 over 1 when nothing is prorated. */
export const daysOf = (presence: Presence | null, { key }: Pick<AllocationMember, 'key'>): bigint =>
  presence === null ? 1n : (presence.days.get(key) ?? presence.periodDays);

export const periodOf = (presence: Presence | null): bigint => presence?.periodDays ?? 1n;

/** « présent 92 jours sur 365 »; null for the whole period. */
export function presenceWords(
  presence: Presence | null,
  member: Pick<AllocationMember, 'key'>,
): string | null {
  const days = daysOf(presence, member);
  if (presence === null || days === presence.periodDays) return null;
  return `présence de ${frenchCount(days)}${NBSP}jour${days > 1n ? 's' : ''} sur ${frenchCount(presence.periodDays)}`;
}
