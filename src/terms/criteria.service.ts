import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { isCommuneName } from '../buyers/commune-names.queries.js';
import { parisDate } from '../calendar/plain-date.js';
import { lawDay } from '../consultations/consultation.rules.js';
import { LawbookService } from '../lawbook/lawbook.service.js';
import type { Caller } from '../platform/access/caller.js';
import { newId } from '../platform/database/id.js';
import { entriesBetween, type Told } from '../platform/journal/changes.js';
import { Journal } from '../platform/journal/journal.js';
import { Refused } from '../platform/refusals/refused.js';
import { requireVersion } from '../platform/refusals/required-version.js';
import { criteriaProblems, criterion, criterionPlaceWords, type CriterionText } from './criteria.rules.js';
import { refuseProblems } from '../platform/refusals/editing.js';
import { TermsPlaces } from './terms-places.service.js';
import { type CriterionRow, type LotPlace, TermsQueries } from './terms.queries.js';

export interface CriterionState extends CriterionRow {
  /** Words that speak of a place or an origin, brands without « ou équivalent ». */
  readonly placeWords: readonly string[];
  /** Such words, and nobody said why: the consultation cannot be launched. */
  readonly blocked: boolean;
}

export interface CriteriaGrid {
  readonly items: readonly CriterionState[];
  readonly version: number;
}

/** The award criteria of a lot. */
@Injectable()
export class CriteriaService {
  constructor(
    private readonly places: TermsPlaces,
    private readonly queries: TermsQueries,
    private readonly journal: Journal,
    private readonly lawbook: LawbookService,
  ) {}

  /** Version 0: nobody wrote any. */
  async current(tx: EntityManager, { lotId, groupId }: LotPlace): Promise<CriteriaGrid> {
    const names = await this.queries.communeNames(tx, groupId);
    const rows = await this.queries.criteria(tx, lotId);
    const items = rows.map((row) => {
      const placeWords = criterionPlaceWords(row, names, isCommuneName);
      return { ...row, placeWords, blocked: placeWords.length > 0 && row.placeMotive === null };
    });
    return { items, version: await this.queries.version(tx, 'lot_criteria', lotId) };
  }

  /**
   * Makes the grid of a lot the one given, in its order. A criterion is told by its label: under the same label, text and
   * motive, who entered the motive and when stay.
   *
   * @throws {Refused} NOT_FOUND, FORBIDDEN, VERSION_REQUIRED, STALE_VERSION, LOT_CRITERIA_UNSOUND with every problem
   */
  async set(
    tx: EntityManager,
    caller: Caller,
    at: Date,
    lotId: string,
    version: number | null,
    given: readonly CriterionText[],
  ): Promise<CriteriaGrid> {
    const { place, trace } = await this.places.editLot(tx, caller, lotId);
    const before = await this.current(tx, place);
    requireVersion(before, version);
    refuseProblems(
      'LOT_CRITERIA_UNSOUND',
      criteriaProblems(given.map(criterion), await this.lawbook.on(tx, lawDay(place, parisDate(at)))),
    );
    if (before.version > 0 && sameGrid(before.items, given)) return before;
    await tx.query(
      `insert into lot_criteria (lot_id, version) values ($1, 1)
       on conflict (lot_id) do update set version = lot_criteria.version + 1`,
      [lotId],
    );
    await this.replace(tx, lotId, signed(given, before.items, caller, at));
    const after = await this.current(tx, place);
    const of = { groupId: place.groupId, subject: 'criterion', key: 'terms.set-criteria' };
    await this.journal.write(
      tx,
      trace,
      at,
      entriesBetween(of, toldCriteria(before.items), toldCriteria(after.items)),
    );
    return after;
  }

  private async replace(tx: EntityManager, lotId: string, rows: readonly StoredCriterion[]): Promise<void> {
    // Two criteria may exchange their places.
    await tx.query(
      `set constraints lot_criterion_position_is_unique, lot_criterion_label_is_unique deferred`,
    );
    const ids = rows.map(({ id }) => id);
    await tx.query(`delete from lot_criterion where lot_id = $1 and id <> all($2::uuid[])`, [lotId, ids]);
    await tx.query(
      `insert into lot_criterion (id, lot_id, position, label, weight, environmental, method, place_motive,
                                  place_motive_by, place_motive_at)
       select id, $1, position, label, weight, environmental, method, motive, motive_by, motive_at
       from unnest($2::uuid[], $3::text[], $4::numeric[], $5::boolean[], $6::text[], $7::text[], $8::uuid[],
                   $9::timestamptz[]) with ordinality
         as given (id, label, weight, environmental, method, motive, motive_by, motive_at, position)
       on conflict (id) do update set
         position = excluded.position, label = excluded.label, weight = excluded.weight,
         environmental = excluded.environmental, method = excluded.method, place_motive = excluded.place_motive,
         place_motive_by = excluded.place_motive_by, place_motive_at = excluded.place_motive_at`,
      [
        lotId,
        ids,
        rows.map(({ label }) => label),
        rows.map(({ weight }) => weight),
        rows.map(({ environmental }) => environmental),
        rows.map(({ method }) => method),
        rows.map(({ placeMotive }) => placeMotive),
        rows.map(({ placeMotiveBy }) => placeMotiveBy),
        rows.map(({ placeMotiveAt }) => placeMotiveAt),
      ],
    );
  }
}

type StoredCriterion = CriterionText & Pick<CriterionRow, 'id' | 'placeMotiveBy' | 'placeMotiveAt'>;

/** Who says why a criterion speaks of a place is a person: a motive is signed. @throws {Refused} FORBIDDEN for no one */
function signed(
  given: readonly CriterionText[],
  before: readonly CriterionRow[],
  caller: Caller,
  at: Date,
): StoredCriterion[] {
  const known = new Map(before.map((row) => [row.label, row]));
  return given.map((one) => {
    const was = known.get(one.label);
    const id = was?.id ?? newId();
    if (one.placeMotive === null) return { ...one, id, placeMotiveBy: null, placeMotiveAt: null };
    if (was && was.placeMotive === one.placeMotive && was.method === one.method)
      return { ...one, id, placeMotiveBy: was.placeMotiveBy, placeMotiveAt: was.placeMotiveAt };
    if (caller.personId === null) throw new Refused('FORBIDDEN');
    return { ...one, id, placeMotiveBy: caller.personId, placeMotiveAt: at };
  });
}

const sameGrid = (rows: readonly CriterionRow[], given: readonly CriterionText[]): boolean => {
  const facts = (one: CriterionText): string => {
    const { label, weight, environmental, method, placeMotive } = criterion(one);
    return JSON.stringify([label, weight.toString(), environmental, method, placeMotive]);
  };
  return rows.length === given.length && rows.every((row, place) => facts(row) === facts(given[place]!));
};

/** In the order of the grid. */
export const toldCriteria = (rows: readonly CriterionRow[]): Told[] =>
  rows.map(({ id, label, weight, environmental, method, placeMotive }, place) => ({
    subjectId: id,
    buyerId: null,
    state: { position: place + 1, label, weight, environmental, method, placeMotive },
  }));
