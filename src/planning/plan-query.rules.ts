import { addMonths, frenchDay } from '../calendar/day-arithmetic.js';
import { HOLIDAY_TERRITORIES, type HolidayTerritory } from '../calendar/holidays.js';
import { isPlainDate, type PlainDate } from '../calendar/plain-date.js';
import { PLANNED_PROCEDURES, type PlannedProcedureKind } from './planned-procedure.rules.js';

export interface PlanWish {
  readonly wishedStart: PlainDate;
  /** Null: told by the needs. */
  readonly procedure: PlannedProcedureKind | null;
  /** Null: told by the INSEE codes of the members. */
  readonly territory: HolidayTerritory | null;
}

export interface WishFault {
  readonly field: keyof PlanWish;
  readonly code: string;
  readonly detail: string;
}

/** Beyond, neither councils nor the law can be guessed. */
const HORIZON_MONTHS = 120;

type Given = Readonly<Partial<Record<keyof PlanWish, string>>>;

/** What is asked, or every fault of it at once. */
export function readWish(
  given: Given,
  today: PlainDate,
): { readonly wish: PlanWish } | { readonly faults: readonly WishFault[] } {
  const { wishedStart, procedure, territory } = given;
  const faults = [
    startFault(wishedStart, today),
    listFault('procedure', procedure, PLANNED_PROCEDURES),
    listFault('territory', territory, HOLIDAY_TERRITORIES),
  ].filter((fault) => fault !== null);
  if (faults.length > 0) return { faults };
  return {
    wish: {
      wishedStart: wishedStart!,
      procedure: (procedure as PlannedProcedureKind | undefined) ?? null,
      territory: (territory as HolidayTerritory | undefined) ?? null,
    },
  };
}

function startFault(text: string | undefined, today: PlainDate): WishFault | null {
  const fault = (code: string, detail: string): WishFault => ({ field: 'wishedStart', code, detail });
  if (text === undefined)
    return fault(
      'isDefined',
      'Le début souhaité du marché est obligatoire\u00a0: la consultation n’en garde pas. Le donner sous la forme AAAA-MM-JJ.',
    );
  if (!isPlainDate(text))
    return fault(
      'isPlainDate',
      `«\u00a0${text}\u00a0» n’est pas une date qui existe\u00a0: donner le début souhaité sous la forme AAAA-MM-JJ.`,
    );
  if (text < today)
    return fault(
      'START_IN_THE_PAST',
      `Le ${frenchDay(text)} est passé\u00a0: donner un début souhaité à partir d’aujourd’hui, ${frenchDay(today)}.`,
    );
  const last = addMonths(today, HORIZON_MONTHS);
  return text > last
    ? fault(
        'START_TOO_FAR',
        `Le ${frenchDay(text)} est trop lointain\u00a0: donner un début souhaité jusqu’au ${frenchDay(last)}.`,
      )
    : null;
}

function listFault(
  field: keyof PlanWish,
  text: string | undefined,
  known: readonly string[],
): WishFault | null {
  if (text === undefined || known.includes(text)) return null;
  const values = known.map((value) => `«\u00a0${value}\u00a0»`).join(', ');
  return {
    field,
    code: 'isIn',
    detail: `«\u00a0${text}\u00a0» n’est pas connu\u00a0: les valeurs permises sont ${values}.`,
  };
}
