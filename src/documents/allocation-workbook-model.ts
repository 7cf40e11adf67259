import type { PlainDate } from '../calendar/plain-date.js';
import {
  centsFromDecimal,
  lineAmount,
  quantityFromDecimal,
  sum,
  unitPriceFromDecimal,
  vatRateFromDecimal,
  type Cents,
  type Quantity,
  type UnitPrice,
  type VatRate,
} from '../money/amounts.js';
import { costExplanations, fixedShareRate } from './allocation-workbook-basis.js';
import type { Dossier, DossierMember, DossierVersion, SharingKeyName } from './dossier.js';

/** The allocation of a consultation between its members, in exact figures: values that are signed, not simulated. */
export interface AllocationModel {
  readonly title: string;
  readonly coordinator: string;
  readonly version: number;
  readonly takenOn: PlainDate;
  readonly sha256: string;
  readonly years: number;
  readonly renewals: number;
  readonly key: SharingKeyName;
  /** Hundredths of a percent under the fixed-variable key, else null. */
  readonly fixedShare: VatRate | null;
  readonly populationSources: readonly string[];
  /** Rates present in the needs, ascending. */
  readonly vatRates: readonly VatRate[];
  readonly lots: readonly AllocationLot[];
  readonly members: readonly AllocationMember[];
  readonly total: { readonly net: Cents; readonly vat: readonly Cents[] };
  readonly needs: readonly AllocationNeed[];
  readonly costs: readonly AllocationCost[];
  readonly costTotal: Share;
  /** Sum of the members' shares. */
  readonly shareTotal: Share;
  /** Costs that nobody shares: the coordinator bears them. */
  readonly borne: Share;
  readonly uncounted: readonly string[];
}

export interface Share {
  readonly net: Cents;
  readonly vat: Cents;
}

export interface AllocationLot {
  readonly number: number;
  readonly title: string;
  /** Members with a positive amount. */
  readonly members: number;
  readonly net: Cents;
  readonly vat: Cents;
}

export interface AllocationMember {
  readonly key: string;
  readonly inseeCode: string | null;
  readonly siret: string;
  readonly name: string;
  readonly population: number;
  /** One per lot; null where the member did not join it. A lot joined without a counted need is not a zero. */
  readonly lots: readonly (Cents | 'unanswered' | null)[];
  readonly net: Cents;
  /** One per VAT rate of the model. */
  readonly vat: readonly Cents[];
  readonly share: Share;
}

export interface AllocationNeed {
  readonly member: AllocationMember;
  readonly lot: number;
  readonly code: string;
  readonly designation: string;
  readonly unitLabel: string;
  readonly quantity: Quantity;
  readonly unitPrice: UnitPrice;
  readonly net: Cents;
  readonly vatRate: VatRate;
  readonly m57Nature: string;
}

export interface AllocationCost extends Share {
  readonly label: string;
  readonly vatRate: VatRate;
  /** Empty: all lots. */
  readonly lots: readonly number[];
  readonly shares: readonly (Share & { readonly member: AllocationMember; readonly basis: string })[];
}

export function allocationModel(version: DossierVersion): AllocationModel {
  const { content } = version;
  const vatRates = [...new Set(content.amounts.map((amount) => vatRateFromDecimal(amount.vatRate)))].sort(
    (a, b) => (a < b ? -1 : 1),
  );
  const members = content.members.map((member) => memberModel(content, member, vatRates));
  const byKey = new Map(members.map((member) => [member.key, member]));
  const { sharing } = content;
  return {
    title: content.title,
    coordinator: content.coordinator.name,
    version: version.number,
    takenOn: version.takenOn,
    sha256: version.sha256,
    years: content.years,
    renewals: content.renewals,
    key: sharing.key,
    fixedShare: fixedShareRate(sharing.fixedShare),
    populationSources: [...new Set(content.members.map((member) => member.populationSource))].sort(),
    vatRates,
    lots: content.lots.map((lot) => {
      const amounts = content.amounts.filter((amount) => amount.lot === lot.number);
      const positive = amounts.filter((amount) => centsFromDecimal(amount.net) !== 0n);
      return {
        number: lot.number,
        title: lot.title,
        members: new Set(positive.map((amount) => amount.memberKey)).size,
        ...total(amounts),
      };
    }),
    members,
    total: {
      net: total(content.amounts).net,
      vat: vatRates.map(
        (rate) => total(content.amounts.filter((a) => vatRateFromDecimal(a.vatRate) === rate)).vat,
      ),
    },
    needs: needLines(content, byKey),
    costs: sharing.costs.map((cost) => ({
      label: cost.label,
      ...share(cost),
      vatRate: vatRateFromDecimal(cost.vatRate),
      lots: cost.lots,
      shares: costExplanations(content, cost).map(({ memberKey, basis, ...figures }) => ({
        ...share(figures),
        member: byKey.get(memberKey)!,
        basis,
      })),
    })),
    costTotal: total(sharing.costs),
    shareTotal: total(sharing.shares),
    borne: total(sharing.costs.filter((cost) => cost.shares.length === 0)),
    uncounted: content.members.filter((member) => member.validLines === 0).map((member) => member.name),
  };
}

const share = (figures: { readonly net: string; readonly vat: string }): Share => ({
  net: centsFromDecimal(figures.net),
  vat: centsFromDecimal(figures.vat),
});

const total = (figures: readonly { readonly net: string; readonly vat: string }[]): Share => ({
  net: sum(figures.map((figure) => centsFromDecimal(figure.net))),
  vat: sum(figures.map((figure) => centsFromDecimal(figure.vat))),
});

/** What a member's cell for a lot adds to a total. */
export const counted = (amount: AllocationMember['lots'][number] | undefined): Cents =>
  typeof amount === 'bigint' ? amount : 0n;

function memberModel(
  content: Dossier,
  member: DossierMember,
  vatRates: readonly VatRate[],
): AllocationMember {
  const amounts = content.amounts.filter((amount) => amount.memberKey === member.key);
  return {
    key: member.key,
    inseeCode: member.inseeCode,
    siret: member.siret,
    name: member.name,
    population: member.population,
    lots: content.lots.map((lot) => {
      const inLot = amounts.filter((amount) => amount.lot === lot.number);
      if (inLot.length > 0) return total(inLot).net;
      return member.lots.includes(lot.number) ? 'unanswered' : null;
    }),
    net: total(amounts).net,
    vat: vatRates.map(
      (rate) => total(amounts.filter((amount) => vatRateFromDecimal(amount.vatRate) === rate)).vat,
    ),
    share: total(content.sharing.shares.filter((one) => one.memberKey === member.key)),
  };
}

function needLines(content: Dossier, members: ReadonlyMap<string, AllocationMember>): AllocationNeed[] {
  const items = new Map(
    content.lots.flatMap((lot) => lot.items.map((item) => [item.code, { item, lot: lot.number }])),
  );
  return content.needs.map((need) => {
    const { item, lot } = items.get(need.itemCode)!;
    const quantity = quantityFromDecimal(need.estimate);
    const unitPrice = unitPriceFromDecimal(item.unitPrice);
    return {
      member: members.get(need.memberKey)!,
      lot,
      code: item.code,
      designation: item.designation,
      unitLabel: item.unitLabel,
      quantity,
      unitPrice,
      net: lineAmount(quantity, unitPrice),
      vatRate: vatRateFromDecimal(item.vatRate),
      m57Nature: item.m57Nature,
    };
  });
}
