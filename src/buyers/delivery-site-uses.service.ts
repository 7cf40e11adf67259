import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';

/** A use of a delivery site by something that may not lose it in silence. */
export interface DeliverySiteUse {
  readonly siteId: string;
  /** French words: « le lot 2 de la consultation « Voirie 2027 » ». */
  readonly words: string;
  /** Whether people may still take the site off there: until they do, it stays. */
  readonly open: boolean;
}

/** Tells which of these sites are in use, and where. */
export type DeliverySiteAsker = (tx: EntityManager, siteIds: readonly string[]) => Promise<DeliverySiteUse[]>;

/**
 * Who uses delivery sites is known downstream. A room that names them says here how to ask it, when it starts: this room
 * then refuses with words, rather than by a foreign key alone, and imports nothing.
 */
@Injectable()
export class DeliverySiteUsesService {
  private readonly askers: DeliverySiteAsker[] = [];

  register(asker: DeliverySiteAsker): void {
    this.askers.push(asker);
  }

  /** Every use of these sites. */
  async of(tx: EntityManager, siteIds: readonly string[]): Promise<DeliverySiteUse[]> {
    if (siteIds.length === 0) return [];
    const uses: DeliverySiteUse[] = [];
    for (const ask of this.askers) uses.push(...(await ask(tx, siteIds)));
    return uses;
  }
}
