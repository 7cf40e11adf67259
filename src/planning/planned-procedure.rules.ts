import type { LawfulLength, ProcedureLengths } from '../calendar/group-steps.js';
import type { FigureCode } from '../law/figures.js';
import { figureOf, type LawOn, valueOf } from '../law/law-on.js';
import type { Cents } from '../money/amounts.js';
import { frenchEuros } from '../money/french.js';

/** What a plan may be made for: an open call for tenders (formalised), or an adapted procedure (MAPA). */
export const PLANNED_PROCEDURES = ['open', 'adapted'] as const;
export type PlannedProcedureKind = (typeof PLANNED_PROCEDURES)[number];

/** Who says so: the request; the needs against the threshold; nothing, and then the longer one is planned. */
export const PROCEDURE_BASES = ['asked', 'needs', 'supposed'] as const;
export type ProcedureBasis = (typeof PROCEDURE_BASES)[number];

export interface PlannedProcedure {
  readonly kind: PlannedProcedureKind;
  readonly basis: ProcedureBasis;
  /** Whether the contract goes to the préfecture before it is notified (CGCT L2131-1, D2131-5-1). */
  readonly toPrefecture: boolean;
  readonly sentence: string;
}

/** What is known of the purchase before anybody chose how to buy. */
export interface Estimate {
  /** The valid needs over the whole contract, renewals included (CCP R2121-1); null when none has a price. */
  readonly net: Cents | null;
  /** Whether every lot is of works. */
  readonly works: boolean;
}

const WORDS: Readonly<Record<PlannedProcedureKind, string>> = {
  open: 'Appel d’offres ouvert',
  adapted: 'Procédure adaptée',
};

/** The procedure that a plan is made for. It judges nothing: the choice itself is made elsewhere. */
export function plannedProcedure(
  asked: PlannedProcedureKind | null,
  { net, works }: Estimate,
  law: LawOn,
): PlannedProcedure {
  const control = valueOf(law, 'controle_legalite');
  // Unknown: one more day is planned.
  const controlled = net === null || control === undefined || net >= control;
  const told = (kind: PlannedProcedureKind, basis: ProcedureBasis, because: string): PlannedProcedure => ({
    ...{ kind, basis, toPrefecture: kind === 'open' || controlled },
    sentence: `${WORDS[kind]}${because}`,
  });
  if (asked !== null) return told(asked, 'asked', ', comme demandé.');
  const code: FigureCode = works ? 'formalisee_travaux' : 'formalisee_fs';
  const threshold = valueOf(law, code);
  if (net === null)
    return told(
      'open',
      'supposed',
      ', par prudence\u00a0: aucun besoin n’est encore chiffré, et c’est la procédure la plus longue.',
    );
  if (threshold === undefined)
    return told(
      'open',
      'supposed',
      ', par prudence\u00a0: le seuil des procédures formalisées n’est pas encore connu à cette date.',
    );
  const kind = net < threshold ? 'adapted' : 'open';
  const side = kind === 'adapted' ? 'sont sous le' : 'atteignent le';
  return told(
    kind,
    'needs',
    `\u00a0: les besoins recensés, ${frenchEuros(net)} HT sur toute la durée, ${side} seuil de ${frenchEuros(threshold)}.`,
  );
}

/**
 * What the law of the day of the notice asks of the procedure: offers are received by electronic means (CCP R2132-7).
 * No text says how long before its meeting the committee is convened: the habit is kept.
 *
 * @throws {LawUnknown} when a minimum has no value on that day
 */
export function procedureLengths(
  { kind, toPrefecture }: Pick<PlannedProcedure, 'kind' | 'toPrefecture'>,
  law: LawOn,
): ProcedureLengths {
  const given = (code: FigureCode): LawfulLength => {
    const { value, article, verified } = figureOf(law, code);
    return { days: Number(value), article, verified };
  };
  const formalised = kind === 'open';
  return {
    notice: formalised ? given('delai_ao_ouvert_electronique') : null,
    invitation: null,
    convocation: formalised ? 'usage' : null,
    standstill: formalised ? given('suspension_electronique') : null,
    toPrefecture,
  };
}
