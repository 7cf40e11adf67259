import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Trace } from '../platform/journal/trace.js';

/** A consultation that was just copied, in the same transaction: lots kept their numbers, items their codes. */
export interface CopiedConsultation {
  readonly sourceId: string;
  readonly id: string;
  readonly groupId: string;
}

/** Copies what a room says of a consultation, and tells the journal. */
export type CopyFollower = (
  tx: EntityManager,
  trace: Trace,
  at: Date,
  copied: CopiedConsultation,
) => Promise<void>;

/**
 * What was said of the lots of last year is known downstream. A room that says something of them registers here, when it
 * starts, how to say it again of their copies: this room imports nothing of it.
 */
@Injectable()
export class CopyFollowersService {
  private readonly followers: CopyFollower[] = [];

  register(follower: CopyFollower): void {
    this.followers.push(follower);
  }

  async follow(...copy: Parameters<CopyFollower>): Promise<void> {
    for (const follower of this.followers) await follower(...copy);
  }
}
