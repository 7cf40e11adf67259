import type { PlainDate } from '../calendar/plain-date.js';
import { SIRET_FAULTS } from '../buyers/siret.messages.js';
import {
  isInseeCode,
  type NationalBuyer,
  type NationalReference,
  readSiret,
  sirenOf,
} from '../buyers/siret.rules.js';
import type { Fault } from '../platform/csv/fault.js';
import { RowReader } from '../platform/csv/row-reader.js';
import type { Table } from '../platform/csv/table.js';

export const MEMBERSHIP_COLUMNS = [
  'siret',
  'code_insee',
  'nom',
  'population_municipale',
  'reponse',
  'deliberation_le',
  'deliberation_numero',
  'bulletin_le',
  'lots',
] as const;

/** An answer to the invitation: the agreement's resolution, and the bulletin d'adhésion with its lots. */
export interface MembershipLine {
  readonly line: number;
  readonly siret: string;
  readonly inseeCode: string | null;
  readonly name: string;
  readonly joins: boolean;
  readonly population: number | null;
  readonly resolutionOn: PlainDate | null;
  readonly resolutionNumber: string | null;
  readonly formSignedOn: PlainDate | null;
  readonly lots: readonly number[];
}

/** What other files may be held against, even when the row that says it is faulty. */
export interface KnownBuyer {
  readonly line: number;
  /** Null when the row does not tell, or contradicts itself. */
  readonly joins: boolean | null;
  /** Null when any of them is faulty: the one that is missing may be meant by it. */
  readonly lots: ReadonlySet<number> | null;
}

export interface MembershipsReading {
  readonly file: string;
  readonly memberships: readonly MembershipLine[];
  readonly faults: readonly Fault[];
  readonly buyers: ReadonlyMap<string, KnownBuyer>;
  /** True when a SIRET that the file does not hold may be meant by one of its faulty rows. */
  mayBe(siret: string): boolean;
}

/**
 * Reads `adhesions.csv`.
 *
 * @param lotNumbers lots of the catalogue; null when they are not known
 */
export function readMemberships(
  table: Table,
  lotNumbers: ReadonlySet<number> | null,
  reference: NationalReference,
): MembershipsReading {
  const faults: Fault[] = [...table.faults];
  const memberships: MembershipLine[] = [];
  const buyers = new Map<string, KnownBuyer>();
  const lineOfInsee = new Map<string, number>();
  const faultySirets: string[] = [];
  for (const row of table.rows) {
    if (!row.complete) {
      for (const cell of row.cells) {
        const { siret } = readSiret(cell);
        if (/^\d{14}$/.test(siret) && !buyers.has(siret))
          buyers.set(siret, { line: row.line, joins: null, lots: null });
      }
      continue;
    }
    const reader = new RowReader(table, row, faults);
    const siret = readRowSiret(reader, buyers);
    if (reader.refused('siret')) faultySirets.push(siret ?? '');
    const known =
      siret === undefined || reader.refused('siret') ? undefined : reference.buyer(sirenOf(siret));
    const inseeCode = readInsee(reader, row.line, lineOfInsee, reference, known);
    const name = reader.text('nom', 'le nom');
    const answer = reader.oneOf('reponse', ['adhere', 'n_adhere_pas'] as const, 'la réponse');
    const joins = answer === undefined ? null : answer === 'adhere';
    const population = readPopulation(reader, joins);
    const resolutionOn = reader.date('deliberation_le', 'la date de la délibération');
    const formSignedOn = reader.date('bulletin_le', 'la date du bulletin d’adhésion');
    const lots = readLots(reader, joins, lotNumbers);
    if (siret !== undefined && !buyers.has(siret))
      buyers.set(siret, {
        line: row.line,
        joins: lots === undefined && joins === false ? null : joins,
        lots: lots === undefined ? null : new Set(lots),
      });
    if (reader.faulty || siret === undefined || inseeCode === undefined || name === undefined) continue;
    if (joins === null || population === undefined || resolutionOn === undefined) continue;
    if (formSignedOn === undefined || lots === undefined) continue;
    memberships.push({
      line: row.line,
      siret,
      inseeCode,
      name,
      joins,
      population,
      resolutionOn,
      resolutionNumber: reader.optionalText('deliberation_numero') || null,
      formSignedOn,
      lots,
    });
  }
  if (table.readable && table.rows.length === 0)
    faults.push({
      file: table.file,
      line: 1,
      column: '',
      value: '',
      problem: 'le fichier ne contient aucun acheteur',
      correction: 'ajouter une ligne par commune ou établissement invité',
    });
  return {
    file: table.file,
    memberships,
    faults,
    buyers,
    mayBe: (siret) => table.rows.length === 0 || faultySirets.some((faulty) => resembles(faulty, siret)),
  };
}

/** @returns the SIRET as soon as it can be known, even with a false key: other files may quote it */
function readRowSiret(reader: RowReader, known: ReadonlyMap<string, KnownBuyer>): string | undefined {
  const text = reader.text('siret', 'le SIRET');
  if (text === undefined) return undefined;
  const { siret, fault } = readSiret(text);
  if (fault) reader.refuse('siret', ...SIRET_FAULTS[fault]);
  else if (known.has(siret))
    reader.refuse('siret', 'cet acheteur figure déjà plus haut', 'ne garder qu’une ligne par SIRET');
  return siret;
}

/** The same number but for a typing slip, or a text that tells nothing. */
function resembles(faulty: string, siret: string): boolean {
  if (!/^\d{14}$/.test(faulty)) return true;
  let start = 0;
  while (start < siret.length && faulty[start] === siret[start]) start += 1;
  let end = 0;
  while (end < siret.length - start && faulty.at(-1 - end) === siret.at(-1 - end)) end += 1;
  return start + end >= 11;
}

/** @param known what the national reference says of that SIRET */
function readInsee(
  reader: RowReader,
  line: number,
  lines: Map<string, number>,
  reference: NationalReference,
  known: NationalBuyer | undefined,
): string | null | undefined {
  const code = reader.optionalText('code_insee').toUpperCase();
  if (known && code !== (known.inseeCode ?? ''))
    return known.inseeCode === null
      ? reader.refuse(
          'code_insee',
          `ce SIRET est celui de ${known.name}, qui n’est pas une commune`,
          'laisser code_insee vide, ou corriger le SIRET',
        )
      : reader.refuse(
          'code_insee',
          `ce SIRET est celui de ${known.name}, dont le code INSEE est ${known.inseeCode}`,
          `écrire ${known.inseeCode}, ou corriger le SIRET`,
        );
  if (code === '') return null;
  if (!isInseeCode(code) || !reference.isCommune(code))
    return reader.refuse(
      'code_insee',
      'aucune commune n’a ce code INSEE (référentiel national de 2026)',
      'écrire le code INSEE (53130), pas le code postal ; laisser vide pour un EPCI',
    );
  const first = lines.get(code);
  if (first !== undefined && reader.refused('siret')) return code; // the same row twice is told once
  if (first !== undefined)
    return reader.refuse(
      'code_insee',
      `ce code INSEE figure déjà ligne ${first}`,
      'ne garder qu’une ligne par commune',
    );
  lines.set(code, line);
  return code;
}

function readPopulation(reader: RowReader, joins: boolean | null): number | null | undefined {
  const value = reader.decimal('population_municipale', {
    scale: 0,
    what: 'la population municipale',
    optional: true,
  });
  if (value === null && joins === true)
    return reader.refuse(
      'population_municipale',
      'la population municipale manque',
      'écrire la population municipale (0 pour un EPCI ou un syndicat)',
    );
  if (value !== null && value !== undefined && value > 100_000_000n)
    return reader.refuse('population_municipale', 'cette population est trop grande', 'vérifier le nombre');
  return value === null || value === undefined ? value : Number(value);
}

/** @returns undefined as soon as one is refused: what the row means by it is not known */
function readLots(
  reader: RowReader,
  joins: boolean | null,
  lotNumbers: ReadonlySet<number> | null,
): number[] | undefined {
  const lots = reader.lotNumbers('lots');
  if (lots === undefined) return undefined;
  if (joins === false && lots.length > 0)
    return reader.refuse(
      'lots',
      'un acheteur qui n’adhère pas ne rejoint aucun lot',
      'vider la colonne lots, ou écrire adhere dans la colonne reponse',
    );
  const unknown = lotNumbers ? lots.filter((lot) => !lotNumbers.has(lot)) : [];
  if (unknown.length > 0)
    return reader.refuse(
      'lots',
      `lot absent du catalogue : ${unknown.join(', ')}`,
      'corriger les numéros, ou ajouter le lot au catalogue',
    );
  return lots;
}
