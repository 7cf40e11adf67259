import { createRequire } from 'node:module';
import type { NationalEntry } from './national-entry.rules.js';
import { searchKey } from './search-key.rules.js';
import type { NationalBuyer, NationalReference } from './siret.rules.js';

interface CommuneEntry {
  readonly code: string;
  readonly nom: string;
  readonly type: string;
  readonly siren?: string;
  readonly anciensCodes?: readonly string[];
}

interface MemberEntry {
  readonly code: string;
  readonly siren: string;
  readonly populationMunicipale: number;
  readonly populationTotale: number;
}

interface EpciEntry extends Omit<MemberEntry, 'siren'> {
  readonly nom: string;
  readonly membres: readonly MemberEntry[];
}

const require = createRequire(import.meta.url);

interface Reference {
  readonly bySiren: ReadonlyMap<string, NationalEntry>;
  /** SIREN of each commune, by its INSEE code; undefined where the file tells none. */
  readonly communes: ReadonlyMap<string, string | undefined>;
  /** Search keys of the names of communes, former ones too. */
  readonly communeKeys: ReadonlySet<string>;
  /** SIREN of the communes of an EPCI, by the SIREN of the EPCI. */
  readonly members: ReadonlyMap<string, readonly string[]>;
}

/** INSEE COG and DGCL, vintage 2026. The files are read when first asked: 12 MB that most processes never need. */
let read: Reference | undefined;

function reference(): Reference {
  if (read) return read;
  const bySiren = new Map<string, NationalEntry>();
  const members = new Map<string, readonly string[]>();
  const ofCommunes = new Map<string, { epci: string; populations: NationalEntry['populations'] }>();
  const figures = (entry: Pick<MemberEntry, 'populationMunicipale' | 'populationTotale'>) => ({
    municipale: entry.populationMunicipale,
    totale: entry.populationTotale,
  });
  for (const epci of require('@etalab/decoupage-administratif/data/epci.json') as EpciEntry[]) {
    const { code: siren, nom: name } = epci;
    bySiren.set(siren, {
      ...{ siren, name, kind: 'epci', inseeCode: null, key: searchKey(name) },
      ...{ epci: null, formerCodes: [], populations: figures(epci) },
    });
    members.set(
      siren,
      epci.membres.map((member) => member.siren),
    );
    for (const member of epci.membres)
      ofCommunes.set(member.code, { epci: siren, populations: figures(member) });
  }
  const communes = new Map<string, string | undefined>();
  const communeKeys = new Set<string>();
  const entries = require('@etalab/decoupage-administratif/data/communes.json') as CommuneEntry[];
  // Associated and delegated communes and the districts of three cities are no buyers; the first two name absorbed codes.
  const names = new Map<string, string>();
  for (const { code, nom, type } of entries) {
    communeKeys.add(searchKey(nom));
    if (type !== 'commune-actuelle') names.set(code, nom);
  }
  for (const { code, nom: name, type, siren, anciensCodes = [] } of entries) {
    if (type !== 'commune-actuelle') continue;
    communes.set(code, siren);
    if (siren)
      bySiren.set(siren, {
        ...{ siren, name, kind: 'commune', inseeCode: code, key: searchKey(name) },
        formerCodes: anciensCodes.map((old) => ({ code: old, name: names.get(old) ?? null })),
        epci: ofCommunes.get(code)?.epci ?? null,
        populations: ofCommunes.get(code)?.populations ?? null,
      });
  }
  return (read = { bySiren, communes, communeKeys, members });
}

export const nationalReference: NationalReference = {
  buyer: (siren) => nationalBuyer(siren),
  isCommune: (inseeCode) => reference().communes.has(inseeCode),
  sirenOfCommune: (inseeCode) => reference().communes.get(inseeCode),
};

export const communeKeys = (): ReadonlySet<string> => reference().communeKeys;

export function nationalBuyer(siren: string): NationalBuyer | undefined {
  const entry = reference().bySiren.get(siren);
  return entry && { name: entry.name, inseeCode: entry.inseeCode };
}

export const nationalEntry = (siren: string): NationalEntry | undefined => reference().bySiren.get(siren);

export const nationalEntries = (): Iterable<NationalEntry> => reference().bySiren.values();

/** An EPCI and its communes; undefined when no EPCI with taxes of its own has that SIREN. */
export function epciAndMembers(siren: string): readonly NationalEntry[] | undefined {
  const { members, bySiren } = reference();
  return members.has(siren) ? [siren, ...members.get(siren)!].map((one) => bySiren.get(one)!) : undefined;
}
