import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { PlainDate } from '../calendar/plain-date.js';
import { centsFromDecimal } from '../money/amounts.js';
import { type Letters, type Procedure, type ProcedureChoice, toParisLocal } from './choice.rules.js';
import type { MainObject } from './main-object.rules.js';
import type { SmallLotTreatment } from './small-lots.rules.js';

/** A choice as it is sent: amounts in euros excluding VAT, limits as the clocks of Paris show them. */
export interface ChoiceText {
  readonly procedure: Procedure | null;
  readonly ground: string | null;
  readonly mainObject: MainObject | null;
  readonly electronic: boolean;
  readonly urgency: string | null;
  readonly preinformationOn: PlainDate | null;
  readonly candidaciesLimit: string | null;
  readonly offersLimit: string | null;
  readonly letters: Letters | null;
  readonly options: string | null;
  readonly premiums: string | null;
  readonly restOfOperation: string | null;
  readonly smallLots: readonly { readonly lotId: string; readonly treatment: SmallLotTreatment }[];
}

/** A choice as it is stored. */
export type ChoiceRow = Omit<ChoiceText, 'candidaciesLimit' | 'offersLimit'> & {
  readonly candidaciesLimit: Date | null;
  readonly offersLimit: Date | null;
  readonly version: number;
};

/** Before anybody chose. */
const NOBODY_CHOSE = {
  ...{ procedure: null, ground: null, mainObject: null, electronic: true, urgency: null },
  ...{ preinformationOn: null, candidaciesLimit: null, offersLimit: null, letters: null },
  ...{ options: null, premiums: null, restOfOperation: null, version: 0 },
} as const;

@Injectable()
export class ProcedureQueries {
  /** What was chosen, its small lots by number; version 0 when nobody chose. */
  async choice(tx: EntityManager, consultationId: string): Promise<ChoiceRow> {
    const [row] = await tx.query<Omit<ChoiceRow, 'smallLots'>[]>(
      `select procedure, ground, main_object as "mainObject", electronic, urgency,
              preinformation_on::text as "preinformationOn", candidacies_limit as "candidaciesLimit",
              offers_limit as "offersLimit", letters, options::text, premiums::text,
              rest_of_operation::text as "restOfOperation", version
       from procedure_choice where consultation_id = $1`,
      [consultationId],
    );
    const smallLots = await tx.query<ChoiceText['smallLots']>(
      `select small.lot_id as "lotId", small.treatment
       from procedure_small_lot small join lot on lot.id = small.lot_id
       where small.consultation_id = $1 order by lot.number`,
      [consultationId],
    );
    return { ...(row ?? NOBODY_CHOSE), smallLots };
  }
}

/** To send. */
export const choiceText = ({ version: _, candidaciesLimit, offersLimit, ...row }: ChoiceRow): ChoiceText => ({
  ...row,
  candidaciesLimit: candidaciesLimit === null ? null : toParisLocal(candidaciesLimit),
  offersLimit: offersLimit === null ? null : toParisLocal(offersLimit),
});

/** To reckon with. */
export const choiceOf = ({ version: _, smallLots: __, ...row }: ChoiceRow): ProcedureChoice => ({
  ...row,
  options: centsFromDecimal(row.options ?? '0'),
  premiums: centsFromDecimal(row.premiums ?? '0'),
  restOfOperation: centsFromDecimal(row.restOfOperation ?? '0'),
});
