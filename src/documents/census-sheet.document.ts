import { quantityFromDecimal } from '../money/amounts.js';
import { frenchQuantity } from '../money/french.js';
import { type ConsultationBase, consultationBase, frenchSiret, purchaseOf } from './consultation-base.js';
import type { DossierVersion } from './dossier.js';
import { filled } from './particulars.rules.js';
import { ONE_PER_MEMBER, dossierText } from './template-document.js';

/** What a member declared, to be read and signed, or to be filled by hand where it declared nothing. */
export interface CensusSheetModel extends ConsultationBase {
  readonly member: string;
  readonly siret: string;
  readonly declared: boolean;
  readonly contact: string;
  readonly memberLots: readonly {
    readonly number: number;
    readonly title: string;
    readonly items: readonly {
      readonly code: string;
      readonly designation: string;
      readonly unit: string;
      readonly packaging: string;
      /** Empty: not declared. */
      readonly minimum: string;
      readonly estimate: string;
      readonly maximum: string;
    }[];
  }[];
}

/** Fiche de recensement (CCP L2111-1, R2121-7). */
export const censusSheetText = dossierText({
  template: 'census-sheet',
  finish: 'final',
  files: { pdf: { part: 'needs', name: (key) => `recensement/fiche-de-recensement-${key}.pdf` } },
  subjects: ONE_PER_MEMBER,
  model: censusSheetModel,
});

function censusSheetModel(version: DossierVersion, key: string): CensusSheetModel {
  const { content } = version;
  const member = content.members.find((one) => one.key === key);
  if (!member) throw new Error(`no member ${key} in this dossier`);
  const needs = new Map(
    content.needs.filter(({ memberKey }) => memberKey === key).map((need) => [need.itemCode, need]),
  );
  const quantity = (decimal: string | null | undefined): string =>
    decimal === null || decimal === undefined ? '' : frenchQuantity(quantityFromDecimal(decimal));
  return {
    ...consultationBase(version),
    member: member.name,
    siret: frenchSiret(member.siret),
    declared: member.validLines > 0,
    contact: purchaseOf(content).particulars.members[key]?.['contact'] ?? filled('member', {})['contact']!,
    memberLots: content.lots
      .filter(({ number }) => member.lots.includes(number))
      .map(({ number, title, items }) => ({
        ...{ number, title },
        items: items.map(({ code, designation, unitLabel, packaging }) => ({
          ...{ code, designation, unit: unitLabel, packaging },
          minimum: quantity(needs.get(code)?.minimum),
          estimate: quantity(needs.get(code)?.estimate),
          maximum: quantity(needs.get(code)?.maximum),
        })),
      })),
  };
}
