import { canonicalJson, type Json } from './canonical.rules.js';

interface ToldMember {
  readonly buyer: string;
  readonly signature: Json;
  readonly decision: Json;
}

interface ToldCoordinator {
  readonly buyer: string;
  /** Absent from what was published before coordinators that are no members could sign. */
  readonly signature?: Json;
}

/** The part of what was published that tells with whom it was launched. */
export interface ToldGroup {
  readonly group: { readonly id: string; readonly coordinator: ToldCoordinator };
  readonly agreement: { readonly number: number | null } & { readonly [key: string]: Json };
  readonly members: readonly ToldMember[];
}

/** The same, as it is kept now. */
export interface KeptGroup {
  readonly groupId: string;
  readonly coordinator: Required<ToldCoordinator>;
  readonly agreement: Json;
  readonly members: readonly (ToldMember & {
    /** It left after the launch, came back or was invited again: another membership, decided otherwise. */
    readonly anew: boolean;
    /** It signed that version again since it came back. */
    readonly signedAnew: boolean;
    /** It left, though the launch bound it: it had not renounced, and the launch was not over. */
    readonly leftBound: boolean;
  })[];
}

/**
 * Whether what the launch rests on is still what was published: its members, what each decided and signed, the version of
 * the agreement, the coordinator. What lawfully comes afterwards takes nothing from it: avenants, late signatures of
 * others, withdrawals once nothing binds, members that come back, names and titles that change.
 */
export function groupHolds({ group, agreement, members }: Partial<ToldGroup>, kept: KeptGroup): boolean {
  if (!group || !agreement || !members) return false;
  return (
    group.id === kept.groupId &&
    coordinatorHolds(group.coordinator, members, kept.coordinator) &&
    same(agreement, kept.agreement) &&
    members.length === kept.members.length &&
    members.every((member) => {
      const now = kept.members.find(({ buyer }) => buyer === member.buyer);
      return (
        now !== undefined &&
        !now.leftBound &&
        (now.anew || same(member.decision, now.decision)) &&
        ((now.anew && now.signedAnew) || same(member.signature, now.signature))
      );
    })
  );
}

/** One that is a member is judged as such. */
const coordinatorHolds = (
  told: ToldCoordinator,
  members: readonly ToldMember[],
  kept: Required<ToldCoordinator>,
): boolean =>
  told.buyer === kept.buyer &&
  (told.signature === undefined ||
    members.some(({ buyer }) => buyer === told.buyer) ||
    same(told.signature, kept.signature));

const same = (one: Json, other: Json): boolean => canonicalJson(one) === canonicalJson(other);
