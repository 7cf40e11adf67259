import { quantityFromDecimal } from '../money/amounts.js';
import { frenchQuantity } from '../money/french.js';
import { type ConsultationBase, consultationBase, lotOf, purchaseOf } from './consultation-base.js';
import type { Dossier, DossierVersion } from './dossier.js';
import { type LotTermsModel, type MemberLots, lotTermsModel, memberLots } from './lot-terms-model.js';
import { filled } from './particulars.rules.js';
import { ONE_PER_PURCHASE, dossierText } from './template-document.js';

/** Who may order what, how much, and where it is brought. */
export interface MembersAnnexModel extends ConsultationBase {
  readonly people: readonly (MemberLots & { readonly contact: string })[];
  readonly quantities: readonly AnnexLot[];
}

interface AnnexLot {
  readonly lot: LotTermsModel;
  /** Those of the lot that some member declared, in catalogue order. */
  readonly items: readonly {
    readonly code: string;
    readonly designation: string;
    readonly unit: string;
    readonly total: string;
    /** « Laval : 120 ; Changé : 30 ». */
    readonly shares: string;
  }[];
  readonly sites: readonly {
    readonly owner: string;
    readonly label: string;
    readonly address: string;
    readonly hours: string;
    /** Of the member that owns it; empty: the site of a cluster, or nobody wrote it. */
    readonly contact: string;
  }[];
}

/** Annex of the members, their quantities and delivery sites (CCP R2132-1, R2162-6). */
export const membersAnnexText = dossierText({
  template: 'members-annex',
  finish: 'draft',
  files: { pdf: { part: 'dce', name: () => 'dce/annexe-membres-et-quantites.pdf' } },
  subjects: ONE_PER_PURCHASE,
  model: membersAnnexModel,
});

function membersAnnexModel(version: DossierVersion): MembersAnnexModel {
  const { content } = version;
  const purchase = purchaseOf(content);
  return {
    ...consultationBase(version),
    people: memberLots(content).map((member) => ({
      ...member,
      contact: filled('member', purchase.particulars.members[member.key])['contact']!,
    })),
    quantities: content.lots.map(({ number }) => annexLot(content, number)),
  };
}

function annexLot(content: Dossier, number: number): AnnexLot {
  const { lot, bought } = lotOf(content, String(number));
  const { members } = purchaseOf(content).particulars;
  const names = new Map(content.members.map(({ key, name }) => [key, name]));
  const totals = new Map(content.quantities.map(({ itemCode, estimate }) => [itemCode, estimate]));
  const needs = new Map<string, string[]>();
  for (const { itemCode, memberKey, estimate } of content.needs)
    needs.set(itemCode, [
      ...(needs.get(itemCode) ?? []),
      `${names.get(memberKey) ?? memberKey}\u00a0: ${quantity(estimate)}`,
    ]);
  return {
    lot: lotTermsModel(content, number),
    items: lot.items
      .filter(({ code }) => needs.has(code))
      .map(({ code, designation, unitLabel }) => ({
        ...{ code, designation, unit: unitLabel },
        total: quantity(totals.get(code) ?? '0'),
        shares: needs.get(code)!.join('\u202f; '),
      })),
    sites: bought.sites.map(({ memberKey, owner, label, address, hours }) => ({
      ...{ owner, label, address, hours: hours ?? '' },
      contact: (memberKey === null ? undefined : members[memberKey]?.['contact']) ?? '',
    })),
  };
}

const quantity = (decimal: string): string => frenchQuantity(quantityFromDecimal(decimal));
