import { type KeyChoice, partsOf, ruleOf, type SimpleChoice } from './keys/registry.rules.js';
import type { AllocationCost, AllocationMember } from './member.rules.js';
import { isExempt } from './modifiers/exempt.rules.js';
import { isConcerned } from './modifiers/lot-members.rules.js';
import type { Modifiers } from './modifiers/modifiers.rules.js';
import { daysOf } from './modifiers/prorata.rules.js';
import { aboutCost, aboutMember, type AllocationRefusal, refusal } from './refusals.rules.js';
import type { Pool, PoolPart } from './result.rules.js';

type Circle = Pick<AllocationCost, 'lots' | 'memberKeys'>;

/** Finds who shares each cost and by what weights, once per circle of lots and members; keeps what it must refuse. */
export class Pools {
  private readonly known = new Map<string, Pool>();
  private readonly lacking = new Map<string, AllocationRefusal>();
  /** Weights of which one lacks: it is refused for that, not for being worth nothing. */
  private readonly incomplete = new Set<readonly bigint[]>();
  private readonly empty: AllocationRefusal[] = [];
  private readonly parts: readonly SimpleChoice[];

  constructor(
    choice: KeyChoice,
    private readonly members: readonly AllocationMember[],
    private readonly modifiers: Modifiers,
  ) {
    this.parts = partsOf(choice);
  }

  /** Missing bases once per member, then the costs that nobody can bear. */
  refusals(): AllocationRefusal[] {
    return [...this.lacking.values(), ...this.empty];
  }

  of(cost: AllocationCost, at: number): Pool {
    const pool = this.poolOf(cost);
    const names = {
      ...aboutCost(cost, at),
      memberKeys: pool.sharers.map((position) => this.members[position]!.key),
    };
    if (pool.sharers.length === 0) {
      const problem =
        cost.lots.length === 0
          ? 'aucun membre ne les partage'
          : `aucun membre ne partage ${cost.lots.length > 1 ? 'les lots' : 'le lot'} ${cost.lots.join(', ')}`;
      this.empty.push(
        refusal('nobody_concerned', problem, 'corriger leurs lots, ou les membres exemptés', names),
      );
    } else
      for (const { choice, total, weights } of pool.parts)
        if (total === 0n && !this.incomplete.has(weights))
          this.empty.push(
            refusal(
              'no_base',
              `la clé «\u00a0${ruleOf(choice).name}\u00a0» est nulle pour tous les membres concernés`,
              'entrer la base d’un membre au moins, ou choisir une autre clé',
              names,
            ),
          );
    return pool;
  }

  private poolOf(circle: Circle): Pool {
    const name = `${circle.lots.join(',')}|${circle.memberKeys.join(',')}`;
    const known = this.known.get(name);
    if (known) return known;
    const { exempt, scope } = this.modifiers;
    const sharers: number[] = [];
    for (const [position, member] of this.members.entries())
      if (!isExempt(exempt, member) && isConcerned(circle, member, scope)) sharers.push(position);
    const pool = { sharers, parts: this.parts.map((choice) => this.weigh(choice, sharers, circle.lots)) };
    this.known.set(name, pool);
    return pool;
  }

  private weigh(choice: SimpleChoice, sharers: readonly number[], lots: readonly number[]): PoolPart {
    const rule = ruleOf(choice);
    let [total, missing] = [0n, false];
    const weights = sharers.map((position) => {
      const member = this.members[position]!;
      const weight = rule.weigh(choice, member, lots);
      if (typeof weight !== 'bigint') {
        const about = refusal('base_missing', weight.missing, weight.enter, aboutMember(member));
        this.lacking.set(`${member.key} ${weight.missing}`, about);
        missing = true;
        return 0n;
      }
      const prorated = weight * daysOf(this.modifiers.presence, member);
      total += prorated;
      return prorated;
    });
    if (missing) this.incomplete.add(weights);
    return { choice, weights, total };
  }
}
