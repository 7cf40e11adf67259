import type { Population, PopulationKind } from './buyer.rules.js';

/** A commune, or an EPCI with taxes of its own, as the national reference tells it. */
export interface NationalEntry {
  readonly siren: string;
  readonly kind: 'commune' | 'epci';
  readonly name: string;
  readonly inseeCode: string | null;
  readonly key: string;
  /** INSEE codes that it absorbed, or had before, with the names of those communes where they are known. */
  readonly formerCodes: readonly { readonly code: string; readonly name: string | null }[];
  /** SIREN of the EPCI of a commune; null for an EPCI, and for four islands. */
  readonly epci: string | null;
  readonly populations: { readonly municipale: number; readonly totale: number } | null;
}

const PACKAGE = '@etalab/decoupage-administratif 6.0.0';

export const REFERENCE = {
  edition: 2026,
  codes: `INSEE, code officiel géographique 2026 (${PACKAGE})`,
  /**
   * The list of the DGCL gives both populations, and no census year in what the package kept of it. The other file of the
   * package gives municipal figures of INSEE alone, which differ: the two are not mixed, and no year is guessed.
   */
  populations: `INSEE, par la liste des EPCI à fiscalité propre 2026 de la DGCL (${PACKAGE}), millésime non indiqué`,
} as const;

/** The figures of an entry, as they may be kept: without a year that the source does not say. */
export const populationsOf = ({ populations }: NationalEntry): Population[] =>
  populations === null
    ? []
    : (['municipale', 'totale'] as const).map((kind: PopulationKind) => ({
        kind,
        value: populations[kind],
        vintage: null,
        inForceOn: null,
        source: REFERENCE.populations,
      }));

/** A figure that people completed with its census year says more than the reference does: the import leaves it alone. */
export const figuresToKeep = (
  entry: NationalEntry,
  buyer: Pick<KnownBuyer, 'populations'> | null,
): Population[] =>
  populationsOf(entry).filter(
    ({ kind }) => !buyer?.populations.some((kept) => kept.kind === kind && kept.vintage !== null),
  );

/** A buyer of ours, as far as the reference may know better. */
export interface KnownBuyer {
  readonly id: string;
  readonly siren: string;
  readonly inseeCode: string | null;
  readonly kind: string;
  readonly name: string;
  readonly formerCodes: readonly string[];
  readonly populations: readonly Pick<Population, 'kind' | 'value' | 'vintage' | 'source'>[];
}

export type ImportStep =
  | { readonly act: 'create'; readonly entry: NationalEntry }
  | {
      readonly act: 'update' | 'leave';
      readonly entry: NationalEntry;
      readonly buyer: KnownBuyer;
      /** The name that people gave, where it is not the national one: it stays. */
      readonly otherName: string | null;
    }
  /** Another buyer has its INSEE code, or several have its SIREN: people must say which is right. */
  | { readonly act: 'skip'; readonly entry: NationalEntry; readonly others: readonly KnownBuyer[] };

/** What an import does of each entry: it adds what is missing, renames nobody, undoes nobody's work, and guesses between nobody. */
export function planImport(
  entries: readonly NationalEntry[],
  known: readonly KnownBuyer[],
): readonly ImportStep[] {
  const bySiren = groupBy(known, (buyer) => buyer.siren);
  const byCode = groupBy(known, (buyer) => buyer.inseeCode);
  return entries.map((entry): ImportStep => {
    const same = bySiren.get(entry.siren) ?? [];
    const sameCode = entry.inseeCode === null ? [] : (byCode.get(entry.inseeCode) ?? []);
    const exact = same.filter((buyer) => buyer.inseeCode === entry.inseeCode && buyer.kind === entry.kind);
    const buyer = exact.length === 1 ? exact[0] : same.length === 1 ? same[0] : undefined;
    const others = (buyer ? sameCode : [...new Set([...same, ...sameCode])]).filter((one) => one !== buyer);
    if (others.length > 0) return { act: 'skip', entry, others };
    if (!buyer) return { act: 'create', entry };
    const act = isUpToDate(entry, buyer) ? 'leave' : 'update';
    return { act, entry, buyer, otherName: buyer.name === entry.name ? null : buyer.name };
  });
}

function isUpToDate(entry: NationalEntry, buyer: KnownBuyer): boolean {
  return (
    buyer.kind === entry.kind &&
    buyer.inseeCode === entry.inseeCode &&
    entry.formerCodes.every(({ code }) => buyer.formerCodes.includes(code)) &&
    figuresToKeep(entry, buyer).every((figure) =>
      buyer.populations.some(
        (kept) =>
          kept.kind === figure.kind &&
          kept.vintage === figure.vintage &&
          kept.value === figure.value &&
          kept.source === figure.source,
      ),
    )
  );
}

function groupBy<T>(items: readonly T[], keyOf: (item: T) => string | null): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    if (key !== null) groups.set(key, [...(groups.get(key) ?? []), item]);
  }
  return groups;
}
