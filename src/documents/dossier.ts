import type { PlainDate } from '../calendar/plain-date.js';
import type { Purchase } from './purchase.js';

/**
 * Everything that the documents of a consultation say, read in one transaction and never changed afterwards.
 * Figures are canonical decimal strings ("1234.50"), so that the same dossier always has the same SHA-256.
 * Lists are sorted: members by key, lots and items in catalogue order.
 */
export interface Dossier {
  readonly title: string;
  readonly coordinator: DossierBuyer;
  /** Firm duration, then how many times it may be renewed for one year (R2112-4). */
  readonly years: number;
  readonly renewals: number;
  readonly members: readonly DossierMember[];
  readonly notJoining: readonly DossierBuyer[];
  readonly lots: readonly DossierLot[];
  /** Valid lines only: late and draft lines never count (law.md §9). */
  readonly needs: readonly DossierNeed[];
  /** One per item of the catalogue, an empty minimum counted 0 and an empty maximum counted as the estimate. */
  readonly quantities: readonly DossierQuantity[];
  /** One per member, lot and VAT rate with at least one valid line. */
  readonly amounts: readonly DossierAmount[];
  readonly sharing: DossierSharing;
  /** What the documents of the consultation itself say; absent from the dossiers of an earlier version of Halle. */
  readonly purchase?: Purchase;
}

export interface DossierBuyer {
  /** INSEE code, else SIRET, else SIREN: the key that breaks ties (architecture, exact numbers). */
  readonly key: string;
  readonly siret: string;
  readonly inseeCode: string | null;
  readonly name: string;
}

export interface DossierMember extends DossierBuyer {
  readonly population: number;
  readonly populationSource: string;
  readonly resolutionOn: PlainDate | null;
  readonly resolutionNumber: string | null;
  readonly formSignedOn: PlainDate | null;
  readonly lots: readonly number[];
  /** How many lines of each standing were received; all zero: no answer. */
  readonly validLines: number;
  readonly lateLines: number;
  readonly draftLines: number;
}

export interface DossierLot {
  readonly number: number;
  readonly title: string;
  readonly cpv: string;
  readonly cpvLabel: string;
  readonly family: 'fournitures' | 'services' | 'travaux';
  readonly contractForm: string;
  readonly items: readonly DossierItem[];
}

export interface DossierItem {
  readonly code: string;
  readonly designation: string;
  /** UN/ECE recommendation 20 or 21 code, and its French label: "XBG", "sac". */
  readonly unit: string;
  readonly unitLabel: string;
  readonly packaging: string;
  /** € HT, up to four decimals. */
  readonly unitPrice: string;
  /** Percent: "20", "5.5". */
  readonly vatRate: string;
  readonly m57Nature: string;
}

export interface DossierNeed {
  readonly memberKey: string;
  readonly itemCode: string;
  readonly minimum: string | null;
  readonly estimate: string;
  readonly maximum: string | null;
}

export interface DossierQuantity {
  readonly itemCode: string;
  readonly minimum: string;
  readonly estimate: string;
  readonly maximum: string;
}

export interface DossierAmount {
  readonly memberKey: string;
  readonly lot: number;
  readonly vatRate: string;
  /** € HT per year: each line rounded to the cent, then summed. */
  readonly net: string;
  /** € of VAT on that total, rounded once. */
  readonly vat: string;
}

export interface DossierSharing {
  readonly key: SharingKeyName;
  /** Share split equally under the fixed-variable key ("0.3"), null under the others. */
  readonly fixedShare: string | null;
  readonly costs: readonly DossierCost[];
  /** Totals per member that shares at least one cost; empty when the coordinator bears them. */
  readonly shares: readonly DossierShare[];
}

export type SharingKeyName = 'none' | 'equal' | 'population' | 'need' | 'fixed-variable';

export interface DossierCost {
  readonly label: string;
  readonly net: string;
  readonly vatRate: string;
  readonly vat: string;
  /** Lot numbers; empty: all lots. */
  readonly lots: readonly number[];
  readonly shares: readonly DossierShare[];
}

export interface DossierShare {
  readonly memberKey: string;
  readonly net: string;
  readonly vat: string;
}

/** A dossier as recorded: its number in the life of the consultation, the Paris day it was taken, its SHA-256. */
export interface DossierVersion {
  readonly number: number;
  readonly takenOn: PlainDate;
  readonly sha256: string;
  readonly content: Dossier;
}
