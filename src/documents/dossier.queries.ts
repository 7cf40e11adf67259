import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { AllocationQueries } from '../allocation/allocation.queries.js';
import { FIXED_SHARE_SCALE } from '../allocation/allocation.service.js';
import { type SharedCost, shareCosts } from '../allocation/sharing.rules.js';
import { buyerKey } from '../buyers/siret.rules.js';
import { ConsultationsQueries } from '../consultations/consultations.queries.js';
import { GroupsQueries, type MembershipRow } from '../groups/groups.queries.js';
import { type ItemRow, LotsQueries, type LotRow } from '../lots/lots.queries.js';
import { unitLabel } from '../items/units.rules.js';
import {
  centsFromDecimal,
  centsToDecimal,
  quantityFromDecimal,
  quantityToDecimal,
  unitPriceFromDecimal,
  unitPriceToDecimal,
  vatOf,
  vatRateFromDecimal,
  vatRateToDecimal,
} from '../money/amounts.js';
import { formatDecimal } from '../money/decimal.js';
import { NeedsQueries } from '../needs/needs.queries.js';
import { ParticipationQueries } from '../participation/participation.queries.js';
import type {
  Dossier,
  DossierAmount,
  DossierLot,
  DossierMember,
  DossierNeed,
  DossierSharing,
} from './dossier.js';
import { PurchaseQueries } from './purchase.queries.js';

/** What the parts of a dossier refer to each other by. */
interface Index {
  readonly memberKey: ReadonlyMap<string, string>;
  readonly lotNumber: ReadonlyMap<string, number>;
  readonly itemCode: ReadonlyMap<string, string>;
  readonly itemPosition: ReadonlyMap<string, number>;
}

const trimQuantity = (text: string): string => quantityToDecimal(quantityFromDecimal(text));
const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

@Injectable()
export class DossierQueries {
  constructor(
    private readonly consultations: ConsultationsQueries,
    private readonly groups: GroupsQueries,
    private readonly lots: LotsQueries,
    private readonly participation: ParticipationQueries,
    private readonly needs: NeedsQueries,
    private readonly allocation: AllocationQueries,
    private readonly purchases: PurchaseQueries,
  ) {}

  /**
   * Reads a consultation whole, as its documents tell it.
   *
   * @param at the law of that day, unless it has a day of its own
   * @throws {SharingRefused} when its costs cannot be shared
   */
  async read(tx: EntityManager, consultationId: string, at: Date): Promise<Dossier> {
    const terms = await this.consultations.terms(tx, consultationId);
    const memberships = await this.groups.memberships(tx, terms.groupId);
    const lotRows = await this.lots.lots(tx, consultationId);
    const itemRows = await this.lots.items(tx, consultationId);
    const index: Index = {
      memberKey: new Map(memberships.map((row) => [row.buyerId, row.key])),
      lotNumber: new Map(lotRows.map((row) => [row.id, row.number])),
      itemCode: new Map(itemRows.map((row) => [row.id, row.code])),
      itemPosition: new Map(itemRows.map((row, position) => [row.code, position])),
    };
    const amounts = await this.amounts(tx, consultationId, index);
    const identity = ({ key, siret, inseeCode, name }: MembershipRow) => ({ key, siret, inseeCode, name });
    const coordinator = {
      siret: terms.coordinatorSiret,
      inseeCode: terms.coordinatorInseeCode,
      name: terms.coordinatorName,
    };
    return {
      title: terms.title,
      coordinator: { key: buyerKey({ ...coordinator, siren: terms.coordinatorSiren }), ...coordinator },
      years: terms.firmYears,
      renewals: terms.renewals,
      members: await this.members(tx, consultationId, memberships),
      notJoining: memberships.filter((row) => !row.joined).map(identity),
      lots: dossierLots(lotRows, itemRows),
      needs: await this.needLines(tx, consultationId, index),
      quantities: await this.quantities(tx, consultationId, itemRows),
      amounts,
      sharing: await this.sharing(tx, consultationId, memberships, amounts, index),
      purchase: await this.purchases.read(tx, consultationId, memberships, lotRows, at),
    };
  }

  private async members(
    tx: EntityManager,
    consultationId: string,
    memberships: readonly MembershipRow[],
  ): Promise<DossierMember[]> {
    const participations = new Map(
      (await this.participation.joined(tx, consultationId)).map((row) => [row.buyerId, row]),
    );
    const answers = new Map((await this.needs.answers(tx, consultationId)).map((row) => [row.buyerId, row]));
    return memberships
      .filter((row) => row.joined)
      .map((row) => ({
        key: row.key,
        siret: row.siret,
        inseeCode: row.inseeCode,
        name: row.name,
        population: row.population ?? 0,
        populationSource: row.populationSource ?? '',
        resolutionOn: row.resolutionOn,
        resolutionNumber: row.resolutionNumber,
        formSignedOn: participations.get(row.buyerId)?.formSignedOn ?? null,
        lots: participations.get(row.buyerId)?.lots ?? [],
        validLines: answers.get(row.buyerId)?.valid ?? 0,
        lateLines: answers.get(row.buyerId)?.late ?? 0,
        draftLines: answers.get(row.buyerId)?.draft ?? 0,
      }));
  }

  private async needLines(tx: EntityManager, consultationId: string, index: Index): Promise<DossierNeed[]> {
    const rows = await this.needs.validLines(tx, consultationId);
    return rows
      .map((row) => ({
        memberKey: index.memberKey.get(row.buyerId)!,
        itemCode: index.itemCode.get(row.itemId)!,
        minimum: row.minimum === null ? null : trimQuantity(row.minimum),
        estimate: trimQuantity(row.estimate),
        maximum: row.maximum === null ? null : trimQuantity(row.maximum),
      }))
      .sort(
        (a, b) =>
          byText(a.memberKey, b.memberKey) ||
          index.itemPosition.get(a.itemCode)! - index.itemPosition.get(b.itemCode)!,
      );
  }

  private async quantities(tx: EntityManager, consultationId: string, items: readonly ItemRow[]) {
    const totals = new Map(
      (await this.needs.totalsByItem(tx, consultationId)).map((row) => [row.itemId, row]),
    );
    return items.map((item) => ({
      itemCode: item.code,
      minimum: trimQuantity(totals.get(item.id)?.minimum ?? '0'),
      estimate: trimQuantity(totals.get(item.id)?.estimate ?? '0'),
      maximum: trimQuantity(totals.get(item.id)?.maximum ?? '0'),
    }));
  }

  private async amounts(tx: EntityManager, consultationId: string, index: Index): Promise<DossierAmount[]> {
    const rows = await this.needs.amountsByMember(tx, consultationId);
    return rows
      .map((row) => ({
        memberKey: index.memberKey.get(row.buyerId)!,
        lot: index.lotNumber.get(row.lotId)!,
        rate: vatRateFromDecimal(row.vatRate),
        net: centsFromDecimal(row.net),
      }))
      .sort((a, b) => byText(a.memberKey, b.memberKey) || a.lot - b.lot || (a.rate < b.rate ? -1 : 1))
      .map(({ memberKey, lot, rate, net }) => ({
        memberKey,
        lot,
        vatRate: vatRateToDecimal(rate),
        net: centsToDecimal(net),
        vat: centsToDecimal(vatOf(net, rate)),
      }));
  }

  private async sharing(
    tx: EntityManager,
    consultationId: string,
    memberships: readonly MembershipRow[],
    amounts: readonly DossierAmount[],
    index: Index,
  ): Promise<DossierSharing> {
    const { key, fixedShare, costs } = await this.allocation.sharing(tx, consultationId);
    const needs = new Map<string, Map<number, bigint>>();
    for (const row of await this.needs.membersWithNeed(tx, consultationId)) {
      const member = index.memberKey.get(row.buyerId)!;
      const byLot = needs.get(member) ?? new Map<number, bigint>();
      needs.set(member, byLot.set(index.lotNumber.get(row.lotId)!, 0n));
    }
    for (const amount of amounts) {
      const byLot = needs.get(amount.memberKey);
      const before = byLot?.get(amount.lot);
      if (before !== undefined) byLot!.set(amount.lot, before + centsFromDecimal(amount.net));
    }
    const sharingMembers = memberships
      .filter((row) => row.joined)
      .map((row) => ({ key: row.key, population: row.population, needs: needs.get(row.key) ?? new Map() }));
    const shared = shareCosts(key, fixedShare, costs, sharingMembers);
    return {
      key,
      fixedShare: fixedShare === null ? null : formatDecimal(fixedShare, FIXED_SHARE_SCALE),
      costs: shared.map(({ cost, vat, shares }) => ({
        label: cost.label,
        net: centsToDecimal(cost.net),
        vatRate: vatRateToDecimal(cost.vatRate),
        vat: centsToDecimal(vat),
        lots: cost.lots,
        shares: shares.map((share) => decimalShare(share.memberKey, share.net, share.vat)),
      })),
      shares: totalShares(shared),
    };
  }
}

const decimalShare = (memberKey: string, net: bigint, vat: bigint) => ({
  memberKey,
  net: centsToDecimal(net),
  vat: centsToDecimal(vat),
});

function totalShares(shared: readonly SharedCost[]): DossierSharing['shares'] {
  const totals = new Map<string, { net: bigint; vat: bigint }>();
  for (const { memberKey, net, vat } of shared.flatMap((cost) => cost.shares)) {
    const before = totals.get(memberKey) ?? { net: 0n, vat: 0n };
    totals.set(memberKey, { net: before.net + net, vat: before.vat + vat });
  }
  return [...totals]
    .sort(([a], [b]) => byText(a, b))
    .map(([memberKey, { net, vat }]) => decimalShare(memberKey, net, vat));
}

function dossierLots(lots: readonly LotRow[], items: readonly ItemRow[]): DossierLot[] {
  return lots.map((lot) => ({
    number: lot.number,
    title: lot.title,
    cpv: lot.cpvCode,
    cpvLabel: lot.cpvLabel,
    family: lot.family,
    contractForm: lot.contractForm,
    items: items
      .filter((item) => item.lotId === lot.id)
      .map((item) => ({
        code: item.code,
        designation: item.designation,
        unit: item.unit,
        unitLabel: unitLabel(item.unit),
        packaging: item.packaging,
        unitPrice: unitPriceToDecimal(unitPriceFromDecimal(item.unitPrice)),
        vatRate: vatRateToDecimal(vatRateFromDecimal(item.vatRate)),
        m57Nature: item.m57Nature,
      })),
  }));
}
