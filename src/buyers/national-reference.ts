import { createRequire } from 'node:module';

interface Reference {
  readonly code: string;
  readonly nom: string;
  readonly siren?: string;
}

const require = createRequire(import.meta.url);

/**
 * Name of a commune or an EPCI in the national reference (INSEE COG and DGCL, vintage 2026), by its SIREN.
 * The files are read when asked: 12 MB that most processes never need.
 */
export function nationalName(siren: string): string | undefined {
  const epci = require('@etalab/decoupage-administratif/data/epci.json') as Reference[];
  const found = epci.find((entry) => entry.code === siren);
  if (found) return found.nom;
  const communes = require('@etalab/decoupage-administratif/data/communes.json') as Reference[];
  return communes.find((entry) => entry.siren === siren)?.nom;
}
