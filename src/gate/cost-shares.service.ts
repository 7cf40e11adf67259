import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Check } from '../law/check.js';

/** Judges the shares of the costs of a consultation; null while nothing is shared. */
export type CostSharesJudge = (tx: EntityManager, consultationId: string) => Promise<Check | null>;

/**
 * How costs are shared is known downstream, where the keys are. That room says here how to ask it, when it starts: the
 * control then answers its rule on shares, and imports nothing.
 */
@Injectable()
export class CostSharesAsker {
  private readonly judges: CostSharesJudge[] = [];

  register(judge: CostSharesJudge): void {
    this.judges.push(judge);
  }

  async checks(tx: EntityManager, consultationId: string): Promise<Check[]> {
    const checks: Check[] = [];
    for (const judge of this.judges) {
      const check = await judge(tx, consultationId);
      if (check) checks.push(check);
    }
    return checks;
  }
}
