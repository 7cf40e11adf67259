import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';

/** Tells what names a known supplier in each of these texts, by text; those that name none are left out. */
export type SupplierNamesAsker = (
  tx: EntityManager,
  texts: readonly string[],
) => Promise<ReadonlyMap<string, string>>;

/**
 * Suppliers are known downstream, by their directory. It says here how to ask it, when it starts: this room then refuses
 * a name that looks like any other words, and imports nothing.
 */
@Injectable()
export class KnownSuppliersService {
  private readonly askers: SupplierNamesAsker[] = [];

  register(asker: SupplierNamesAsker): void {
    this.askers.push(asker);
  }

  /** The names found, by text. */
  async namedIn(tx: EntityManager, texts: readonly string[]): Promise<ReadonlyMap<string, string>> {
    const found = new Map<string, string>();
    for (const ask of this.askers) for (const [text, name] of await ask(tx, texts)) found.set(text, name);
    return found;
  }
}
