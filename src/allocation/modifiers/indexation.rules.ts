import { type Cents, divideRounded } from '../../money/amounts.js';
import { formatDecimal } from '../../money/decimal.js';
import { frenchNumber, NBSP } from '../../money/french.js';
import { type Fraction, fraction } from '../fraction.rules.js';
import { type AllocationRefusal, refusal } from '../refusals.rules.js';

/** Ten-thousandths: the index 125,4 is 1254000n. */
export const INDEX_SCALE = 4;

/** P = P0 × I / I0; the index, its values and their dates stay in the result. */
export interface Indexation {
  /** As its publisher calls it: « ING ». */
  readonly name: string;
  readonly base: bigint | null;
  /** When I0 is read, as the agreement writes it: « janvier 2026 ». */
  readonly baseAt: string;
  readonly current: bigint | null;
  readonly currentAt: string;
}

export function indexRefusals(
  indexation: Indexation | null,
  asked: 'tariff' | 'indexed-cost' | 'nothing',
): AllocationRefusal[] {
  if (indexation === null)
    return asked === 'indexed-cost'
      ? [
          refusal(
            'index_missing',
            'un prix suit un indice, et l’indice manque',
            'entrer l’indice de la convention',
          ),
        ]
      : [];
  if (asked === 'nothing')
    return [
      refusal(
        'index_without_price',
        'aucun tarif ni aucun prix de la convention ne suit l’indice, et des factures ne s’indexent pas',
        'retirer l’indexation, ou choisir une clé à tarif',
      ),
    ];
  return (
    [
      [indexation.base, indexation.baseAt],
      [indexation.current, indexation.currentAt],
    ] as const
  ).flatMap(([value, at]) =>
    value !== null && value > 0n
      ? []
      : [
          refusal(
            'index_missing',
            `la valeur de l’indice «${NBSP}${indexation.name}${NBSP}» (${at}) ${value === null ? 'manque' : 'n’est pas positive'}`,
            'entrer la valeur publiée',
          ),
        ],
  );
}

/** I / I0; 1 without an index. @throws never once {@link indexRefusals} is empty */
export const indexRatio = (indexation: Indexation | null): Fraction =>
  indexation === null ? fraction(1n) : fraction(indexation.current!, indexation.base!);

/** A price of the agreement, rounded once. */
export const indexedAmount = (amount: Cents, { numerator, denominator }: Fraction): Cents =>
  divideRounded(amount * numerator, denominator);

/** « indexé sur « ING » : 125,4 (juin 2026) ÷ 120 (janvier 2026) » */
export function indexWords({ name, base, baseAt, current, currentAt }: Indexation): string {
  const figure = (value: bigint | null): string => frenchNumber(formatDecimal(value ?? 0n, INDEX_SCALE));
  return `indexé sur «${NBSP}${name}${NBSP}»${NBSP}: ${figure(current)} (${currentAt}) ÷ ${figure(base)} (${baseAt})`;
}
