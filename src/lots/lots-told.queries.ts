import type { EntityManager } from 'typeorm';
import type { Told } from '../platform/journal/changes.js';

/** The lots of a consultation as the journal tells them. */
export const toldLots = (tx: EntityManager, consultationId: string): Promise<Told[]> =>
  tx.query<Told[]>(
    `select id as "subjectId", null as "buyerId",
            jsonb_build_object('number', number, 'title', title, 'cpvCode', cpv_code, 'family', family,
              'contractForm', contract_form)
              || jsonb_strip_nulls(jsonb_build_object('purchaseFamily', purchase_family,
                   'reservedClusterId', reserved_cluster_id, 'deliverySites',
                   (select jsonb_agg(coalesce(b.name, c.name) || ', ' || s.label order by search_key(coalesce(b.name, c.name)) collate "C", s.label collate "C")
                    from lot_delivery_site d join delivery_site s on s.id = d.delivery_site_id
                    left join buyer b on b.id = s.buyer_id left join cluster c on c.id = s.cluster_id
                    where d.lot_id = lot.id))) as state
     from lot where consultation_id = $1 order by number`,
    [consultationId],
  );

/**
 * Its items. Their place in the catalogue is left out: one line inserted at the top would tell of every other. An item
 * whose lot was just removed is told without one.
 */
export const toldItems = (tx: EntityManager, consultationId: string): Promise<Told[]> =>
  tx.query<Told[]>(`${TOLD_ITEM} where item.consultation_id = $1 order by position`, [consultationId]);

const TOLD_ITEM = `select item.id as "subjectId", null as "buyerId",
    jsonb_build_object('code', code, 'lot', lot.number, 'designation', designation, 'unit', unit,
      'packaging', packaging, 'unitPrice', trim_scale(unit_price)::text, 'vatRate', trim_scale(vat_rate)::text,
      'm57Nature', m57_nature)
      || jsonb_strip_nulls(jsonb_build_object('unitCode', unit_code, 'cpvCode', item.cpv_code,
           'purchaseFamily', item.purchase_family, 'reuseShare', trim_scale(reuse_share)::text)) as state
  from item left join lot on lot.id = item.lot_id`;

/** One of them; null when there is none. */
export async function toldItem(tx: EntityManager, itemId: string): Promise<Told | null> {
  const [told] = await tx.query<Told[]>(`${TOLD_ITEM} where item.id = $1`, [itemId]);
  return told ?? null;
}

/** Facts of a participation that are personal data, to be named in its journal entries. */
export const PARTICIPATION_PERSONAL = ['signatory'] as const;

/**
 * The lots that each buyer joined, with the day its form was signed on, when it is known. Who signed it is told so that
 * a change of it is seen: {@link PARTICIPATION_PERSONAL}.
 */
export const toldParticipations = (tx: EntityManager, consultationId: string): Promise<Told[]> =>
  tx.query<Told[]>(
    `select p.consultation_id as "subjectId", p.buyer_id as "buyerId",
            jsonb_object_agg('lot ' || lot.number, p.form_signed_on)
              || jsonb_strip_nulls(jsonb_build_object('signatory',
                   max(p.signatory_name || ', ' || p.signatory_capacity))) as state
     from lot_participation p join lot on lot.id = p.lot_id where p.consultation_id = $1
     group by p.consultation_id, p.buyer_id order by p.buyer_id`,
    [consultationId],
  );
