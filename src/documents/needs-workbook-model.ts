import type { PlainDate } from '../calendar/plain-date.js';
import {
  lineAmount,
  quantityFromDecimal,
  sum,
  unitPriceFromDecimal,
  type Cents,
  type Quantity,
  type UnitPrice,
} from '../money/amounts.js';
import type { Dossier, DossierLot, DossierMember, DossierNeed, DossierVersion } from './dossier.js';

/** What the consolidated needs say, in exact figures. */
export interface NeedsWorkbookModel {
  readonly title: string;
  readonly coordinator: string;
  readonly version: number;
  readonly takenOn: PlainDate;
  readonly years: number;
  readonly renewals: number;
  readonly members: number;
  readonly notJoining: readonly string[];
  readonly uncounted: Uncounted;
  /** Members with a positive estimate in one lot at least. */
  readonly membersWithNeed: number;
  readonly lots: readonly NeedsLot[];
}

/** Names of the members whose answer does not count, by reason (law.md §9: no answer is not zero). */
export interface Uncounted {
  readonly silent: readonly string[];
  readonly late: readonly string[];
  readonly drafts: readonly string[];
}

export interface NeedsLot {
  readonly number: number;
  readonly title: string;
  readonly cpv: string;
  readonly cpvLabel: string;
  readonly members: readonly { readonly key: string; readonly name: string }[];
  readonly membersWithNeed: number;
  readonly items: readonly NeedsItem[];
  /** € HT per year. */
  readonly amount: Cents;
  readonly uncounted: Uncounted;
  /** Members that answered, and sent no line for this lot. */
  readonly withoutLine: readonly string[];
}

export interface NeedsItem {
  readonly code: string;
  readonly designation: string;
  readonly unitLabel: string;
  readonly packaging: string;
  readonly unitPrice: UnitPrice;
  /** One per member of the lot: zero when it confirmed that it needs nothing, null when it did not say. */
  readonly estimates: readonly (Quantity | null)[];
  readonly minimum: Quantity;
  readonly estimate: Quantity;
  readonly maximum: Quantity;
  /** Σ of the members' lines, each rounded to the cent. */
  readonly amount: Cents;
}

type NeedsByItem = ReadonlyMap<string, ReadonlyMap<string, DossierNeed>>;

export function needsWorkbookModel(version: DossierVersion): NeedsWorkbookModel {
  const { content } = version;
  const needs = needsByItem(content);
  return {
    title: content.title,
    coordinator: content.coordinator.name,
    version: version.number,
    takenOn: version.takenOn,
    years: content.years,
    renewals: content.renewals,
    members: content.members.length,
    notJoining: content.notJoining.map((buyer) => buyer.name),
    uncounted: uncounted(content.members),
    membersWithNeed: new Set(content.needs.filter(isPositive).map((need) => need.memberKey)).size,
    lots: content.lots.map((lot) => lotModel(content, lot, needs)),
  };
}

const isPositive = (need: DossierNeed): boolean => quantityFromDecimal(need.estimate) > 0n;

function needsByItem(content: Dossier): NeedsByItem {
  const index = new Map<string, Map<string, DossierNeed>>();
  for (const need of content.needs) {
    const members = index.get(need.itemCode) ?? new Map<string, DossierNeed>();
    index.set(need.itemCode, members.set(need.memberKey, need));
  }
  return index;
}

function uncounted(members: readonly DossierMember[]): Uncounted {
  const names = (test: (member: DossierMember) => boolean) =>
    members.filter((member) => member.validLines === 0 && test(member)).map((member) => member.name);
  return {
    silent: names((member) => member.lateLines === 0 && member.draftLines === 0),
    late: names((member) => member.lateLines > 0),
    drafts: names((member) => member.lateLines === 0 && member.draftLines > 0),
  };
}

function lotModel(content: Dossier, lot: DossierLot, needs: NeedsByItem): NeedsLot {
  const answering = new Set(lot.items.flatMap((item) => [...(needs.get(item.code)?.keys() ?? [])]));
  // A counted line of a member that did not join would otherwise vanish from its own total.
  const members = content.members.filter(
    (member) => member.lots.includes(lot.number) || answering.has(member.key),
  );
  const quantities = new Map(content.quantities.map((quantity) => [quantity.itemCode, quantity]));
  const items = lot.items.map((item): NeedsItem => {
    const unitPrice = unitPriceFromDecimal(item.unitPrice);
    const estimates = members.map((member) => {
      const need = needs.get(item.code)?.get(member.key);
      return need === undefined ? null : quantityFromDecimal(need.estimate);
    });
    const total = quantities.get(item.code);
    const estimate = sum(estimates.map((value) => value ?? 0n));
    if (estimate !== quantityFromDecimal(total?.estimate ?? '0'))
      throw new Error(`the lines of item ${item.code} do not add up to its total`);
    return {
      code: item.code,
      designation: item.designation,
      unitLabel: item.unitLabel,
      packaging: item.packaging,
      unitPrice,
      estimates,
      minimum: quantityFromDecimal(total?.minimum ?? '0'),
      estimate,
      maximum: quantityFromDecimal(total?.maximum ?? '0'),
      amount: sum(estimates.map((value) => lineAmount(value ?? 0n, unitPrice))),
    };
  });
  return {
    number: lot.number,
    title: lot.title,
    cpv: lot.cpv,
    cpvLabel: lot.cpvLabel,
    members: members.map(({ key, name }) => ({ key, name })),
    membersWithNeed: members.filter((_, column) => items.some((item) => (item.estimates[column] ?? 0n) > 0n))
      .length,
    items,
    amount: sum(items.map((item) => item.amount)),
    uncounted: uncounted(members),
    withoutLine: members
      .filter((member) => member.validLines > 0 && !answering.has(member.key))
      .map((member) => member.name),
  };
}
