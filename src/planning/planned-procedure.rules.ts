import type { LawfulLength, ProcedureLengths } from '../calendar/group-steps.js';
import type { FigureCode } from '../law/figures.js';
import { figureOf, type LawOn, valueOf } from '../law/law-on.js';
import { frenchEuros } from '../money/french.js';
import type { Procedure, ProcedureChoice } from '../procedure/choice.rules.js';
import { minimumDeadlines } from '../procedure/deadlines.rules.js';
import { legalityControlFrom } from '../procedure/decision.rules.js';
import { frenchValue } from '../procedure/estimated-value.rules.js';
import type { ProcedureReading } from '../procedure/procedure.rules.js';

/** What a plan may be made for: an adapted procedure (MAPA), open or restricted calls, a procedure with negotiation. */
export const PLANNED_PROCEDURES = ['adapted', 'open', 'restricted', 'negotiated'] as const;
export type PlannedProcedureKind = (typeof PLANNED_PROCEDURES)[number];

/** Who says so: the request; the choice that is recorded; the estimated value; nothing, and then an open call is planned. */
export const PROCEDURE_BASES = ['asked', 'chosen', 'value', 'supposed'] as const;
export type ProcedureBasis = (typeof PROCEDURE_BASES)[number];

export interface PlannedProcedure {
  readonly kind: PlannedProcedureKind;
  readonly basis: ProcedureBasis;
  /** Whether the contract goes to the préfecture before it is notified (CGCT L2131-1, D2131-5-1). */
  readonly toPrefecture: boolean;
  readonly sentence: string;
}

const WORDS: Readonly<Record<PlannedProcedureKind, string>> = {
  adapted: 'Procédure adaptée',
  open: 'Appel d’offres ouvert',
  restricted: 'Appel d’offres restreint',
  negotiated: 'Procédure avec négociation',
};

/** What was chosen, and the plan that is made for it: two procedures have none of their own. */
const CHOSEN: Readonly<Record<Procedure, readonly [kind: PlannedProcedureKind, sentence: string]>> = {
  direct: [
    'adapted',
    'Sans publicité ni mise en concurrence préalables, comme choisi\u00a0: le plan, plus long, est celui d’une procédure adaptée.',
  ],
  adapted: ['adapted', `${WORDS.adapted}, comme choisi.`],
  open: ['open', `${WORDS.open}, comme choisi.`],
  restricted: ['restricted', `${WORDS.restricted}, comme choisi.`],
  negotiated: ['negotiated', `${WORDS.negotiated}, comme choisi.`],
  dialogue: [
    'negotiated',
    'Dialogue compétitif, comme choisi\u00a0: ses délais ne sont pas calculés, le plan est celui d’une procédure avec négociation.',
  ],
};

/** The procedure that a plan is made for. It judges nothing: the choice is made, and checked, elsewhere. */
export function plannedProcedure(
  asked: PlannedProcedureKind | null,
  chosen: Procedure | null,
  { value, decision, object }: Pick<ProcedureReading, 'value' | 'decision' | 'object'>,
  law: LawOn,
): PlannedProcedure {
  const control = legalityControlFrom(law);
  // Unknown: one more day is planned.
  const controlled = !value.complete || control === undefined || value.net >= control;
  const told = (kind: PlannedProcedureKind, basis: ProcedureBasis, sentence: string): PlannedProcedure => ({
    ...{ kind, basis, sentence },
    toPrefecture: kind !== 'adapted' || controlled,
  });
  if (asked !== null) return told(asked, 'asked', `${WORDS[asked]}, comme demandé.`);
  if (chosen !== null) {
    const [kind, sentence] = CHOSEN[chosen];
    return told(kind, 'chosen', sentence);
  }
  const prudent = (why: string) => told('open', 'supposed', `${WORDS.open}, par prudence\u00a0: ${why}.`);
  if (decision === null)
    return prudent('le seuil des procédures formalisées n’est pas encore connu à cette date');
  if (!decision.settled)
    return prudent(
      value.net === 0n
        ? 'aucun montant n’est encore connu, et une procédure formalisée est la plus longue'
        : 'des lots n’ont pas encore de montant, et une procédure formalisée est la plus longue',
    );
  const kind = decision.required === 'formal' ? 'open' : 'adapted';
  const threshold = valueOf(law, object.is === 'works' ? 'formalisee_travaux' : 'formalisee_fs')!;
  const side = kind === 'adapted' ? 'est sous le' : 'atteint le';
  return told(
    kind,
    'value',
    `${WORDS[kind]}\u00a0: la valeur estimée, ${frenchValue(value)} sur toute la durée, ${side} seuil de ${frenchEuros(threshold)}.`,
  );
}

/**
 * What the law of the day of the notice asks of the procedure, with the reductions that the choice tells.
 * No text says how long before its meeting the committee is convened: the habit is kept.
 *
 * @throws {LawUnknown} when a minimum has no value on that day
 */
export function procedureLengths(
  { kind, toPrefecture }: Pick<PlannedProcedure, 'kind' | 'toPrefecture'>,
  choice: ProcedureChoice,
  law: LawOn,
): ProcedureLengths {
  const given = (code: FigureCode): LawfulLength => {
    const { value, article, verified } = figureOf(law, code);
    return { days: Number(value), article, verified };
  };
  const [notice = null, invitation = null] = minimumDeadlines(kind, choice, law).map(({ code }) =>
    given(code),
  );
  const formal = kind !== 'adapted';
  return {
    ...{ notice, invitation, toPrefecture },
    convocation: formal ? 'usage' : null,
    standstill: formal
      ? given(choice.letters === 'other' ? 'suspension_autre' : 'suspension_electronique')
      : null,
  };
}
