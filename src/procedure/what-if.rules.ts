import type { ContractForm, LotFamily } from '../lots/lots.rules.js';
import { isFramework } from '../lots/lots.rules.js';
import type { Cents } from '../money/amounts.js';
import type { Problem } from '../platform/refusals/problem.rules.js';
import type { Procedure } from './choice.rules.js';
import type { MainObject } from './main-object.rules.js';
import type { LotFacts, ProcedureFacts } from './procedure.rules.js';
import type { SmallLotTreatment } from './small-lots.rules.js';

export interface SupposedLot {
  readonly title: string;
  readonly family: LotFamily;
  readonly form: ContractForm;
  /** Cents excluding VAT over the whole duration. */
  readonly maximum: Cents | null;
  /** What all members need in one year. */
  readonly yearly: Cents | null;
  readonly treatment: SmallLotTreatment | null;
}

/** What would be so: absent things stay as they are. */
export interface Hypothesis {
  readonly firmYears?: number | undefined;
  readonly renewals?: number | undefined;
  readonly procedure?: Procedure | undefined;
  readonly mainObject?: MainObject | undefined;
  readonly options?: Cents | undefined;
  readonly premiums?: Cents | undefined;
  readonly restOfOperation?: Cents | undefined;
  readonly addedLots: readonly SupposedLot[];
  readonly removedLots: readonly string[];
  readonly changedLots: readonly (Partial<Omit<SupposedLot, 'title'>> & { readonly lotId: string })[];
  readonly removedMembers: readonly string[];
  /** A member that would join, and what it would need of lots that exist, in one year. */
  readonly addedMembers: readonly {
    readonly needs: readonly { readonly lotId: string; readonly yearly: Cents }[];
  }[];
}

/** Everything in a hypothesis that speaks of what is not there, or contradicts itself. */
export function hypothesisProblems({ lots }: ProcedureFacts, given: Hypothesis): Problem[] {
  const problems: Problem[] = [];
  const refuse = (field: string, code: string, detail: string) => problems.push({ field, code, detail });
  const byId = new Map(lots.map((lot) => [lot.lotId, lot]));
  const removed = new Set(given.removedLots);
  const known = (lotId: string, field: string, kept = true): LotFacts | undefined => {
    const lot = byId.get(lotId);
    if (lot === undefined)
      refuse(field, 'UNKNOWN_LOT', 'Ce lot n’est pas de cette consultation\u00a0: le relire.');
    else if (kept && removed.has(lotId))
      refuse(field, 'REMOVED_LOT', 'Ce lot est supposé retiré\u00a0: retirer l’une des deux hypothèses.');
    return lot;
  };
  const ordinary = (form: ContractForm, maximum: Cents | null | undefined, field: string): void => {
    if (!isFramework(form) && maximum != null)
      refuse(
        field,
        'NOT_A_FRAMEWORK',
        'Un marché ordinaire n’a pas de maximum\u00a0: dire ses besoins annuels, ou changer sa forme.',
      );
  };
  given.removedLots.forEach((lotId, i) => known(lotId, `removedLots/${i}`, false));
  const changed = new Set<string>();
  given.changedLots.forEach(({ lotId, form, maximum }, i) => {
    const lot = known(lotId, `changedLots/${i}/lotId`);
    if (changed.has(lotId))
      refuse(
        `changedLots/${i}/lotId`,
        'REPEATED_LOT',
        'Ce lot est déjà changé plus haut\u00a0: tout y dire.',
      );
    changed.add(lotId);
    if (lot) ordinary(form ?? lot.form, maximum, `changedLots/${i}/maximum`);
  });
  given.addedLots.forEach(({ form, maximum }, i) => ordinary(form, maximum, `addedLots/${i}/maximum`));
  const members = new Set(lots.flatMap(({ needs }) => needs.map(({ buyerId }) => buyerId)));
  given.removedMembers.forEach((buyerId, i) => {
    if (!members.has(buyerId))
      refuse(
        `removedMembers/${i}`,
        'MEMBER_WITHOUT_NEED',
        'Cet acheteur n’a pas de besoin valide dans cette consultation\u00a0: son départ n’y change rien.',
      );
  });
  given.addedMembers.forEach(({ needs }, i) =>
    needs.forEach(({ lotId }, j) => known(lotId, `addedMembers/${i}/needs/${j}/lotId`)),
  );
  return problems;
}

/**
 * The facts as they would be. Members leave first, then lots change, then members come; a yearly need that is given for
 * a lot replaces those of all its members. What is stored is not touched.
 */
export function suppose(facts: ProcedureFacts, given: Hypothesis): ProcedureFacts {
  const gone = new Set(given.removedMembers);
  const removed = new Set(given.removedLots);
  const changes = new Map(given.changedLots.map((change) => [change.lotId, change]));
  const kept = facts.lots
    .filter(({ lotId }) => lotId === null || !removed.has(lotId))
    .map((lot): LotFacts => {
      const needs = lot.needs.filter(({ buyerId }) => buyerId === null || !gone.has(buyerId));
      const { family, form, maximum, yearly, treatment } = changes.get(lot.lotId ?? '') ?? {};
      const joining = given.addedMembers
        .flatMap((member) => member.needs)
        .filter(({ lotId }) => lotId === lot.lotId);
      return {
        ...lot,
        family: family ?? lot.family,
        form: form ?? lot.form,
        maximum: maximum ?? lot.maximum,
        treatment: treatment === undefined ? lot.treatment : treatment,
        needs: [
          ...(yearly == null ? needs : [{ buyerId: null, yearly }]),
          ...joining.map((need) => ({ buyerId: null, yearly: need.yearly })),
        ],
      };
    });
  const last = Math.max(0, ...facts.lots.map(({ number }) => number));
  const added = given.addedLots.map(({ yearly, ...lot }, i): LotFacts => ({
    ...lot,
    lotId: null,
    number: last + i + 1,
    needs: yearly === null ? [] : [{ buyerId: null, yearly }],
  }));
  const { choice } = facts;
  return {
    firmYears: given.firmYears ?? facts.firmYears,
    renewals: given.renewals ?? facts.renewals,
    lots: [...kept, ...added],
    choice: {
      ...choice,
      procedure: given.procedure ?? choice.procedure,
      mainObject: given.mainObject ?? choice.mainObject,
      options: given.options ?? choice.options,
      premiums: given.premiums ?? choice.premiums,
      restOfOperation: given.restOfOperation ?? choice.restOfOperation,
    },
  };
}
