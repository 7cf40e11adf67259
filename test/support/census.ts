import { createHash, randomUUID } from 'node:crypto';
import type { DataSource } from 'typeorm';

export interface Census {
  readonly consultationId: string;
  readonly buyerId: string;
  /** Lots 1 and 2, which the buyer joined; the last one has a single item. */
  readonly lotIds: readonly [string, string];
  /** of lot 1, B-1 of lot 2. */
  readonly itemIds: readonly [string, string, string];
}

/** A consultation of two lots that a member joined, without census. */
export async function declarable(
  source: DataSource,
  { groupId, buyerId }: { readonly groupId: string; readonly buyerId: string },
): Promise<Census> {
  const of: Census = {
    ...{ consultationId: randomUUID(), buyerId },
    lotIds: [randomUUID(), randomUUID()],
    itemIds: [randomUUID(), randomUUID(), randomUUID()],
  };
  await source.query(
    `insert into consultation (id, group_id, title, firm_years, renewals) values ($1, $2, $3, 1, 3)`,
    [of.consultationId, groupId, `Achats ${of.consultationId}`],
  );
  await source.query(
    `insert into lot (id, consultation_id, number, title, cpv_code, family, contract_form)
     select id, $1, n, 'Sel, part ' || n, '34927100', 'fournitures', 'bons_de_commande'
     from unnest($2::uuid[]) with ordinality as given (id, n)`,
    [of.consultationId, of.lotIds],
  );
  await source.query(
    `insert into item (id, consultation_id, lot_id, position, code, designation, unit, packaging, unit_price, vat_rate, m57_nature)
     select id, $1, lot_id, n, code, 'Sel ' || code, 'sac', '40', 6.15, 20, '60633'
     from unnest($2::uuid[], $3::uuid[], $4::text[]) with ordinality as given (id, lot_id, code, n)`,
    [of.consultationId, of.itemIds, [of.lotIds[0], of.lotIds[0], of.lotIds[1]], ['A-1', 'A-2', 'B-1']],
  );
  await joinLots(source, of, buyerId);
  return of;
}

export const joinLots = (source: DataSource, of: Census, buyerId: string) =>
  source.query(
    `insert into lot_participation (consultation_id, lot_id, buyer_id, form_signed_on)
     select $1, lot, $3, '2026-07-01' from unnest($2::uuid[]) as lot`,
    [of.consultationId, of.lotIds, buyerId],
  );

/** Opens its census, with a deadline that many seconds from now. */
export const openCensus = (source: DataSource, of: Census, seconds = 3600, validationRequired = false) =>
  source.query(
    `insert into need_campaign (consultation_id, opened_at, deadline, validation_required)
     values ($1, now() - interval '30 days', now() + make_interval(secs => $2), $3)`,
    [of.consultationId, seconds, validationRequired],
  );

/** Moves its deadline to that many seconds from now: before it, the past. */
export const moveCensus = (source: DataSource, of: Census, seconds: number) =>
  source.query(
    `update need_campaign set deadline = now() + make_interval(secs => $2) where consultation_id = $1`,
    [of.consultationId, seconds],
  );

/** A version that was transmitted, as nobody has said anything of it. */
export async function transmitted(source: DataSource, of: Census, kind = 'transmission'): Promise<void> {
  const content = '{"lines": [], "lots": []}';
  await source.query(
    `insert into need_declaration (consultation_id, buyer_id, started_at) values ($1, $2, now())`,
    [of.consultationId, of.buyerId],
  );
  await source.query(
    `insert into need_version (id, consultation_id, buyer_id, number, kind, revision, content, sha256, receipt,
                               transmitted_at, channel, reason)
     values (gen_random_uuid(), $1, $2, 1, $3, 0, $4, $5, $6, now(), 'api', 'oubli')`,
    [
      ...[of.consultationId, of.buyerId, kind, content],
      ...[createHash('sha256').update(content).digest('hex'), `AR-${randomUUID()}`],
    ],
  );
}
