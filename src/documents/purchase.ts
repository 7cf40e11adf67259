import type { PlainDate } from '../calendar/plain-date.js';

/**
 * What a consultation says beside its members, items and needs: who conducts it, by which procedure, on what terms. Part of
 * a dossier, absent from those taken before these documents existed. Amounts and rates are canonical decimal strings in
 * euros excluding VAT and in percent; moments are "2026-12-15T12:00", as the clocks of Paris show them.
 */
export interface Purchase {
  readonly object: string | null;
  readonly families: readonly string[];
  readonly plannedLaunchOn: PlainDate | null;
  readonly launchedOn: PlainDate | null;
  /** Why a framework agreement lasts more than four years (L2125-1). */
  readonly durationMotive: string | null;
  /** Why there is one lot only (L2113-10, L2113-11), and its justification. */
  readonly noSplitGround: string | null;
  readonly noSplitMotive: string | null;
  readonly group: PurchaseGroup;
  readonly procedure: PurchaseProcedure;
  readonly maxLotsBid: number | null;
  readonly maxLotsAwarded: number | null;
  readonly tieRule: string | null;
  /** In the order of `Dossier.lots`. */
  readonly lots: readonly PurchaseLot[];
  /** Figures of the law of the launch, else of the planned launch, else of the day of the dossier, by code. */
  readonly law: Readonly<Record<string, PurchaseFigure>>;
  readonly particulars: PurchaseParticulars;
}

export interface PurchaseGroup {
  readonly title: string;
  readonly kind: 'permanent' | 'one_off';
  readonly object: string | null;
  readonly startsOn: PlainDate | null;
  readonly endsOn: PlainDate | null;
  /** Code of the coordinator’s kind: `commune`, `epci`… */
  readonly coordinatorKind: string;
  /** What is entrusted, and the names of who holds it (L2113-7); what is missing, each member does alone. */
  readonly missions: readonly { readonly mission: PurchaseMission; readonly holders: readonly string[] }[];
  readonly committee: { readonly kind: 'coordinator' | 'elected'; readonly castingVote: boolean };
  /** The agreement, then its avenants. */
  readonly agreements: readonly PurchaseAgreement[];
  /** Keys of members that keep purchases outside, and what. */
  readonly withdrawn: readonly {
    readonly key: string;
    readonly name: string;
    readonly siret: string;
    readonly reason: string | null;
    readonly on: PlainDate;
  }[];
}

export type PurchaseMission = 'passation' | 'signature' | 'notification' | 'execution' | 'paiement';

export interface PurchaseAgreement {
  readonly number: number;
  readonly label: string;
  readonly summary: string;
  readonly adoptedOn: PlainDate;
  /** By name. */
  readonly signedBy: readonly { readonly name: string; readonly on: PlainDate }[];
}

export interface PurchaseProcedure {
  /** The one chosen, else the one that the amount asks for; null: the law of the day does not say. */
  readonly followed: 'direct' | 'adapted' | 'open' | 'restricted' | 'negotiated' | 'dialogue' | null;
  readonly required: 'direct' | 'adapted' | 'formal' | null;
  readonly ground: string | null;
  readonly mainObject: 'works' | 'supplies_services';
  readonly electronic: boolean;
  readonly urgency: string | null;
  readonly preinformationOn: PlainDate | null;
  readonly candidaciesLimit: string | null;
  readonly offersLimit: string | null;
  /** How rejection letters are sent (R2182-1). */
  readonly letters: 'electronic' | 'other' | null;
  /** Over the whole duration, renewals, options and premiums included (R2121-1); at least that when not complete. */
  readonly estimatedNet: string;
  readonly estimateComplete: boolean;
  readonly options: string;
  readonly premiums: string;
  readonly restOfOperation: string;
}

export interface PurchaseLot {
  readonly number: number;
  /** Of the whole contract, over its duration (R2121-8); null: not known. */
  readonly estimatedNet: string | null;
  /** Bought as a small lot (R2123-1 2°, R2122-8). */
  readonly small: 'adapted' | 'direct' | null;
  readonly terms: PurchaseTerms;
  readonly limits: readonly {
    readonly memberKey: string;
    readonly minimum: string | null;
    readonly maximum: string | null;
  }[];
  readonly criteria: readonly PurchaseCriterion[];
  readonly sites: readonly PurchaseSite[];
  /** Words that a measure chosen on the lot puts in the documents: the article, and the mention. */
  readonly clauses: readonly PurchaseClause[];
}

export interface PurchaseTerms {
  readonly maximum: string | null;
  readonly minimum: string | null;
  readonly holders: 'single' | 'several';
  readonly holderCount: number | null;
  readonly orderSharing: 'cascade' | 'rotation' | 'percentages' | 'price_per_order' | null;
  readonly cascadeDelayHours: number | null;
  readonly orderShares: readonly string[];
  readonly orderSharingNote: string | null;
  readonly variants: 'forbidden' | 'allowed' | 'required' | null;
  readonly vatBasis: 'net' | 'gross';
  readonly advanceRate: string | null;
  readonly advanceRateSme: string | null;
  readonly advanceBasis: 'contract' | 'minimum' | 'per_order' | null;
  readonly retentionRate: string | null;
  readonly retentionRateSme: string | null;
  readonly penalties: string | null;
  readonly priceKind: 'fixed' | 'revisable' | 'adjustable' | null;
  readonly priceFormula: string | null;
  readonly environmentalClause: string | null;
  readonly socialClause: string | null;
  readonly socialExemptionGround: string | null;
  readonly socialExemption: string | null;
}

export interface PurchaseCriterion {
  readonly label: string;
  readonly weight: string;
  readonly environmental: boolean;
  readonly method: string | null;
}

export interface PurchaseSite {
  /** The member that it belongs to; null: a cluster’s. */
  readonly memberKey: string | null;
  readonly owner: string;
  readonly label: string;
  readonly address: string;
  readonly hours: string | null;
}

export interface PurchaseClause {
  readonly measure: string;
  readonly articles: readonly string[];
  readonly texts: readonly { readonly label: string; readonly text: string }[];
}

export interface PurchaseFigure {
  /** "216000.00", "35", "5": as `unit` says. */
  readonly value: string;
  readonly unit: string;
  readonly article: string;
}

/** What people wrote for the documents alone, by the code of `particulars.rules.ts`. */
export interface PurchaseParticulars {
  readonly consultation: Readonly<Record<string, string>>;
  /** By lot number. */
  readonly lots: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** By key of the member. */
  readonly members: Readonly<Record<string, Readonly<Record<string, string>>>>;
}
