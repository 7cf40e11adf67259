import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { CpvSearch } from './cpv.rules.js';

export interface CpvRow {
  readonly code: string;
  readonly label: string;
  /** 0 where the label holds the words themselves, 1 where it holds longer ones: « sel » and « sellerie ». */
  readonly rank: number;
}

@Injectable()
export class CpvQueries {
  /** By rank, then by code, after the given place. */
  search(
    tx: EntityManager,
    search: CpvSearch,
    after: { readonly rank: number; readonly code: string } | null,
    limit: number,
  ): Promise<CpvRow[]> {
    const words = search.by === 'words' ? search.words : [];
    return tx.query<CpvRow[]>(
      `select code, label, rank from (
         select code, label, case when search_text ~ all($2::text[]) then 0 else 1 end as rank from cpv_code
         where starts_with(code, $3) and search_text ~ all($1::text[])) as found
       where $4::integer is null or (rank, code) > ($4, $5) order by rank, code limit $6`,
      [
        words.map((word) => `\\m${word}`),
        words.map((word) => `\\m${word}(s|x|es)?\\M`),
        search.by === 'code' ? search.prefix : '',
        after?.rank ?? null,
        after?.code ?? null,
        limit,
      ],
    );
  }
}
