import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { PlainDate } from '../calendar/plain-date.js';
import type { ContractForm, LotFamily } from '../lots/lots.rules.js';
import type { CapsTerms } from './caps.rules.js';
import type { LotTermsText } from './terms.rules.js';

/** A lot, as far as its terms depend on it. */
export interface LotPlace {
  readonly lotId: string;
  readonly consultationId: string;
  readonly groupId: string;
  readonly number: number;
  readonly title: string;
  readonly cpvCode: string;
  readonly family: LotFamily;
  readonly contractForm: ContractForm;
  /** Renewals included. */
  readonly months: number;
  readonly plannedLaunchOn: PlainDate | null;
  readonly launchedAt: Date | null;
}

/** Amounts with two decimals, rates without trailing zero. */
export interface LotTermsRow extends LotTermsText {
  readonly version: number;
}

export interface ConsultationTermsRow extends CapsTerms {
  /** Euros, two decimals. */
  readonly operatingSpending: string | null;
  readonly version: number;
}

export interface MemberLimitRow {
  readonly buyerId: string;
  readonly buyerName: string;
  readonly minimum: string | null;
  readonly maximum: string | null;
}

export interface CriterionRow {
  readonly id: string;
  readonly label: string;
  /** Percent, no trailing zero. */
  readonly weight: string;
  readonly environmental: boolean;
  readonly method: string | null;
  readonly placeMotive: string | null;
  readonly placeMotiveBy: string | null;
  readonly placeMotiveByName: string | null;
  readonly placeMotiveAt: Date | null;
}

const PLACE = `lot.id as "lotId", c.id as "consultationId", c.group_id as "groupId", lot.number, lot.title,
  lot.cpv_code as "cpvCode", lot.family, lot.contract_form as "contractForm",
  12 * (c.firm_years + c.renewals) as months, c.planned_launch_on::text as "plannedLaunchOn",
  c.launched_at as "launchedAt"
  from lot join consultation c on c.id = lot.consultation_id`;

const LOT_TERMS = `maximum::text, minimum::text, holders, holder_count as "holderCount", order_sharing as "orderSharing",
  cascade_delay_hours as "cascadeDelayHours",
  array(select trim_scale(share)::text from unnest(order_shares) with ordinality as given (share, place)
        order by place) as "orderShares",
  order_sharing_note as "orderSharingNote", variants, vat_basis as "vatBasis",
  trim_scale(advance_rate)::text as "advanceRate", trim_scale(advance_rate_sme)::text as "advanceRateSme",
  advance_basis as "advanceBasis", trim_scale(retention_rate)::text as "retentionRate",
  trim_scale(retention_rate_sme)::text as "retentionRateSme", penalties, price_kind as "priceKind",
  price_formula as "priceFormula", environmental_clause as "environmentalClause",
  social_clause as "socialClause", social_exemption_ground as "socialExemptionGround",
  social_exemption as "socialExemption", version`;

const LIMIT = `l.buyer_id as "buyerId", b.name as "buyerName", l.minimum::text, l.maximum::text`;

const CRITERION = `c.id, label, trim_scale(weight)::text as weight, environmental, method, place_motive as "placeMotive",
  place_motive_by as "placeMotiveBy", p.name as "placeMotiveByName", place_motive_at as "placeMotiveAt"`;

type OfLot<Row> = Row & { readonly lotId: string };

@Injectable()
export class TermsQueries {
  /** Null when there is no such lot. */
  async lot(tx: EntityManager, lotId: string): Promise<LotPlace | null> {
    const [row] = await tx.query<LotPlace[]>(`select ${PLACE} where lot.id = $1`, [lotId]);
    return row ?? null;
  }

  /** Those of a consultation, by number. */
  lots(tx: EntityManager, consultationId: string): Promise<LotPlace[]> {
    return tx.query<LotPlace[]>(`select ${PLACE} where c.id = $1 order by lot.number`, [consultationId]);
  }

  /** Null when there is no such consultation. */
  async groupOf(tx: EntityManager, consultationId: string): Promise<string | null> {
    const [row] = await tx.query<{ groupId: string }[]>(
      `select group_id as "groupId" from consultation where id = $1`,
      [consultationId],
    );
    return row?.groupId ?? null;
  }

  /** Null when nobody wrote them. */
  async ofLot(tx: EntityManager, lotId: string): Promise<LotTermsRow | null> {
    const [row] = await tx.query<LotTermsRow[]>(`select ${LOT_TERMS} from lot_terms where lot_id = $1`, [
      lotId,
    ]);
    return row ?? null;
  }

  /** Those of a consultation's lots; a lot whose terms nobody wrote has no row. */
  ofLots(tx: EntityManager, consultationId: string): Promise<OfLot<LotTermsRow>[]> {
    return tx.query<OfLot<LotTermsRow>[]>(
      `select lot_id as "lotId", ${LOT_TERMS} from lot_terms
       where lot_id in (select id from lot where consultation_id = $1)`,
      [consultationId],
    );
  }

  /** Null when nobody wrote them. */
  async ofConsultation(tx: EntityManager, consultationId: string): Promise<ConsultationTermsRow | null> {
    const [row] = await tx.query<ConsultationTermsRow[]>(
      `select max_lots_bid as "maxLotsBid", max_lots_awarded as "maxLotsAwarded", tie_rule as "tieRule",
              operating_spending::text as "operatingSpending", version
       from consultation_terms where consultation_id = $1`,
      [consultationId],
    );
    return row ?? null;
  }

  /** By the buyers' names. */
  limits(tx: EntityManager, lotId: string): Promise<MemberLimitRow[]> {
    return tx.query<MemberLimitRow[]>(
      `select ${LIMIT} from lot_member_limit l join buyer b on b.id = l.buyer_id
       where lot_id = $1 order by b.name_key collate "C", b.id`,
      [lotId],
    );
  }

  /** Those of a consultation's lots, by the buyers' names. */
  limitsOfLots(tx: EntityManager, consultationId: string): Promise<OfLot<MemberLimitRow>[]> {
    return tx.query<OfLot<MemberLimitRow>[]>(
      `select lot_id as "lotId", ${LIMIT} from lot_member_limit l join buyer b on b.id = l.buyer_id
       where lot_id in (select id from lot where consultation_id = $1) order by b.name_key collate "C", b.id`,
      [consultationId],
    );
  }

  /** By position. */
  criteria(tx: EntityManager, lotId: string): Promise<CriterionRow[]> {
    return tx.query<CriterionRow[]>(
      `select ${CRITERION} from lot_criterion c left join person p on p.id = c.place_motive_by
       where lot_id = $1 order by position`,
      [lotId],
    );
  }

  /** Those of a consultation's lots, by position in each. */
  criteriaOfLots(tx: EntityManager, consultationId: string): Promise<OfLot<CriterionRow>[]> {
    return tx.query<OfLot<CriterionRow>[]>(
      `select lot_id as "lotId", ${CRITERION} from lot_criterion c left join person p on p.id = c.place_motive_by
       where lot_id in (select id from lot where consultation_id = $1) order by position`,
      [consultationId],
    );
  }

  /** The version of the limits or of the criteria of a lot; 0 when nobody wrote them. */
  async version(tx: EntityManager, of: 'lot_limits' | 'lot_criteria', lotId: string): Promise<number> {
    const [row] = await tx.query<{ version: number }[]>(`select version from ${of} where lot_id = $1`, [
      lotId,
    ]);
    return row?.version ?? 0;
  }

  async participants(tx: EntityManager, lotId: string): Promise<ReadonlySet<string>> {
    const rows = await tx.query<{ buyerId: string }[]>(
      `select buyer_id as "buyerId" from lot_participation where lot_id = $1`,
      [lotId],
    );
    return new Set(rows.map(({ buyerId }) => buyerId));
  }

  /** The names of the communes that were invited to a group: they count as places in a criterion. */
  async communeNames(tx: EntityManager, groupId: string): Promise<string[]> {
    const rows = await tx.query<{ name: string }[]>(
      `select b.name from membership m join buyer b on b.id = m.buyer_id
       where m.group_id = $1 and b.insee_code is not null order by b.name_key collate "C"`,
      [groupId],
    );
    return rows.map(({ name }) => name);
  }
}
