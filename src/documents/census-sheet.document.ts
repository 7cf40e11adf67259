import { quantityFromDecimal } from '../money/amounts.js';
import { frenchQuantity } from '../money/french.js';
import { type ConsultationBase, consultationBase, frenchSiret, purchaseOf } from './consultation-base.js';
import type { Dossier, DossierLot, DossierMember, DossierVersion } from './dossier.js';
import { filled } from './particulars.rules.js';
import { ONE_PER_MEMBER, dossierText } from './template-document.js';

/** What a member declared, to be read and signed; or what it has still to fill by hand. */
export interface CensusSheetModel extends ConsultationBase {
  readonly member: string;
  readonly siret: string;
  /** What was received of it: valid lines alone give quantities to a dossier. */
  readonly standing: Standing;
  /** Valid lines count, but others came late or stayed drafts. */
  readonly partial: boolean;
  readonly contact: string;
  readonly memberLots: readonly SheetLot[];
  readonly sites: readonly SheetSite[];
}

export type Standing = 'valid' | 'late' | 'draft' | 'silent';

interface SheetLot {
  readonly number: number;
  readonly title: string;
  /** How many of its items the member gave a quantity for, zero included. */
  readonly filled: number;
  /** All its items are filled, with zero. */
  readonly noNeed: boolean;
  readonly items: readonly SheetItem[];
}

/** Empty quantities: not declared, which is not zero. */
interface SheetItem {
  readonly code: string;
  readonly designation: string;
  readonly unit: string;
  readonly packaging: string;
  readonly minimum: string;
  readonly estimate: string;
  readonly maximum: string;
}

interface SheetSite {
  readonly label: string;
  readonly address: string;
  readonly hours: string | null;
  /** « 1, 4 et 6 » would be long in a cell: « 1, 4, 6 ». */
  readonly lots: string;
}

/** Fiche de recensement (CCP L2111-1, R2121-7): a draft as long as nobody wrote until when it is received. */
export const censusSheetText = dossierText({
  template: 'census-sheet',
  finish: 'draft',
  files: { pdf: { part: 'needs', name: (key) => `recensement/fiche-de-recensement-${key}.pdf` } },
  subjects: ONE_PER_MEMBER,
  model: censusSheetModel,
});

function censusSheetModel(version: DossierVersion, key: string): CensusSheetModel {
  const { content } = version;
  const member = content.members.find((one) => one.key === key);
  if (!member) throw new Error(`no member ${key} in this dossier`);
  return {
    ...consultationBase(version),
    member: member.name,
    siret: frenchSiret(member.siret),
    standing: standingOf(member),
    partial: member.validLines > 0 && member.lateLines + member.draftLines > 0,
    contact: filled('member', purchaseOf(content).particulars.members[key])['contact']!,
    memberLots: content.lots
      .filter(({ number }) => member.lots.includes(number))
      .map((lot) => sheetLot(content, lot, key)),
    sites: sitesOf(content, key),
  };
}

/** One valid line makes an answer; without one, a late line says more than a draft. */
export function standingOf({ validLines, lateLines, draftLines }: DossierMember): Standing {
  if (validLines > 0) return 'valid';
  if (lateLines > 0) return 'late';
  return draftLines > 0 ? 'draft' : 'silent';
}

function sheetLot({ needs }: Dossier, { number, title, items }: DossierLot, key: string): SheetLot {
  const declared = new Map(
    needs.filter(({ memberKey }) => memberKey === key).map((need) => [need.itemCode, need]),
  );
  const quantity = (decimal: string | null | undefined): string =>
    decimal === null || decimal === undefined ? '' : frenchQuantity(quantityFromDecimal(decimal));
  const given = items.map(({ code }) => declared.get(code));
  return {
    ...{ number, title },
    filled: given.filter((need) => need !== undefined).length,
    noNeed: items.length > 0 && given.every((need) => need?.estimate === '0'),
    items: items.map(({ code, designation, unitLabel, packaging }, at) => ({
      ...{ code, designation, packaging, unit: unitLabel },
      minimum: quantity(given[at]?.minimum),
      estimate: quantity(given[at]?.estimate),
      maximum: quantity(given[at]?.maximum),
    })),
  };
}

/** Each place once, with the lots that are brought there. */
function sitesOf(content: Dossier, key: string): SheetSite[] {
  const places = new Map<string, SheetSite & { readonly numbers: number[] }>();
  for (const { number, sites } of purchaseOf(content).lots)
    for (const { memberKey, label, address, hours } of sites) {
      if (memberKey !== key) continue;
      const place = `${label}\n${address}`;
      const known = places.get(place) ?? { label, address, hours, lots: '', numbers: [] };
      places.set(place, { ...known, numbers: [...known.numbers, number] });
    }
  return [...places.values()].map(({ numbers, ...site }) => ({ ...site, lots: numbers.join(', ') }));
}
