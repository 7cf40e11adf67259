import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { COST_COLUMNS, type PlacedCost, readCosts } from '../allocation/costs.import.js';
import { nationalBuyer, nationalReference } from '../buyers/national-reference.js';
import { sirenOf } from '../buyers/siret.rules.js';
import type { BuyerIdentity } from '../buyers/buyers.service.js';
import {
  CATALOGUE_COLUMNS,
  CATALOGUE_OPTIONAL_COLUMNS,
  cpvCodesOf,
  readCatalogue,
} from '../catalogue/catalogue.import.js';
import type { CatalogueLot } from '../catalogue/replace-catalogue.service.js';
import {
  MEMBERSHIP_COLUMNS,
  type MembershipLine,
  readMemberships,
} from '../participation/memberships.import.js';
import { NEED_COLUMNS, type NeedLine, readNeeds } from '../needs/needs.import.js';
import { type Fault, sortFaults } from '../platform/csv/fault.js';
import { readTable, type Table } from '../platform/csv/table.js';
import { type CampaignOptions, defaultTitle, reasonOf, UsageError } from './campaign-options.js';

export const CATALOGUE = 'catalogue.csv';
export const MEMBERSHIPS = 'adhesions.csv';
export const NEEDS = 'besoins.csv';
export const COSTS = 'couts.csv';
export const FILES = [CATALOGUE, MEMBERSHIPS, NEEDS, COSTS] as const;

export interface CampaignTables {
  readonly catalogue: Table;
  readonly memberships: Table;
  readonly needs: Table;
  /** Null when there is no such file: no costs to share. */
  readonly costs: Table | null;
}

/** A campaign that was read and found sound. */
export interface Campaign {
  readonly title: string;
  readonly coordinator: BuyerIdentity;
  readonly options: CampaignOptions;
  readonly lots: readonly CatalogueLot[];
  readonly memberships: readonly MembershipLine[];
  readonly needs: readonly NeedLine[];
  readonly costs: readonly PlacedCost[];
}

/** What people gave is wrong somewhere; nothing was written. */
export class CampaignRefused extends Error {
  override readonly name = 'CampaignRefused';
  readonly faults: readonly Fault[];
  constructor(faults: readonly Fault[]) {
    super(`${faults.length} faults`);
    this.faults = sortFaults(faults, FILES);
  }
}

export async function readCampaignTables(directory: string): Promise<CampaignTables> {
  const table = async (
    file: string,
    columns: readonly string[],
    optional: readonly string[] = [],
  ): Promise<Table> => readTable(file, await bytesOrNull(join(directory, file)), columns, optional);
  return {
    catalogue: await table(CATALOGUE, CATALOGUE_COLUMNS, CATALOGUE_OPTIONAL_COLUMNS),
    memberships: await table(MEMBERSHIPS, MEMBERSHIP_COLUMNS),
    needs: await table(NEEDS, NEED_COLUMNS),
    costs: (await bytesOrNull(join(directory, COSTS))) ? await table(COSTS, COST_COLUMNS) : null,
  };
}

export const cpvCodesIn = (tables: CampaignTables): string[] => cpvCodesOf(tables.catalogue);

/** What the files say, sound or not: what is faulty of them is left out of the campaign. */
export interface CampaignReading {
  /** Null when its coordinator is not known. */
  readonly campaign: Campaign | null;
  readonly faults: readonly Fault[];
}

/**
 * Reads everything that the files tell by themselves.
 *
 * @param unknownCpv CPV codes of the catalogue that the nomenclature does not hold
 */
export function readCampaign(
  tables: CampaignTables,
  options: CampaignOptions,
  unknownCpv: ReadonlySet<string>,
): CampaignReading {
  const catalogue = readCatalogue(tables.catalogue, unknownCpv);
  const lotNumbers = catalogue.codesKnown ? catalogue.lotNumbers : null;
  const members = readMemberships(tables.memberships, lotNumbers, nationalReference);
  const needs = readNeeds(tables.needs, catalogue, members);
  const costs = tables.costs ? readCosts(tables.costs, lotNumbers) : { costs: [], faults: [] };
  const faults = [...catalogue.faults, ...members.faults, ...needs.faults, ...costs.faults];
  const coordinator = findCoordinator(options, members.memberships);
  if ('fault' in coordinator) {
    // With faulty rows the coordinator may be among them: telling it now would be a second complaint.
    if (members.faults.length === 0) faults.push(coordinator.fault);
    return { campaign: null, faults };
  }
  const campaign = {
    title: options.title ?? defaultTitle(coordinator.name, options.directory),
    coordinator,
    options,
    lots: catalogue.lots,
    memberships: members.memberships,
    needs: needs.needs,
    costs: costs.costs,
  };
  return { campaign, faults };
}

/**
 * Checks everything that can be checked without the database, but for what it is given of it.
 *
 * @throws {CampaignRefused} with every fault of every file
 */
export function checkCampaign(...read: Parameters<typeof readCampaign>): Campaign {
  const { campaign, faults } = readCampaign(...read);
  if (campaign === null || faults.length > 0) throw new CampaignRefused(faults);
  return campaign;
}

/** The one asked for, known by `adhesions.csv`, the national reference or its given name; else the only member that is no commune. */
function findCoordinator(
  options: CampaignOptions,
  memberships: readonly MembershipLine[],
): BuyerIdentity | { fault: Fault } {
  const { coordinator, coordinatorName } = options;
  const fault = (value: string, problem: string, correction: string): { fault: Fault } => ({
    fault: { file: MEMBERSHIPS, line: null, column: 'siret', value, problem, correction },
  });
  const candidates = memberships.filter((member) =>
    coordinator === null ? member.joins && member.inseeCode === null : member.siret === coordinator,
  );
  const [found] = candidates;
  if (found?.joins === false)
    return {
      fault: {
        file: MEMBERSHIPS,
        line: found.line,
        column: 'reponse',
        value: 'n_adhere_pas',
        problem: 'le coordonnateur n’adhère pas au groupement',
        correction: 'choisir un autre --coordinator, ou écrire adhere',
      },
    };
  if (found && candidates.length === 1)
    return { siret: found.siret, inseeCode: found.inseeCode, name: coordinatorName ?? found.name };
  if (coordinator === null)
    return fault(
      '',
      candidates.length === 0
        ? 'aucun membre sans code INSEE : le coordonnateur ne se devine pas'
        : 'plusieurs membres sans code INSEE : le coordonnateur ne se devine pas',
      'indiquer le coordonnateur : --coordinator SIRET',
    );
  const name = coordinatorName ?? nationalBuyer(sirenOf(coordinator))?.name;
  if (name === undefined)
    return fault(
      coordinator,
      'le coordonnateur n’est ni dans adhesions.csv ni dans le référentiel national',
      'vérifier --coordinator, ou donner son nom : --coordinator-name "NOM"',
    );
  return { siret: coordinator, inseeCode: null, name };
}

async function bytesOrNull(path: string): Promise<Buffer | null> {
  try {
    return await readFile(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw new UsageError([`${path} ne peut pas être lu : ${reasonOf(error)}.`]);
  }
}
