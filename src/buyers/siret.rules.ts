import { stdnum } from 'stdnum';

export type SiretFault = 'not_14_digits' | 'in_scientific_notation' | 'wrong_check_digit';

/**
 * Checks a SIRET: 14 digits, Luhn key, with La Poste's own rule (SIREN 356000000). Spaces are forgiven.
 * A valid key does not prove that the establishment exists.
 */
export function readSiret(
  text: string,
): { siret: string; fault: null } | { siret: string; fault: SiretFault } {
  const siret = text.replace(/[\s\u00a0\u202f]/g, '');
  if (/^\d[.,]?\d*e\+?\d+$/i.test(siret)) return { siret, fault: 'in_scientific_notation' };
  if (!/^\d{14}$/.test(siret)) return { siret, fault: 'not_14_digits' };
  return stdnum.FR!.siret!.validate(siret).isValid
    ? { siret, fault: null }
    : { siret, fault: 'wrong_check_digit' };
}

export type SirenFault = 'not_9_digits' | 'wrong_siren_check_digit';

/** Checks a SIREN: 9 digits, Luhn key. Spaces are forgiven. */
export function readSiren(
  text: string,
): { siren: string; fault: null } | { siren: string; fault: SirenFault } {
  const siren = text.replace(/[\s\u00a0\u202f]/g, '');
  if (!/^\d{9}$/.test(siren)) return { siren, fault: 'not_9_digits' };
  return stdnum.FR!.siren!.validate(siren).isValid
    ? { siren, fault: null }
    : { siren, fault: 'wrong_siren_check_digit' };
}

export const sirenOf = (siret: string): string => siret.slice(0, 9);

/** INSEE code of a commune, Corsica (2A, 2B) and overseas departments included; never a post code. */
export const isInseeCode = (text: string): boolean =>
  /^(0[1-9]|[1-8]\d|9[0-5]|2[AB])\d{3}$|^97[1-6]\d{2}$/.test(text);

export interface NationalBuyer {
  readonly name: string;
  /** Null for an EPCI. */
  readonly inseeCode: string | null;
}

/** The communes of the country, and its EPCI with taxes of their own; it knows neither other syndicates nor CCAS. */
export interface NationalReference {
  buyer(siren: string): NationalBuyer | undefined;
  isCommune(inseeCode: string): boolean;
  /** The SIREN of a commune; undefined for one that the reference tells no SIREN of. */
  sirenOfCommune(inseeCode: string): string | undefined;
}

/** What buyers are sorted by, and ties given to: the INSEE code, else the SIRET, else the SIREN. */
export const buyerKey = (buyer: {
  readonly siret: string | null;
  readonly siren: string;
  readonly inseeCode: string | null;
}): string => buyer.inseeCode ?? buyer.siret ?? buyer.siren;
