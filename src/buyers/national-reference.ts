import { createRequire } from 'node:module';
import type { NationalBuyer, NationalReference } from './siret.rules.js';

interface Entry {
  readonly code: string;
  readonly nom: string;
  readonly type?: string;
  readonly siren?: string;
}

const require = createRequire(import.meta.url);

/** INSEE COG and DGCL, vintage 2026. The files are read when first asked: 12 MB that most processes never need. */
let read: { bySiren: Map<string, NationalBuyer>; communes: Set<string> } | undefined;

function reference(): NonNullable<typeof read> {
  if (read) return read;
  const bySiren = new Map<string, NationalBuyer>();
  const communes = new Set<string>();
  for (const { code, nom } of require('@etalab/decoupage-administratif/data/epci.json') as Entry[])
    bySiren.set(code, { name: nom, inseeCode: null });
  for (const commune of require('@etalab/decoupage-administratif/data/communes.json') as Entry[]) {
    // Associated and delegated communes and the districts of three cities are no buyers.
    if (commune.type !== 'commune-actuelle') continue;
    communes.add(commune.code);
    if (commune.siren) bySiren.set(commune.siren, { name: commune.nom, inseeCode: commune.code });
  }
  return (read = { bySiren, communes });
}

export const nationalReference: NationalReference = {
  buyer: (siren) => reference().bySiren.get(siren),
  isCommune: (inseeCode) => reference().communes.has(inseeCode),
};

export const nationalBuyer = (siren: string): NationalBuyer | undefined => nationalReference.buyer(siren);
