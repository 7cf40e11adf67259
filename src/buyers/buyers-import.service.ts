import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { newId } from '../platform/database/id.js';
import { Journal } from '../platform/journal/journal.js';
import type { Trace } from '../platform/journal/trace.js';
import { Refused } from '../platform/refusals/refused.js';
import { BuyersQueries } from './buyers.queries.js';
import { lockSirets } from './buyers.service.js';
import { telling } from './buyers-told.queries.js';
import {
  figuresToKeep,
  type ImportStep,
  type KnownBuyer,
  type NationalEntry,
  planImport,
  REFERENCE,
} from './national-entry.rules.js';
import { epciAndMembers, nationalEntry } from './national-reference.js';

/** A buyer that an import speaks of. */
export interface ImportedBuyer {
  readonly id: string;
  readonly siren: string;
  readonly inseeCode: string | null;
  readonly name: string;
}

export interface ImportReport {
  readonly created: readonly ImportedBuyer[];
  readonly updated: readonly ImportedBuyer[];
  /** Nothing to change. */
  readonly left: readonly ImportedBuyer[];
  /** Those whose name is not the national one: people's name stays. */
  readonly otherNames: readonly (ImportedBuyer & { readonly nationalName: string })[];
  /** Entries that were not taken, because other buyers of ours have their SIREN or INSEE code. */
  readonly skipped: readonly {
    readonly siren: string;
    readonly inseeCode: string | null;
    readonly name: string;
    readonly others: readonly ImportedBuyer[];
  }[];
}

/** Takes communes and EPCI from the national reference. Rights are asserted by whoever calls. */
@Injectable()
export class BuyersImportService {
  constructor(
    private readonly journal: Journal,
    private readonly queries: BuyersQueries,
  ) {}

  /** An EPCI and all its communes. @throws {Refused} EPCI_UNKNOWN */
  importEpci(tx: EntityManager, trace: Trace, at: Date, siren: string): Promise<ImportReport> {
    const entries = epciAndMembers(siren);
    if (!entries) throw new Refused('EPCI_UNKNOWN', siren, REFERENCE.edition);
    return this.importEntries(tx, trace, at, entries);
  }

  /** Chosen communes and EPCI. @throws {Refused} REFERENCE_UNKNOWN naming every SIREN that is not there */
  importSirens(tx: EntityManager, trace: Trace, at: Date, sirens: readonly string[]): Promise<ImportReport> {
    const unknown = sirens.filter((siren) => !nationalEntry(siren));
    if (unknown.length > 0) throw new Refused('REFERENCE_UNKNOWN', unknown.join(', '), REFERENCE.edition);
    return this.importEntries(
      tx,
      trace,
      at,
      [...new Set(sirens)].map((siren) => nationalEntry(siren)!),
    );
  }

  private async importEntries(
    tx: EntityManager,
    trace: Trace,
    at: Date,
    entries: readonly NationalEntry[],
  ): Promise<ImportReport> {
    await lockSirets(tx);
    const steps = planImport(entries, await this.lockKnown(tx, entries));
    const made = steps.flatMap((step) => (step.act === 'create' ? [{ id: newId(), entry: step.entry }] : []));
    const mended = steps.flatMap((step) =>
      step.act === 'update' ? [{ id: step.buyer.id, entry: step.entry, buyer: step.buyer }] : [],
    );
    const touched = [...made, ...mended];
    if (touched.length > 0)
      await telling(
        this.journal,
        tx,
        trace,
        at,
        { subject: 'buyer', key: 'buyers.import', ids: touched.map(({ id }) => id) },
        async () => {
          await create(tx, made);
          await mend(tx, mended);
          await keepFormerCodes(tx, touched);
          await keepPopulations(tx, touched);
        },
      );
    return reportOf(steps, made);
  }

  /** In the order in which `register` locks them. */
  private async lockKnown(tx: EntityManager, entries: readonly NationalEntry[]): Promise<KnownBuyer[]> {
    const sirens = entries.map((entry) => entry.siren);
    const inseeCodes = entries.flatMap((entry) => entry.inseeCode ?? []);
    await tx.query(
      `select id from buyer where siren = any($1) or insee_code = any($2) order by siret, id for update`,
      [sirens, inseeCodes],
    );
    return this.queries.known(tx, sirens, inseeCodes);
  }
}

interface Taken {
  readonly id: string;
  readonly entry: NationalEntry;
}

const create = (tx: EntityManager, made: readonly Taken[]): Promise<unknown> =>
  tx.query(
    `insert into buyer (id, siren_alone, insee_code, name, kind)
     select * from unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::text[])`,
    [
      made.map(({ id }) => id),
      made.map(({ entry }) => entry.siren),
      made.map(({ entry }) => entry.inseeCode),
      made.map(({ entry }) => entry.name),
      made.map(({ entry }) => entry.kind),
    ],
  );

/** A code that a commune no longer has joins those it had before. */
async function mend(tx: EntityManager, mended: readonly (Taken & { buyer: KnownBuyer })[]): Promise<void> {
  const moved = mended.filter(
    ({ entry, buyer }) => buyer.inseeCode !== null && buyer.inseeCode !== entry.inseeCode,
  );
  await tx.query(
    `insert into buyer_code_history (buyer_id, insee_code, name, source)
     select *, 'code porté auparavant sur la fiche' from unnest($1::uuid[], $2::text[], $3::text[])
     on conflict (buyer_id, insee_code) do nothing`,
    [
      moved.map(({ id }) => id),
      moved.map(({ buyer }) => buyer.inseeCode),
      moved.map(({ buyer }) => buyer.name),
    ],
  );
  await tx.query(
    `update buyer set kind = given.kind, insee_code = given.insee_code, version = version + 1
     from unnest($1::uuid[], $2::text[], $3::text[]) as given (id, kind, insee_code) where buyer.id = given.id`,
    [
      mended.map(({ id }) => id),
      mended.map(({ entry }) => entry.kind),
      mended.map(({ entry }) => entry.inseeCode),
    ],
  );
}

function keepFormerCodes(tx: EntityManager, taken: readonly Taken[]): Promise<unknown> {
  const codes = taken.flatMap(({ id, entry }) => entry.formerCodes.map((former) => ({ id, ...former })));
  return tx.query(
    `insert into buyer_code_history (buyer_id, insee_code, name, source)
     select *, $4 from unnest($1::uuid[], $2::text[], $3::text[])
     on conflict (buyer_id, insee_code) do nothing`,
    [
      codes.map(({ id }) => id),
      codes.map(({ code }) => code),
      codes.map(({ name }) => name),
      REFERENCE.codes,
    ],
  );
}

function keepPopulations(
  tx: EntityManager,
  taken: readonly (Taken & { readonly buyer?: KnownBuyer })[],
): Promise<unknown> {
  const figures = taken.flatMap(({ id, entry, buyer = null }) =>
    figuresToKeep(entry, buyer).map((figure) => ({ id, ...figure })),
  );
  return tx.query(
    `insert into buyer_population (buyer_id, kind, value, source)
     select * from unnest($1::uuid[], $2::text[], $3::int[], $4::text[])
     on conflict on constraint buyer_population_is_given_once do update
       set value = excluded.value, source = excluded.source, in_force_on = null`,
    [
      figures.map(({ id }) => id),
      figures.map(({ kind }) => kind),
      figures.map(({ value }) => value),
      figures.map(({ source }) => source),
    ],
  );
}

function reportOf(steps: readonly ImportStep[], made: readonly Taken[]): ImportReport {
  const ours = ({ id, siren, inseeCode, name }: ImportedBuyer): ImportedBuyer => ({
    id,
    siren,
    inseeCode,
    name,
  });
  const done = (act: 'update' | 'leave'): ImportedBuyer[] =>
    steps.flatMap((step) =>
      step.act === act ? [{ ...ours(step.buyer), inseeCode: step.entry.inseeCode }] : [],
    );
  return {
    created: made.map(({ id, entry }) => ours({ ...entry, id })),
    updated: done('update'),
    left: done('leave'),
    otherNames: steps.flatMap((step) =>
      (step.act === 'update' || step.act === 'leave') && step.otherName !== null
        ? [{ ...ours(step.buyer), nationalName: step.entry.name }]
        : [],
    ),
    skipped: steps.flatMap((step) =>
      step.act === 'skip'
        ? [
            {
              siren: step.entry.siren,
              inseeCode: step.entry.inseeCode,
              name: step.entry.name,
              others: step.others.map(ours),
            },
          ]
        : [],
    ),
  };
}
