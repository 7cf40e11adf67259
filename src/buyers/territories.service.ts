import { createRequire } from 'node:module';
import { Injectable } from '@nestjs/common';
import { nationalReference } from './national-reference.js';

interface Department {
  readonly code: string;
}
interface Epci {
  readonly code: string;
  readonly membres: readonly { readonly code: string }[];
}

const require = createRequire(import.meta.url);

/** Read when first asked, as the rest of the national reference. */
let read: { departments: ReadonlySet<string>; epci: ReadonlyMap<string, readonly string[]> } | undefined;

function territories(): NonNullable<typeof read> {
  if (read) return read;
  const departments = require('@etalab/decoupage-administratif/data/departements.json') as Department[];
  const epci = require('@etalab/decoupage-administratif/data/epci.json') as Epci[];
  return (read = {
    departments: new Set(departments.map(({ code }) => code)),
    epci: new Map(epci.map(({ code, membres }) => [code, membres.map((member) => member.code)])),
  });
}

/** Communes, departments and EPCI of the country, vintage 2026 (INSEE COG, DGCL). */
@Injectable()
export class TerritoriesService {
  /** A commune of today: neither an absorbed nor a delegated one. */
  isCommune(inseeCode: string): boolean {
    return nationalReference.isCommune(inseeCode);
  }

  isDepartment(code: string): boolean {
    return territories().departments.has(code);
  }

  /** INSEE codes of the communes of an EPCI; undefined for a SIREN that is none. */
  communesOfEpci(siren: string): readonly string[] | undefined {
    return territories().epci.get(siren);
  }
}
