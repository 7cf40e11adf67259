import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { KnownSuppliersService } from '../autonomy/known-suppliers.service.js';
import { nameCandidates } from './supplier-names.rules.js';

/** As the index `supplier_by_bare_name` has it: « SARL Boulangerie Dupont » is known by « boulangerie dupont ». */
const BARE_NAME = 'supplier_bare_name(search_key)';

/** Finds names of the directory in texts that must hold none. */
@Injectable()
export class SupplierNamesService implements OnModuleInit {
  constructor(private readonly known: KnownSuppliersService) {}

  /** The room of what is kept outside learns here which names are known, for it may not ask. */
  onModuleInit(): void {
    this.known.register((tx, texts) => this.namedIn(tx, texts));
  }

  /** What names a supplier of the directory in each of these texts, in its own words; those that name none are left out. */
  async namedIn(tx: EntityManager, texts: readonly string[]): Promise<ReadonlyMap<string, string>> {
    const candidates = new Map(texts.map((text) => [text, nameCandidates(text)]));
    const keys = new Set([...candidates.values()].flatMap((some) => some.map(({ key }) => key)));
    if (keys.size === 0) return new Map();
    const rows = await tx.query<{ key: string }[]>(
      `select ${BARE_NAME} as key from supplier where erased_at is null and ${BARE_NAME} = any($1::text[])`,
      [[...keys]],
    );
    const known = new Set(rows.map(({ key }) => key));
    return new Map(
      [...candidates].flatMap(([text, some]): [string, string][] => {
        const named = some.find(({ key }) => known.has(key));
        return named ? [[text, named.words]] : [];
      }),
    );
  }
}
