import { readSiret, type SiretFault } from '../buyers/siret.rules.js';
import type { PlainDate } from '../calendar/plain-date.js';
import { wrongCpvCheckDigit } from '../law/cpv-code.js';
import { changesDirection, oneLine } from '../words/visible.js';

/**
 * What a supplier may be, that a lever or a count asks for: SME, entreprise adaptée, ESAT, insertion par l’activité
 * économique, work in prison (CCP L2113-12 to -13-1), économie sociale et solidaire (L2113-15).
 */
export const SUPPLIER_STATUSES = {
  sme: 'pme',
  ea: 'ea',
  esat: 'esat',
  siae: 'siae',
  prison_work: 'prison',
  social_economy: 'ess',
} as const;
export type SupplierStatus = keyof typeof SUPPLIER_STATUSES;
export const STATUS_NAMES = Object.keys(SUPPLIER_STATUSES) as SupplierStatus[];

/** A status and what proves it. */
export interface ProvenStatus {
  readonly status: SupplierStatus;
  /** « liste de la Dreets », « attestation du 3 mars 2026 »: never a person's name. */
  readonly source: string;
  readonly provenOn: PlainDate;
  /** Last day, included; null when the proof does not end. */
  readonly expiresOn: PlainDate | null;
}

/** A supplier as people type it. */
export interface SupplierEntry {
  readonly siret: string;
  readonly name: string;
  /** CPV codes, with or without their check digit, or their first digits: « 34 », « 349271 », « 34927100-2 ». */
  readonly activities: readonly string[];
  readonly nationwide: boolean;
  readonly departments: readonly string[];
  /** SIREN: replaced by their communes. */
  readonly epci: readonly string[];
  readonly communes: readonly string[];
  readonly statuses: readonly ProvenStatus[];
}

/** A supplier as it is kept: lists sorted, each value once. */
export interface Supplier {
  readonly siret: string;
  readonly name: string;
  readonly activities: readonly string[];
  readonly nationwide: boolean;
  readonly departments: readonly string[];
  readonly communes: readonly string[];
  readonly statuses: readonly ProvenStatus[];
}

export type SupplierFaultCode =
  | SiretFault
  | 'nameless'
  | 'changes_direction'
  | 'no_activity'
  | 'not_a_cpv_code'
  | 'wrong_cpv_check_digit'
  | 'unknown_cpv_code'
  | 'serves_nowhere'
  | 'unknown_department'
  | 'unknown_epci'
  | 'unknown_commune'
  | 'status_twice'
  | 'proof_dates_disordered';

/** Its words are in `suppliers.messages.ts`. */
export interface SupplierFault {
  readonly field: keyof SupplierEntry;
  /** Place in the list; null when the field is no list, or the whole list is at fault. */
  readonly index: number | null;
  readonly code: SupplierFaultCode;
  readonly value: string;
}

/** What an entry is checked against. */
export interface Known {
  /** Those of the prefixes given that the nomenclature holds. */
  readonly cpvPrefixes: ReadonlySet<string>;
  isCommune(inseeCode: string): boolean;
  isDepartment(code: string): boolean;
  communesOfEpci(siren: string): readonly string[] | undefined;
}

/** Small letters and digits, words apart, accents and ligatures forgiven: « Œuvre d’Été » → « oeuvre d ete ». */
export const searchKey = (text: string): string =>
  text
    .toLowerCase()
    .replaceAll('œ', 'oe')
    .replaceAll('æ', 'ae')
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();

/** « 34000000 », « 34 » → « 34 »; « 34927100-2 » → « 349271 »; null for what is no CPV code nor the head of one. */
export function cpvPrefix(text: string): string | null {
  const [, whole, head] = /^(?:(\d{8})-\d|(\d{2,8}))$/.exec(text.trim()) ?? [];
  const digits = whole ?? head;
  return digits === undefined ? null : digits.slice(0, 2) + digits.slice(2).replace(/0+$/, '');
}

/** Every prefix that covers a code, from its division to itself: « 349271 » → 34, 349, 3492, 34927, 349271. */
export const coveringPrefixes = (prefix: string): string[] =>
  Array.from({ length: prefix.length - 1 }, (_, rank) => prefix.slice(0, rank + 2));

/** « 53130 » → « 53 »; overseas « 97411 » → « 974 ». */
export const departmentOf = (inseeCode: string): string =>
  inseeCode.slice(0, inseeCode.startsWith('97') ? 3 : 2);

/** Whether a proof holds on a day. It may be recorded before the day that it bears. */
export const isProven = ({ expiresOn }: ProvenStatus, on: PlainDate): boolean =>
  expiresOn === null || expiresOn >= on;

/** Checks an entry and gives what is kept of it; every fault at once. */
export function checkSupplier(
  entry: SupplierEntry,
  known: Known,
): { readonly supplier: Supplier; readonly faults: readonly SupplierFault[] } {
  const faults: SupplierFault[] = [];
  const refuse = (
    field: keyof SupplierEntry,
    index: number | null,
    value: string,
    code: SupplierFaultCode,
  ): void => void faults.push({ field, index, value, code });

  const { siret, fault } = readSiret(entry.siret);
  if (fault) refuse('siret', null, entry.siret, fault);
  const name = oneLine(entry.name);
  if (name === '') refuse('name', null, entry.name, 'nameless');
  if (changesDirection(name)) refuse('name', null, entry.name, 'changes_direction');
  if (entry.activities.length === 0) refuse('activities', null, '', 'no_activity');
  entry.activities.forEach((text, index) => {
    const prefix = cpvPrefix(text);
    if (prefix === null) refuse('activities', index, text, 'not_a_cpv_code');
    else if (wrongCpvCheckDigit(text)) refuse('activities', index, text, 'wrong_cpv_check_digit');
    else if (!known.cpvPrefixes.has(prefix)) refuse('activities', index, text, 'unknown_cpv_code');
  });
  const served = [entry.departments, entry.epci, entry.communes].some((list) => list.length > 0);
  if (!served && !entry.nationwide) refuse('communes', null, '', 'serves_nowhere');
  entry.departments.forEach((code, index) => {
    if (!known.isDepartment(code)) refuse('departments', index, code, 'unknown_department');
  });
  entry.epci.forEach((siren, index) => {
    if (!known.communesOfEpci(siren)) refuse('epci', index, siren, 'unknown_epci');
  });
  entry.communes.forEach((code, index) => {
    if (!known.isCommune(code)) refuse('communes', index, code, 'unknown_commune');
  });
  entry.statuses.forEach(({ status, provenOn, expiresOn }, index) => {
    if (entry.statuses.findIndex((other) => other.status === status) < index)
      refuse('statuses', index, SUPPLIER_STATUSES[status], 'status_twice');
    if (expiresOn !== null && expiresOn < provenOn)
      refuse('statuses', index, expiresOn, 'proof_dates_disordered');
  });
  const departments = sorted(entry.departments);
  const communes = sorted([
    ...entry.communes,
    ...entry.epci.flatMap((siren) => known.communesOfEpci(siren) ?? []),
  ]);
  return {
    supplier: {
      siret,
      name,
      activities: sorted(entry.activities.map(cpvPrefix).filter((prefix) => prefix !== null)),
      nationwide: entry.nationwide,
      departments,
      // A commune of a department that is wholly served says nothing more.
      communes: communes.filter((code) => !departments.includes(departmentOf(code))),
      statuses: [...entry.statuses].sort((a, b) => (a.status < b.status ? -1 : 1)),
    },
    faults,
  };
}

const sorted = (values: readonly string[]): string[] => [...new Set(values)].sort();
