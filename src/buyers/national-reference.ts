import { createRequire } from 'node:module';

interface Reference {
  readonly code: string;
  readonly nom: string;
  readonly siren?: string;
}

const require = createRequire(import.meta.url);

/**
 * A commune or an EPCI in the national reference (INSEE COG and DGCL, vintage 2026), by its SIREN.
 * The files are read when asked: 12 MB that most processes never need.
 */
export function nationalBuyer(siren: string): { name: string; inseeCode: string | null } | undefined {
  const epci = require('@etalab/decoupage-administratif/data/epci.json') as Reference[];
  const found = epci.find((entry) => entry.code === siren);
  if (found) return { name: found.nom, inseeCode: null };
  const communes = require('@etalab/decoupage-administratif/data/communes.json') as Reference[];
  const commune = communes.find((entry) => entry.siren === siren);
  return commune && { name: commune.nom, inseeCode: commune.code };
}
