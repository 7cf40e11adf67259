import { randomUUID } from 'node:crypto';
import type { DataSource } from 'typeorm';

export interface Publishable {
  readonly consultationId: string;
  /** Lots 1 and 2; the buyer and the coordinator joined both. */
  readonly lotIds: readonly [string, string];
  readonly itemId: string;
  readonly coordinatorId: string;
}

/** A member whose resolution is enforceable; to sign is another step. */
export async function joinGroup(source: DataSource, groupId: string, buyerId: string): Promise<void> {
  await source.query(
    `insert into membership (group_id, buyer_id, joined_at, decision_kind, resolution_on, resolution_number,
                             sent_to_prefecture_on, enforceable_on)
     values ($1, $2, '2026-06-25', 'resolution', '2026-06-22', '17', '2026-06-24', '2026-06-24')
     on conflict (group_id, buyer_id) do update set joined_at = excluded.joined_at, declined_at = null,
       withdrawn_at = null, withdrawal_reason = null, decline_reason = null, decision_kind = excluded.decision_kind,
       resolution_on = excluded.resolution_on, resolution_number = excluded.resolution_number,
       sent_to_prefecture_on = excluded.sent_to_prefecture_on, enforceable_on = excluded.enforceable_on`,
    [groupId, buyerId],
  );
}

/** Makes a buyer one that is invited, whatever it was launched with: that is over, and it withdrew. */
export async function inviteAnew(source: DataSource, groupId: string, buyerId: string): Promise<void> {
  await source.query(`update group_launch set ended_at = now() where group_id = $1 and ended_at is null`, [
    groupId,
  ]);
  await source.query(
    `update membership set withdrawn_at = now()
     where group_id = $1 and buyer_id = $2 and joined_at is not null and withdrawn_at is null`,
    [groupId, buyerId],
  );
  await source.query(
    `update membership set invited_at = now(), interested_at = null, joined_at = null, declined_at = null,
       withdrawn_at = null, withdrawal_reason = null, decline_reason = null, decision_kind = null,
       resolution_on = null, resolution_number = null, sent_to_prefecture_on = null, enforceable_on = null
     where group_id = $1 and buyer_id = $2`,
    [groupId, buyerId],
  );
}

/** Those buyers sign the latest version of the agreement, made if there is none; again, those that joined since. */
export async function sign(source: DataSource, groupId: string, ...buyerIds: string[]): Promise<void> {
  await source.query(
    `insert into agreement_version (group_id, number, label, summary, adopted_on, recorded_at)
     values ($1, 1, 'Convention constitutive', '', '2026-04-15', now()) on conflict do nothing`,
    [groupId],
  );
  await source.query(
    `insert into agreement_signature (group_id, version_number, buyer_id, signed_on, signatory_name,
                                      signatory_capacity, recorded_at)
     select $1, (select max(number) from agreement_version where group_id = $1), id, '2026-06-30', 'Claire Martin',
            'maire', now()
     from unnest($2::uuid[]) as id
     on conflict (group_id, version_number, buyer_id) do update set recorded_at = excluded.recorded_at
       where agreement_signature.recorded_at < (select m.joined_at from membership m
         where m.group_id = agreement_signature.group_id and m.buyer_id = agreement_signature.buyer_id)`,
    [groupId, buyerIds],
  );
}

export async function takePart(
  source: DataSource,
  consultationId: string,
  lotIds: readonly string[],
  buyerId: string,
): Promise<void> {
  await source.query(
    `insert into lot_participation (consultation_id, lot_id, buyer_id, form_signed_on, signatory_name,
                                    signatory_capacity)
     select $1, lot, $3, '2026-07-01', 'Claire Martin', 'maire' from unnest($2::uuid[]) as lot`,
    [consultationId, lotIds, buyerId],
  );
}

export const need = (source: DataSource, of: Publishable, buyerId: string, standing = 'valid') =>
  source.query(
    `insert into need_line (consultation_id, item_id, buyer_id, lot_id, standing, estimate)
     values ($1, $2, $3, $4, $5, 12.5)`,
    [of.consultationId, of.itemId, buyerId, of.lotIds[0], standing],
  );

/** A consultation of two lots in that group, in which nothing blocks, with its agreement signed by two members. */
export async function publishable(
  source: DataSource,
  { groupId, buyerId }: { readonly groupId: string; readonly buyerId: string },
): Promise<Publishable> {
  const [{ coordinatorId } = { coordinatorId: '' }] = await source.query<{ coordinatorId: string }[]>(
    `select coordinator_id as "coordinatorId" from purchasing_group where id = $1`,
    [groupId],
  );
  for (const id of [buyerId, coordinatorId]) await joinGroup(source, groupId, id);
  await sign(source, groupId, buyerId, coordinatorId);
  const of = {
    ...{ consultationId: randomUUID(), itemId: randomUUID(), coordinatorId },
    lotIds: [randomUUID(), randomUUID()] as const,
  };
  await source.query(
    `insert into consultation (id, group_id, title, object, firm_years, renewals)
     values ($1, $2, $3, 'Végétaux et arbustes', 1, 2)`,
    [of.consultationId, groupId, `Végétaux ${of.consultationId}`],
  );
  await source.query(
    `insert into lot (id, consultation_id, number, title, cpv_code, family, contract_form, purchase_family)
     select id, $1, n, 'Végétaux, part ' || n, '03451000', 'fournitures', 'bons_de_commande', 'végétaux'
     from unnest($2::uuid[]) with ordinality as given (id, n)`,
    [of.consultationId, of.lotIds],
  );
  await source.query(
    `insert into lot_terms (lot_id, consultation_id, maximum, holders, order_shares, vat_basis, price_kind,
                            price_formula, environmental_clause, advance_rate, advance_rate_sme, advance_basis, version)
     select id, $1, 30000, 'single', '{}', 'net', 'revisable', 'P = P0 × I / I0',
            'Contenants repris et réemployés par le titulaire.', 20, 20, 'per_order', 1
     from unnest($2::uuid[]) as id`,
    [of.consultationId, of.lotIds],
  );
  await source.transaction(async (tx) => {
    await tx.query(`insert into lot_criteria (lot_id, version) select id, 1 from unnest($1::uuid[]) as id`, [
      of.lotIds,
    ]);
    await tx.query(
      `insert into lot_criterion (id, lot_id, position, label, weight, environmental, method)
       select gen_random_uuid(), id, 1, 'Coût du cycle de vie', 100, true, 'Note sur le coût total.'
       from unnest($1::uuid[]) as id`,
      [of.lotIds],
    );
  });
  await source.query(
    `insert into item (id, consultation_id, lot_id, position, code, designation, unit, packaging, unit_price,
                       vat_rate, m57_nature)
     values ($1, $2, $3, 1, 'V-1', 'Rosier', 'unité', '1', 10.5, 10, '60628')`,
    [of.itemId, of.consultationId, of.lotIds[0]],
  );
  await source.query(
    `insert into procedure_choice (consultation_id, procedure, electronic, offers_limit, version)
     values ($1, 'adapted', true, '2030-01-31T12:00:00+01:00', 1)`,
    [of.consultationId],
  );
  for (const id of [buyerId, coordinatorId]) await takePart(source, of.consultationId, of.lotIds, id);
  await need(source, of, buyerId);
  return of;
}
