import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { parisInstant } from '../calendar/paris-time.js';
import { lockOpenConsultation } from '../consultations/open-consultation.queries.js';
import { LotsQueries } from '../lots/lots.queries.js';
import { centsFromDecimal, centsToDecimal } from '../money/amounts.js';
import { type JournalState, sameJson } from '../platform/journal/changes.js';
import { Journal } from '../platform/journal/journal.js';
import type { Trace } from '../platform/journal/trace.js';
import { refuseProblems } from '../platform/refusals/editing.js';
import { requireVersion } from '../platform/refusals/required-version.js';
import type { Problem } from '../platform/refusals/problem.rules.js';
import { choiceProblems, parisLocal } from './choice.rules.js';
import { type ChoiceText, choiceText, ProcedureQueries } from './procedure.queries.js';

export type VersionedChoice = ChoiceText & { readonly version: number };

/** What people choose of the procedure of a consultation, until it is launched. */
@Injectable()
export class ProcedureChoiceService {
  constructor(
    private readonly queries: ProcedureQueries,
    private readonly lots: LotsQueries,
    private readonly journal: Journal,
  ) {}

  /** Version 0: nobody chose. */
  async current(tx: EntityManager, consultationId: string): Promise<VersionedChoice> {
    const row = await this.queries.choice(tx, consultationId);
    return { ...choiceText(row), version: row.version };
  }

  /**
   * Replaces it all.
   *
   * @throws {Refused} NOT_FOUND, VERSION_REQUIRED, STALE_VERSION, what lockOpenConsultation refuses,
   * PROCEDURE_CHOICE_UNSOUND with every problem
   */
  async set(
    tx: EntityManager,
    trace: Trace,
    at: Date,
    consultationId: string,
    version: number | null,
    given: ChoiceText,
  ): Promise<VersionedChoice> {
    const { groupId } = await lockOpenConsultation(tx, consultationId);
    const before = await this.current(tx, consultationId);
    requireVersion(before, version);
    const lots = await this.lots.lots(tx, consultationId);
    refuseProblems('PROCEDURE_CHOICE_UNSOUND', [
      ...choiceProblems(given),
      ...smallLotProblems(given.smallLots, new Set(lots.map(({ id }) => id))),
    ]);
    if (before.version > 0 && sameJson(told(before), told(inOrder(given, lots)))) return before;
    await this.write(tx, consultationId, given);
    const after = await this.current(tx, consultationId);
    await this.journal.write(tx, trace, at, [
      {
        groupId,
        buyerId: null,
        subject: 'procedure',
        subjectId: consultationId,
        key: 'procedure.choose',
        before: before.version === 0 ? null : told(before),
        after: told(after),
      },
    ]);
    return after;
  }

  private async write(tx: EntityManager, consultationId: string, given: ChoiceText): Promise<void> {
    await tx.query(
      `insert into procedure_choice (consultation_id, procedure, ground, main_object, electronic, urgency,
         preinformation_on, candidacies_limit, offers_limit, letters, options, premiums, rest_of_operation, version)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, 1)
       on conflict (consultation_id) do update set
         procedure = excluded.procedure, ground = excluded.ground, main_object = excluded.main_object,
         electronic = excluded.electronic, urgency = excluded.urgency,
         preinformation_on = excluded.preinformation_on, candidacies_limit = excluded.candidacies_limit,
         offers_limit = excluded.offers_limit, letters = excluded.letters, options = excluded.options,
         premiums = excluded.premiums, rest_of_operation = excluded.rest_of_operation,
         version = procedure_choice.version + 1`,
      [
        ...[consultationId, given.procedure, given.ground, given.mainObject, given.electronic, given.urgency],
        ...[given.preinformationOn, instant(given.candidaciesLimit), instant(given.offersLimit)],
        ...[given.letters, given.options, given.premiums, given.restOfOperation],
      ],
    );
    await tx.query(`delete from procedure_small_lot where consultation_id = $1`, [consultationId]);
    await tx.query(
      `insert into procedure_small_lot (consultation_id, lot_id, treatment)
       select $1, lot_id, treatment from unnest($2::uuid[], $3::text[]) as given (lot_id, treatment)`,
      [
        consultationId,
        given.smallLots.map(({ lotId }) => lotId),
        given.smallLots.map(({ treatment }) => treatment),
      ],
    );
  }
}

const instant = (text: string | null): Date | null =>
  text === null ? null : parisInstant(parisLocal(text)).at;

function smallLotProblems(smallLots: ChoiceText['smallLots'], known: ReadonlySet<string>): Problem[] {
  const seen = new Set<string>();
  return smallLots.flatMap(({ lotId }, i): Problem[] => {
    const field = `smallLots/${i}/lotId`;
    if (!known.has(lotId))
      return [
        { field, code: 'UNKNOWN_LOT', detail: 'Ce lot n’est pas de cette consultation\u00a0: le relire.' },
      ];
    if (seen.has(lotId))
      return [
        { field, code: 'REPEATED_LOT', detail: 'Ce lot est déjà dans la liste\u00a0: n’en garder qu’un.' },
      ];
    seen.add(lotId);
    return [];
  });
}

/** As it is read back: lots by number, amounts with two decimals. */
function inOrder(given: ChoiceText, lots: readonly { readonly id: string }[]): ChoiceText {
  const euros = (text: string | null): string | null =>
    text === null ? null : centsToDecimal(centsFromDecimal(text));
  const place = new Map(lots.map(({ id }, i) => [id, i]));
  return {
    ...given,
    options: euros(given.options),
    premiums: euros(given.premiums),
    restOfOperation: euros(given.restOfOperation),
    smallLots: [...given.smallLots].sort((a, b) => place.get(a.lotId)! - place.get(b.lotId)!),
  };
}

const told = (choice: ChoiceText): JournalState => {
  const { procedure, ground, mainObject, electronic, urgency, preinformationOn } = choice;
  const { candidaciesLimit, offersLimit, letters, options, premiums, restOfOperation } = choice;
  return {
    ...{ procedure, ground, mainObject, electronic, urgency, preinformationOn },
    ...{ candidaciesLimit, offersLimit, letters, options, premiums, restOfOperation },
    smallLots: choice.smallLots.map(({ lotId, treatment }) => ({ lotId, treatment })),
  };
};
