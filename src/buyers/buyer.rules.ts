import {
  isInseeCode,
  type NationalReference,
  readSiren,
  readSiret,
  type SirenFault,
  type SiretFault,
  sirenOf,
} from './siret.rules.js';

/** Every kind of buyer; `other` is another kind, or one that nobody has told yet. */
export const BUYER_KINDS = ['commune', 'epci', 'ccas', 'syndicat', 'eple', 'private', 'other'] as const;
export type BuyerKind = (typeof BUYER_KINDS)[number];

/**
 * What a buyer counts as: its kind; a commune where nobody told its kind, and it has an INSEE code. `BUYER_KIND`
 * (buyers.queries.ts) says the same in SQL.
 */
export const kindOf = ({
  kind,
  inseeCode,
}: {
  readonly kind: BuyerKind;
  readonly inseeCode: string | null;
}): BuyerKind => (kind === 'other' && inseeCode !== null ? 'commune' : kind);

export const POPULATION_KINDS = ['municipale', 'totale'] as const;
export type PopulationKind = (typeof POPULATION_KINDS)[number];

/** Who a buyer is, as someone types it. */
export interface TypedIdentity {
  readonly kind: BuyerKind;
  /** SIRET of the head office; null while only the SIREN is known. */
  readonly siret: string | null;
  readonly siren: string | null;
  readonly inseeCode: string | null;
  /** A private member says that it applies the code to what it buys in the group (L2113-6). */
  readonly appliesCode: boolean;
}

export type IdentityFaultCode =
  | SiretFault
  | SirenFault
  | 'no_siret_nor_siren'
  | 'siret_and_siren_disagree'
  | 'commune_without_insee_code'
  | 'insee_code_malformed'
  | 'insee_code_unknown'
  | 'insee_code_of_no_commune'
  | 'siren_of_another'
  | 'commune_of_another_siren'
  | 'kind_of_another'
  | 'private_without_the_code'
  | 'code_said_by_public';

export interface IdentityFault {
  readonly field: keyof TypedIdentity;
  readonly code: IdentityFaultCode;
  /** What the national reference says instead, where it does. */
  readonly instead: string | null;
}

export type CheckedIdentity = Omit<TypedIdentity, 'siren'> & { readonly siren: string };

/**
 * Checks who a buyer is: numbers by their keys, communes and EPCI against the national reference.
 *
 * @returns the identity with its numbers bare of spaces, or every fault
 */
export function checkIdentity(
  given: TypedIdentity,
  reference: NationalReference,
): { readonly identity: CheckedIdentity } | { readonly faults: readonly IdentityFault[] } {
  const faults: IdentityFault[] = [];
  const fault = (
    field: IdentityFault['field'],
    code: IdentityFaultCode,
    instead: string | null = null,
  ): void => {
    faults.push({ field, code, instead });
  };
  const siret = given.siret === null ? null : readSiret(given.siret);
  if (siret?.fault) fault('siret', siret.fault);
  const typed = given.siren === null ? null : readSiren(given.siren);
  if (typed?.fault) fault('siren', typed.fault);
  if (siret === null && typed === null) fault('siret', 'no_siret_nor_siren');
  const siren = siret?.fault === null ? sirenOf(siret.siret) : typed?.fault === null ? typed.siren : null;
  if (siret?.fault === null && typed?.fault === null && siren !== typed.siren)
    fault('siren', 'siret_and_siren_disagree');
  const { kind, inseeCode, appliesCode } = given;
  if (kind === 'commune' && inseeCode === null) fault('inseeCode', 'commune_without_insee_code');
  if (kind !== 'commune' && inseeCode !== null) fault('inseeCode', 'insee_code_of_no_commune');
  if (kind === 'commune' && inseeCode !== null) {
    if (!isInseeCode(inseeCode)) fault('inseeCode', 'insee_code_malformed');
    else if (!reference.isCommune(inseeCode)) fault('inseeCode', 'insee_code_unknown');
  }
  const national = siren === null ? undefined : reference.buyer(siren);
  if (national) {
    const of = national.inseeCode === null ? 'epci' : 'commune';
    const told = national.inseeCode === null ? national.name : `${national.name} (${national.inseeCode})`;
    if (kind !== of) fault('kind', 'kind_of_another', told);
    else if (inseeCode !== null && inseeCode !== national.inseeCode)
      fault('inseeCode', 'siren_of_another', told);
  } else if (siren !== null && kind === 'commune' && inseeCode !== null) {
    const own = reference.sirenOfCommune(inseeCode);
    if (own !== undefined)
      fault(
        siret === null ? 'siren' : 'siret',
        'commune_of_another_siren',
        `${reference.buyer(own)?.name ?? inseeCode} (${own})`,
      );
  }
  if (kind === 'private' && !appliesCode) fault('appliesCode', 'private_without_the_code');
  if (kind !== 'private' && appliesCode) fault('appliesCode', 'code_said_by_public');
  if (faults.length > 0) return { faults };
  return { identity: { kind, siret: siret?.siret ?? null, siren: siren!, inseeCode, appliesCode } };
}

export interface Population {
  readonly kind: PopulationKind;
  readonly value: number;
  /** Census year (millésime); null when the source does not say. */
  readonly vintage: number | null;
  readonly inForceOn: string | null;
  readonly source: string;
}

export type PopulationFaultCode =
  'population_given_twice' | 'population_in_force_before_census' | 'total_below_municipal';

/** Every fault of the figures of one buyer, with the place of the line. The total counts the municipal one in. */
export function checkPopulations(
  given: readonly Population[],
): readonly { readonly line: number; readonly code: PopulationFaultCode }[] {
  return given.flatMap((figure, line) => {
    const codes: PopulationFaultCode[] = [];
    const twin = (kind: PopulationKind) => (other: Population) =>
      other.kind === kind && other.vintage === figure.vintage;
    if (given.findIndex(twin(figure.kind)) < line) codes.push('population_given_twice');
    if (
      figure.inForceOn !== null &&
      figure.vintage !== null &&
      figure.inForceOn.slice(0, 4) <= String(figure.vintage)
    )
      codes.push('population_in_force_before_census');
    const municipal = given.find(twin('municipale'));
    if (figure.kind === 'totale' && municipal && figure.value < municipal.value)
      codes.push('total_below_municipal');
    return codes.map((code) => ({ line, code }));
  });
}

export interface Establishment {
  readonly siret: string;
  /** What the budget is called. */
  readonly label: string;
  readonly chorusServiceCode: string | null;
  readonly engagementRequired: boolean;
}

export type EstablishmentFaultCode = SiretFault | 'siret_given_twice' | 'siren_of_another_buyer';

/** @returns the list with its numbers bare of spaces, and every fault with the place of the line */
export function checkEstablishments(
  siren: string,
  given: readonly Establishment[],
): {
  readonly establishments: readonly Establishment[];
  readonly faults: readonly { readonly line: number; readonly code: EstablishmentFaultCode }[];
} {
  const read = given.map((one) => readSiret(one.siret));
  const faults = read.flatMap(({ siret, fault }, line) => {
    const codes: EstablishmentFaultCode[] = fault ? [fault] : [];
    if (!fault && sirenOf(siret) !== siren) codes.push('siren_of_another_buyer');
    if (!fault && read.findIndex((other) => other.siret === siret) < line) codes.push('siret_given_twice');
    return codes.map((code) => ({ line, code }));
  });
  return { establishments: given.map((one, line) => ({ ...one, siret: read[line]!.siret })), faults };
}
