import type { EntityManager } from 'typeorm';
import { entriesBetween, type JournalState, type Told } from '../platform/journal/changes.js';
import type { Journal } from '../platform/journal/journal.js';
import type { Trace } from '../platform/journal/trace.js';

/** Where people bring goods may name one of them: that an address changed is told, never what it was. */
const PERSONAL_FACTS = ['siteAddresses'];

/**
 * What the journal tells of buyers; to be read before and after a command. A list that is empty is not told, so that what
 * changes is all that is written.
 */
async function buyersTold(tx: EntityManager, ids: readonly string[]): Promise<Told[]> {
  const rows = await tx.query<{ id: string; state: JournalState }[]>(
    `select b.id, jsonb_strip_nulls(jsonb_build_object(
       'siret', b.siret, 'siren', b.siren, 'inseeCode', b.insee_code, 'name', b.name, 'buyerKind', b.kind,
       'appliesCode', case when b.applies_code then true end,
       'establishments', (select jsonb_object_agg(e.siret, e.label
          || coalesce(', service ' || e.chorus_service_code, '')
          || case when e.engagement_required then ', engagement exigé' else '' end)
          from buyer_establishment e where e.buyer_id = b.id),
       'populations', (select jsonb_object_agg(p.kind || ' ' || coalesce(p.vintage::text, 'sans millésime'),
          p.value || coalesce(', en vigueur le ' || p.in_force_on, '') || ', ' || p.source)
          from buyer_population p where p.buyer_id = b.id),
       'formerCodes', (select jsonb_agg(h.insee_code order by h.insee_code) from buyer_code_history h where h.buyer_id = b.id),
       'deliverySites', (select jsonb_agg(s.label order by s.label collate "C") from delivery_site s where s.buyer_id = b.id and s.retired_at is null),
       'siteAddresses', (select jsonb_agg(jsonb_build_array(s.id, s.label, s.address, s.hours) order by s.id)
          from delivery_site s where s.buyer_id = b.id and s.retired_at is null),
       'councilSessions', (select jsonb_agg(c.held_on order by c.held_on) from council_session c where c.buyer_id = b.id)
     )) as state
     from buyer b where b.id = any($1) order by b.id`,
    [ids],
  );
  return rows.map(({ id, state }) => ({ subjectId: id, buyerId: id, state }));
}

/** The same for clusters, which concern no one buyer. */
async function clustersTold(tx: EntityManager, ids: readonly string[]): Promise<Told[]> {
  const rows = await tx.query<{ id: string; state: JournalState }[]>(
    `select c.id, jsonb_strip_nulls(jsonb_build_object(
       'name', c.name, 'leadBuyerId', c.lead_buyer_id,
       'members', (select jsonb_agg(m.buyer_id order by m.buyer_id) from cluster_member m where m.cluster_id = c.id),
       'deliverySites', (select jsonb_agg(s.label order by s.label collate "C") from delivery_site s where s.cluster_id = c.id and s.retired_at is null),
       'siteAddresses', (select jsonb_agg(jsonb_build_array(s.id, s.label, s.address, s.hours) order by s.id)
          from delivery_site s where s.cluster_id = c.id and s.retired_at is null)
     )) as state
     from cluster c where c.id = any($1)`,
    [ids],
  );
  return rows.map(({ id, state }) => ({ subjectId: id, buyerId: null, state }));
}

/**
 * Does the work, then writes one entry per buyer or cluster that it changed.
 *
 * @param ids of what the work may change or make
 */
export async function telling<T>(
  journal: Journal,
  tx: EntityManager,
  trace: Trace,
  at: Date,
  { subject, key, ids }: { subject: 'buyer' | 'cluster'; key: string; ids: readonly string[] },
  work: () => Promise<T>,
): Promise<T> {
  const tell = subject === 'buyer' ? buyersTold : clustersTold;
  const before = await tell(tx, ids);
  const result = await work();
  const entries = entriesBetween({ groupId: null, subject, key }, before, await tell(tx, ids));
  await journal.write(
    tx,
    trace,
    at,
    entries.map((entry) => ({ ...entry, personal: PERSONAL_FACTS })),
  );
  return result;
}
