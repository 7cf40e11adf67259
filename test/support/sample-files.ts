import { readFileSync } from 'node:fs';
import { nationalReference } from '../../src/buyers/national-reference.js';
import { CATALOGUE_COLUMNS, readCatalogue } from '../../src/catalogue/catalogue.import.js';
import {
  MEMBERSHIP_COLUMNS,
  type MembershipLine,
  readMemberships,
} from '../../src/participation/memberships.import.js';
import { readTable } from '../../src/platform/csv/table.js';
import { SAMPLE } from './sample-dossier.js';

const bytes = (file: string): Buffer => readFileSync(new URL(file, SAMPLE));

export const SAMPLE_CATALOGUE = bytes('catalogue.csv').toString('utf8');

/** The 35 buyers of the sample with their answers, and its 12 lots, read by the product's own readers. */
export function readSampleFiles() {
  const catalogue = readCatalogue(
    readTable('catalogue.csv', bytes('catalogue.csv'), CATALOGUE_COLUMNS),
    new Set(),
  );
  const { memberships, faults } = readMemberships(
    readTable('adhesions.csv', bytes('adhesions.csv'), MEMBERSHIP_COLUMNS),
    catalogue.lotNumbers,
    nationalReference,
  );
  if (faults.length + catalogue.faults.length > 0) throw new Error('the sample is faulty');
  return { lots: catalogue.lots, memberships };
}

/** How many of these members joined each lot. */
export function membersPerLot(memberships: readonly MembershipLine[]): Record<number, number> {
  const counts: Record<number, number> = {};
  for (const lot of memberships.flatMap(({ lots }) => lots)) counts[lot] = (counts[lot] ?? 0) + 1;
  return counts;
}
