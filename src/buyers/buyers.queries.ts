import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { BuyerKind, Establishment, Population, PopulationKind } from './buyer.rules.js';
import type { KnownBuyer } from './national-entry.rules.js';
import type { Search } from './search-key.rules.js';

export interface DeliverySiteRow {
  readonly id: string;
  readonly label: string;
  readonly address: string;
  readonly hours: string | null;
}

/** A buyer in a list. */
export interface BuyerLine {
  readonly id: string;
  readonly siret: string | null;
  readonly siren: string;
  readonly inseeCode: string | null;
  readonly name: string;
  readonly kind: BuyerKind;
}

/** A buyer, whole. */
export interface BuyerRow extends BuyerLine {
  readonly appliesCode: boolean;
  readonly establishments: readonly Establishment[];
  readonly populations: readonly Population[];
  readonly formerCodes: readonly { readonly inseeCode: string; readonly name: string | null }[];
  readonly deliverySites: readonly DeliverySiteRow[];
  readonly clusters: readonly { readonly id: string; readonly name: string }[];
  readonly version: number;
}

const LINE = `b.id, b.siret, b.siren, b.insee_code as "inseeCode", b.name, b.kind`;

/** SQL: `kindOf` (buyer.rules.ts) of the buyer `b`. */
export const BUYER_KIND = `case when b.kind = 'other' and b.insee_code is not null then 'commune' else b.kind end`;

/** SQL: the latest figure of the buyer `b`; null when nobody gave one. */
export const latestPopulation = (kind: PopulationKind): string =>
  `(select p.value from buyer_population p where p.buyer_id = b.id and p.kind = '${kind}'
    order by p.vintage desc nulls last limit 1)`;

/** SQL: what the buyer `b` is sorted by, `buyerKey` (siret.rules.ts). */
export const BUYER_KEY = 'coalesce(b.insee_code, b.siret, b.siren)';

export const SITES = `json_build_object('id', s.id, 'label', s.label, 'address', s.address, 'hours', s.hours)
  order by s.label collate "C"), '[]') from delivery_site s where s.retired_at is null`;

/** Where a page of the list begins: after this rank, key and id. */
export type BuyerPlace = readonly [rank: number, key: string, id: string];

@Injectable()
export class BuyersQueries {
  async buyer(tx: EntityManager, id: string): Promise<BuyerRow | null> {
    const [row] = await tx.query<BuyerRow[]>(
      `select ${LINE}, b.applies_code as "appliesCode",
              (select coalesce(json_agg(json_build_object('siret', e.siret, 'label', e.label,
                 'chorusServiceCode', e.chorus_service_code, 'engagementRequired', e.engagement_required)
                 order by e.siret), '[]') from buyer_establishment e where e.buyer_id = b.id) as establishments,
              (select coalesce(json_agg(json_build_object('kind', p.kind, 'value', p.value, 'vintage', p.vintage,
                 'inForceOn', p.in_force_on::text, 'source', p.source)
                 order by p.vintage desc nulls last, p.kind), '[]') from buyer_population p where p.buyer_id = b.id) as populations,
              (select coalesce(json_agg(json_build_object('inseeCode', h.insee_code, 'name', h.name)
                 order by h.insee_code), '[]') from buyer_code_history h where h.buyer_id = b.id) as "formerCodes",
              (select coalesce(json_agg(${SITES} and s.buyer_id = b.id) as "deliverySites",
              (select coalesce(json_agg(json_build_object('id', c.id, 'name', c.name) order by c.name collate "C"), '[]')
                 from cluster c join cluster_member m on m.cluster_id = c.id where m.buyer_id = b.id) as clusters,
              b.version
       from buyer b where b.id = $1`,
      [id],
    );
    return row ?? null;
  }

  /**
   * Buyers by name, former names of absorbed communes included, or by the beginning of a code; of one cluster or of all.
   *
   * @returns each with the place that it has in the list
   */
  search(
    tx: EntityManager,
    search: Search | null,
    clusterId: string | null,
    after: BuyerPlace | null,
    limit: number,
  ): Promise<(BuyerLine & { readonly place: BuyerPlace })[]> {
    const [rank, key, id] = after ?? [null, null, null];
    return tx.query(
      `select ${LINE}, json_build_array(b.rank, b.name_key, b.id) as place
       from (
         select buyer.*, case when $1::text is null or name_key = $1 then 0 when starts_with(name_key, $1) then 1 else 2 end as rank
         from buyer
       ) as b
       where ($2::text[] is null or (
               select bool_and(strpos(' ' || b.name_key, ' ' || word) > 0) from unnest($2::text[]) as word
             ) or exists (
               select from buyer_code_history h where h.buyer_id = b.id and h.name is not null and (
                 select bool_and(strpos(' ' || search_key(h.name), ' ' || word) > 0) from unnest($2::text[]) as word)
             ))
         and ($3::text is null or starts_with(b.siren, $3) or starts_with($3, b.siren) or starts_with(b.siret, $3) or starts_with(b.insee_code, $3)
              or exists (select from buyer_establishment e where e.buyer_id = b.id and starts_with(e.siret, $3))
              or exists (select from buyer_code_history h where h.buyer_id = b.id and starts_with(h.insee_code, $3)))
         and ($4::uuid is null or exists (select from cluster_member m where m.buyer_id = b.id and m.cluster_id = $4))
         and ($5::int is null or (b.rank, b.name_key collate "C", b.id) > ($5::int, $6::text collate "C", $7::uuid))
       order by b.rank, b.name_key collate "C", b.id
       limit $8`,
      [
        ...[search?.by === 'name' ? search.key : null, search?.by === 'name' ? search.words : null],
        ...[search?.by === 'code' ? search.code : null, clusterId],
        ...[rank, key, id, limit],
      ],
    );
  }

  /** Our buyers that the national reference may know better: by their SIREN, or their INSEE code. */
  known(tx: EntityManager, sirens: readonly string[], inseeCodes: readonly string[]): Promise<KnownBuyer[]> {
    return tx.query(
      `select b.id, b.siren, b.insee_code as "inseeCode", b.kind, b.name,
              array(select insee_code from buyer_code_history h where h.buyer_id = b.id) as "formerCodes",
              (select coalesce(json_agg(json_build_object('kind', p.kind, 'value', p.value, 'vintage', p.vintage,
                 'source', p.source)), '[]') from buyer_population p where p.buyer_id = b.id) as populations
       from buyer b where b.siren = any($1) or b.insee_code = any($2)
       order by b.id`,
      [sirens, inseeCodes],
    );
  }

  /** Of these SIREN, which buyer of ours is known by them: by SIREN, the oldest of several. */
  async registered(tx: EntityManager, sirens: readonly string[]): Promise<Map<string, string>> {
    const rows = await tx.query<{ siren: string; id: string }[]>(
      `select distinct on (siren) siren, id from buyer where siren = any($1) order by siren, created_at, id`,
      [sirens],
    );
    return new Map(rows.map((row) => [row.siren, row.id]));
  }

  /** The commune, other than this buyer, that has that INSEE code. */
  async holderOfInseeCode(
    tx: EntityManager,
    inseeCode: string,
    exceptId: string | null,
  ): Promise<{ name: string } | null> {
    const [row] = await tx.query<{ name: string }[]>(
      `select b.name from buyer b
       where b.insee_code = $1 and ${BUYER_KIND} = 'commune' and b.id is distinct from $2::uuid
       order by b.created_at, b.id limit 1`,
      [inseeCode, exceptId],
    );
    return row ?? null;
  }

  /** The buyer, other than this one, that has one of these SIRET as its head office or its budget. */
  async holderOfSiret(
    tx: EntityManager,
    sirets: readonly string[],
    exceptId: string | null,
  ): Promise<{ siret: string; name: string } | null> {
    const [row] = await tx.query<{ siret: string; name: string }[]>(
      `select held.siret, b.name
       from (select siret, id from buyer union all select siret, buyer_id from buyer_establishment) as held (siret, id)
       join buyer b on b.id = held.id
       where held.siret = any($1) and held.id is distinct from $2::uuid
       order by held.siret limit 1`,
      [sirets, exceptId],
    );
    return row ?? null;
  }

  /** The buyer that has one of these SIRET as a budget, without it being its head office. */
  async budgetHolder(
    tx: EntityManager,
    sirets: readonly string[],
  ): Promise<{ siret: string; name: string } | null> {
    const [row] = await tx.query<{ siret: string; name: string }[]>(
      `select e.siret, b.name from buyer_establishment e join buyer b on b.id = e.buyer_id
       where e.siret = any($1) and b.siret is distinct from e.siret order by e.siret limit 1`,
      [sirets],
    );
    return row ?? null;
  }
}
