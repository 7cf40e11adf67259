import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { TerritoriesService } from '../buyers/territories.service.js';
import type { Caller } from '../platform/access/caller.js';
import { newId } from '../platform/database/id.js';
import { lockName } from '../platform/database/named-lock.js';
import { entriesBetween, type JournalEntry } from '../platform/journal/changes.js';
import { Journal } from '../platform/journal/journal.js';
import type { Trace } from '../platform/journal/trace.js';
import { type Fault, Refused } from '../platform/refusals/refused.js';
import { supplierSentence } from './suppliers.messages.js';
import { SuppliersQueries, type WholeSupplier } from './suppliers.queries.js';
import {
  checkSupplier,
  cpvPrefix,
  type Known,
  searchKey,
  type Supplier,
  type SupplierEntry,
} from './suppliers.rules.js';

/** What replaces the name of a supplier that was erased: the lines of sourcing logs keep pointing at somebody. */
export const ERASED_SUPPLIER = 'Fournisseur effacé';

/** A sole trader's name and SIRET are personal data, and nothing tells a sole trader from a firm. */
const PERSONAL_FACTS = ['siret', 'name'];

/** Written one after the other: the directory is kept by few, and a file may touch many rows of it. */
const DIRECTORY = 'supplier directory';

/** The directory of suppliers, shared by the whole installation. */
@Injectable()
export class SuppliersService {
  constructor(
    private readonly queries: SuppliersQueries,
    private readonly territories: TerritoriesService,
    private readonly journal: Journal,
  ) {}

  /** @throws {Refused} FORBIDDEN, VALIDATION with every fault, SUPPLIER_ALREADY_LISTED */
  async create(tx: EntityManager, caller: Caller, at: Date, entry: SupplierEntry): Promise<string> {
    const trace = caller.require('supplier.write', {});
    const supplier = await this.check(tx, entry);
    await lockName(tx, DIRECTORY);
    const id = newId();
    await this.requireFreeSiret(tx, supplier.siret, id);
    await this.save(tx, trace, at, [{ ...supplier, id }]);
    return id;
  }

  /**
   * Replaces everything that is said of a supplier.
   *
   * @param version the one that was read
   * @throws {Refused} FORBIDDEN, NOT_FOUND, STALE_VERSION with the current state, VALIDATION, SUPPLIER_ALREADY_LISTED
   */
  async replace(
    tx: EntityManager,
    caller: Caller,
    at: Date,
    id: string,
    version: number,
    entry: SupplierEntry,
  ): Promise<WholeSupplier> {
    const trace = caller.require('supplier.write', {});
    await this.lockRead(tx, id, version);
    const supplier = await this.check(tx, entry);
    await this.requireFreeSiret(tx, supplier.siret, id);
    await this.save(tx, trace, at, [{ ...supplier, id }]);
    return (await this.queries.supplier(tx, id))!;
  }

  /** Takes out one that nobody met. @throws {Refused} FORBIDDEN, NOT_FOUND, STALE_VERSION, SUPPLIER_WAS_MET */
  async remove(tx: EntityManager, caller: Caller, at: Date, id: string, version: number): Promise<void> {
    const trace = caller.require('supplier.write', {});
    await this.lockRead(tx, id, version);
    if (await this.queries.wasMet(tx, id)) throw new Refused('SUPPLIER_WAS_MET');
    await this.delete(tx, trace, at, id, 'sourcing.remove-supplier');
  }

  /**
   * Erases the data of a supplier that asks for it (GDPR, article 17). Met by nobody, it goes; else the logs keep pointing
   * at a line without SIRET nor name: that someone was met must stay provable (R2111-2).
   *
   * @throws {Refused} FORBIDDEN, NOT_FOUND
   */
  async erase(tx: EntityManager, caller: Caller, at: Date, id: string): Promise<void> {
    const trace = caller.require('supplier.erase', {});
    await this.lockRead(tx, id, null);
    if (!(await this.queries.wasMet(tx, id)))
      return this.delete(tx, trace, at, id, 'sourcing.erase-supplier');
    const before = await this.queries.told(tx, [id]);
    for (const table of DETAILS) await tx.query(`delete from ${table} where supplier_id = $1`, [id]);
    await tx.query(
      `update supplier set siret = null, name = $2, search_key = '', nationwide = false, erased_at = $3,
              version = version + 1 where id = $1`,
      [id, ERASED_SUPPLIER, at],
    );
    const after = (await this.queries.told(tx, [id])).map((thing) => ({
      ...thing,
      state: { ...thing.state, name: null },
    }));
    await this.tell(tx, trace, at, 'sourcing.erase-supplier', before, after);
  }

  /** What entries are checked against. */
  async known(tx: EntityManager, cpvPrefixes: readonly string[]): Promise<Known> {
    return {
      cpvPrefixes: await this.queries.knownCpvPrefixes(tx, cpvPrefixes),
      isCommune: (code) => this.territories.isCommune(code),
      isDepartment: (code) => this.territories.isDepartment(code),
      communesOfEpci: (siren) => this.territories.communesOfEpci(siren),
    };
  }

  /**
   * Refuses, in a question, codes that do not exist: they would count nobody, which would be taken for an answer.
   *
   * @throws {Refused} VALIDATION
   */
  async requireKnown(
    tx: EntityManager,
    { cpv, communes }: { readonly cpv: readonly string[]; readonly communes: readonly string[] },
  ): Promise<void> {
    const known = await this.known(
      tx,
      cpv.map(cpvPrefix).filter((prefix) => prefix !== null),
    );
    const faults = [
      ...cpv.map((code, index) => ({
        code,
        at: `cpv/${index}`,
        is: known.cpvPrefixes.has(cpvPrefix(code) ?? ''),
      })),
      ...communes.map((code, index) => ({ code, at: `communes/${index}`, is: known.isCommune(code) })),
    ].flatMap(({ code, at, is }): Fault[] => {
      const fault = at.startsWith('cpv') ? 'unknown_cpv_code' : 'unknown_commune';
      const detail = `«\u00a0${code}\u00a0»\u00a0: ${supplierSentence(fault, code)}`;
      return is ? [] : [{ in: 'query', pointer: `#/${at}`, code: fault, detail }];
    });
    if (faults.length > 0) throw new Refused('VALIDATION', faults.length).withFaults(faults);
  }

  /** Adds those whose SIRET is new, replaces the others; the right was asserted. @returns how many of each */
  async saveAll(
    tx: EntityManager,
    trace: Trace,
    at: Date,
    suppliers: readonly Supplier[],
  ): Promise<{ created: number; updated: number; unchanged: number }> {
    await lockName(tx, DIRECTORY);
    const ids = await this.queries.idsBySiret(
      tx,
      suppliers.map(({ siret }) => siret),
    );
    const changed = await this.save(
      tx,
      trace,
      at,
      suppliers.map((supplier) => ({ ...supplier, id: ids.get(supplier.siret) ?? newId() })),
    );
    const created = suppliers.length - ids.size;
    return { created, updated: changed - created, unchanged: suppliers.length - changed };
  }

  private async check(tx: EntityManager, entry: SupplierEntry): Promise<Supplier> {
    const prefixes = entry.activities.map(cpvPrefix).filter((prefix) => prefix !== null);
    const { supplier, faults } = checkSupplier(entry, await this.known(tx, prefixes));
    if (faults.length === 0) return supplier;
    throw new Refused('VALIDATION', faults.length).withFaults(
      faults.map(({ field, index, code, value }) => ({
        in: 'body',
        pointer: `#/${field}${index === null ? '' : `/${index}`}`,
        code,
        detail: supplierSentence(code, value),
      })),
    );
  }

  private async lockRead(tx: EntityManager, id: string, version: number | null): Promise<void> {
    await lockName(tx, DIRECTORY);
    const current = await this.queries.supplier(tx, id);
    if (!current) throw new Refused('NOT_FOUND');
    if (version !== null && current.version !== version)
      throw new Refused('STALE_VERSION').withCurrent(current);
    // A contact that is being recorded holds the row: whether the supplier was met is known once it is done.
    await tx.query(`select from supplier where id = $1 for update`, [id]);
  }

  private async requireFreeSiret(tx: EntityManager, siret: string, id: string): Promise<void> {
    const owner = (await this.queries.idsBySiret(tx, [siret])).get(siret);
    if (owner !== undefined && owner !== id) throw new Refused('SUPPLIER_ALREADY_LISTED', siret);
  }

  /** Under the directory's lock. @returns how many are new or changed */
  private async save(
    tx: EntityManager,
    trace: Trace,
    at: Date,
    suppliers: readonly (Supplier & { readonly id: string })[],
  ): Promise<number> {
    const ids = suppliers.map(({ id }) => id);
    const before = await this.queries.told(tx, ids);
    await tx.query(
      `insert into supplier (id, siret, name, search_key, nationwide, created_at)
       select *, $6::timestamptz from unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::boolean[])
       on conflict (id) do update set siret = excluded.siret, name = excluded.name,
         search_key = excluded.search_key, nationwide = excluded.nationwide`,
      [
        ids,
        suppliers.map(({ siret }) => siret),
        suppliers.map(({ name }) => name),
        suppliers.map(({ name }) => searchKey(name)),
        suppliers.map(({ nationwide }) => nationwide),
        at,
      ],
    );
    for (const table of DETAILS)
      await tx.query(`delete from ${table} where supplier_id = any($1::uuid[])`, [ids]);
    const pairs = async (table: string, column: string, list: (supplier: Supplier) => readonly string[]) => {
      const rows = suppliers.flatMap((supplier) =>
        list(supplier).map((value) => [supplier.id, value] as const),
      );
      await tx.query(
        `insert into ${table} (supplier_id, ${column}) select * from unnest($1::uuid[], $2::text[])`,
        [rows.map(([id]) => id), rows.map(([, value]) => value)],
      );
    };
    await pairs('supplier_activity', 'cpv_prefix', ({ activities }) => activities);
    await pairs('supplier_department', 'department_code', ({ departments }) => departments);
    await pairs('supplier_commune', 'insee_code', ({ communes }) => communes);
    const statuses = suppliers.flatMap(({ id, statuses: proven }) => proven.map((one) => ({ id, ...one })));
    await tx.query(
      `insert into supplier_status (supplier_id, status, source, proven_on, expires_on)
       select * from unnest($1::uuid[], $2::text[], $3::text[], $4::date[], $5::date[])`,
      [
        statuses.map(({ id }) => id),
        statuses.map(({ status }) => status),
        statuses.map(({ source }) => source),
        statuses.map(({ provenOn }) => provenOn),
        statuses.map(({ expiresOn }) => expiresOn),
      ],
    );
    const entries = await this.tell(
      tx,
      trace,
      at,
      'sourcing.save-supplier',
      before,
      await this.queries.told(tx, ids),
    );
    const changed = entries.filter((entry) => entry.before !== null).map(({ subjectId }) => subjectId);
    await tx.query(`update supplier set version = version + 1 where id = any($1::uuid[])`, [changed]);
    return entries.length;
  }

  private async delete(tx: EntityManager, trace: Trace, at: Date, id: string, key: string): Promise<void> {
    const before = await this.queries.told(tx, [id]);
    await tx.query(`delete from supplier where id = $1`, [id]);
    await this.tell(tx, trace, at, key, before, []);
  }

  private async tell(
    tx: EntityManager,
    trace: Trace,
    at: Date,
    key: string,
    ...[before, after]: [Parameters<typeof entriesBetween>[1], Parameters<typeof entriesBetween>[2]]
  ): Promise<JournalEntry[]> {
    const entries = entriesBetween({ groupId: null, subject: 'supplier', key }, before, after);
    await this.journal.write(
      tx,
      trace,
      at,
      entries.map((entry) => ({ ...entry, personal: PERSONAL_FACTS })),
    );
    return entries;
  }
}

const DETAILS = ['supplier_activity', 'supplier_department', 'supplier_commune', 'supplier_status'] as const;
