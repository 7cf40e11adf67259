import type { SupplierStatus } from './suppliers.rules.js';

/** How many suppliers, and how many of them are known, by a proof that holds, to be of each kind. */
export interface Tally {
  readonly total: number;
  readonly sme: number;
  /** Entreprise adaptée or ESAT (CCP L2113-12). */
  readonly adapted: number;
  readonly siae: number;
  readonly prisonWork: number;
  readonly socialEconomy: number;
}

/** Which of its kinds make each figure. */
export const TALLIED: Readonly<Record<Exclude<keyof Tally, 'total'>, readonly SupplierStatus[]>> = {
  sme: ['sme'],
  adapted: ['ea', 'esat'],
  siae: ['siae'],
  prisonWork: ['prison_work'],
  socialEconomy: ['social_economy'],
};

export interface TallyRow extends Tally {
  readonly scope: 'somewhere' | 'everywhere' | 'partly' | 'commune';
  readonly inseeCode: string | null;
}

/** How many could answer. Never who should. */
export interface Answerable {
  /** Their activity covers one of the codes, and they serve one of the communes at least; all, when none is given. */
  readonly somewhere: Tally;
  /** Those that serve every commune given: who could answer for a lot that is not cut by territory. */
  readonly everywhere: Tally;
  /** Those that do only a part of what the codes name, and serve one of the communes: not counted above. */
  readonly partly: Tally;
  readonly byCommune: readonly (Tally & { readonly inseeCode: string })[];
}

/** How many could answer for one of the lots asked, without the detail of its communes. */
export type AnswerableForLot = Omit<Answerable, 'byCommune'>;

export interface LotTallyRow extends Tally {
  readonly lotId: string;
  readonly scope: keyof AnswerableForLot;
}

const NONE: Tally = { total: 0, sme: 0, adapted: 0, siae: 0, prisonWork: 0, socialEconomy: 0 };

/** Zeros where the database counted nobody. */
export function answerableOf(rows: readonly TallyRow[], inseeCodes: readonly string[]): Answerable {
  const find = (scope: TallyRow['scope'], inseeCode: string | null = null): Tally => {
    const row = rows.find((one) => one.scope === scope && one.inseeCode === inseeCode);
    if (!row) return NONE;
    const { scope: _scope, inseeCode: _code, ...tally } = row;
    return tally;
  };
  return {
    somewhere: find('somewhere'),
    everywhere: find('everywhere'),
    partly: find('partly'),
    byCommune: [...new Set(inseeCodes)]
      .sort()
      .map((inseeCode) => ({ inseeCode, ...find('commune', inseeCode) })),
  };
}

/** Zeros where the database counted nobody. */
export function answerableByLot(
  rows: readonly LotTallyRow[],
  lotIds: readonly string[],
): ReadonlyMap<string, AnswerableForLot> {
  const tallies = new Map(rows.map(({ lotId, scope, ...tally }) => [`${lotId} ${scope}`, tally]));
  const find = (lotId: string, scope: LotTallyRow['scope']): Tally =>
    tallies.get(`${lotId} ${scope}`) ?? NONE;
  return new Map(
    lotIds.map((lotId) => [
      lotId,
      {
        somewhere: find(lotId, 'somewhere'),
        everywhere: find(lotId, 'everywhere'),
        partly: find(lotId, 'partly'),
      },
    ]),
  );
}
