import type { Check } from '../law/check.js';
import type { LawOn } from '../law/law-on.js';
import type { ContractForm, LotFamily } from '../lots/lots.rules.js';
import { type Cents, sum } from '../money/amounts.js';
import type { ConsultationValue } from '../terms/clauses.rules.js';
import type { ProcedureChoice } from './choice.rules.js';
import { deadlineChecks, standstillCheck } from './deadlines.rules.js';
import { decide, type Decision, dutyChecks, noticeCheck, procedureCheck } from './decision.rules.js';
import { type EstimatedValue, estimatedValue, maximaCheck, valueCheck } from './estimated-value.rules.js';
import { ifKnown, judged } from './known-law.rules.js';
import { type JudgedObject, mainObject, mainObjectCheck } from './main-object.rules.js';
import {
  smallLots,
  smallLotsShareCheck,
  type SmallLots,
  smallLotThresholdCheck,
  type SmallLotTreatment,
} from './small-lots.rules.js';

/** One member's need of one lot, in one year, in cents excluding VAT. */
export interface MemberNeed {
  /** Null: a member that is only supposed. */
  readonly buyerId: string | null;
  readonly yearly: Cents;
}

export interface LotFacts {
  /** Null: a lot that is only supposed. */
  readonly lotId: string | null;
  readonly number: number;
  readonly title: string;
  readonly family: LotFamily;
  readonly form: ContractForm;
  /** Cents excluding VAT over the whole duration; null: not said. */
  readonly maximum: Cents | null;
  readonly needs: readonly MemberNeed[];
  /** How people buy it, where they buy it as a small lot. */
  readonly treatment: SmallLotTreatment | null;
}

/** A consultation, as far as its value and procedure depend on it. */
export interface ProcedureFacts {
  readonly firmYears: number;
  readonly renewals: number;
  readonly choice: ProcedureChoice;
  /** By number. */
  readonly lots: readonly LotFacts[];
}

/** What the law of a day says of the value and procedure of a consultation. */
export interface ProcedureReading {
  readonly value: EstimatedValue;
  readonly object: JudgedObject;
  /** Null: a threshold is not known for the day, and a check says which. */
  readonly decision: Decision | null;
  readonly smallLots: SmallLots | null;
  readonly checks: readonly Check[];
}

/** Judges facts on the day of the law that is given: nothing depends on today. */
export function readProcedure({ lots, choice, ...facts }: ProcedureFacts, law: LawOn): ProcedureReading {
  const { options, premiums } = choice;
  const value = estimatedValue({
    ...facts,
    ...{ options, premiums },
    restOfOperation: lots.some(({ family }) => family === 'travaux') ? choice.restOfOperation : 0n,
    lots: lots.map(({ needs, ...lot }) => ({ ...lot, yearlyNeeds: needs.map(({ yearly }) => yearly) })),
  });
  const object = mainObject(value, choice.mainObject);
  const treatments = treatmentsOf(lots);
  const decision = ifKnown(() => decide(value, object.is, choice.procedure, law));
  // A lot without an amount may make the whole reach the formal thresholds: small lots are then judged as if it did.
  const small = ifKnown(() =>
    smallLots(value, treatments, decision?.settled ? decision.required : 'formal', law),
  );
  return {
    ...{ value, object, decision, smallLots: small },
    checks: [
      valueCheck(value),
      maximaCheck(value),
      mainObjectCheck(object),
      judged(law, 'PROCEDURE', () => procedureCheck(value, object.is, choice, law)),
      ...(decision === null
        ? []
        : [
            judged(law, 'NOTICE', () => noticeCheck(value, decision, law)),
            ...deadlineChecks(decision, choice, law),
            judged(law, 'STANDSTILL', () => standstillCheck(decision, choice, law)),
          ]),
      ...(small === null || (lots.length < 2 && treatments.size === 0)
        ? []
        : [smallLotThresholdCheck(small, value, law), smallLotsShareCheck(small, value, law)]),
      ...dutyChecks(value, decision, law).map(([rule, check]) => judged(law, rule, check)),
    ],
  };
}

/** The estimated value, as rooms upstream are told it. */
export const consultationValue = ({
  value: { net, complete },
  object,
}: Pick<ProcedureReading, 'value' | 'object'>): ConsultationValue => ({
  ...{ net, complete },
  works: object.is === 'works',
});

const treatmentsOf = (lots: readonly LotFacts[]): ReadonlyMap<number, SmallLotTreatment> =>
  new Map(
    lots.flatMap(({ number, treatment }) => (treatment === null ? [] : [[number, treatment] as const])),
  );

/** Σ of what members need of a lot in one year; null: nobody said. */
export const yearlyOf = ({ needs }: Pick<LotFacts, 'needs'>): Cents | null =>
  needs.length === 0 ? null : sum(needs.map(({ yearly }) => yearly));
