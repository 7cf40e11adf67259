import { type Check, gravest, type Verdict } from '../law/check.js';
import { wordingCheck, wordingFindings } from '../law/wording.rules.js';
import { type Field, type Lever, type LeverFacts, type LeverRecord, rule } from './lever.rules.js';
import {
  environmentalClause,
  environmentalCriterion,
  socialClause,
  sustainableSpecification,
  unionProduction,
} from './levers-clauses.rules.js';
import { lotCap, splitLots } from './levers-lots.rules.js';
import { advance, payment, retention, smallFirmShare, spaser } from './levers-money.rules.js';
import { keptOutside, nonExclusivity, sourcing } from './levers-needs.rules.js';
import { directSupply, performance } from './levers-requirements.rules.js';
import { innovation, smallLots } from './levers-values.rules.js';
import {
  reservedBoth,
  reservedDisability,
  reservedInsertion,
  reservedPrison,
  reservedSocialEconomy,
} from './levers-reserved.rules.js';
import { supplierTrace } from './supplier-name.rules.js';

/** Every row of the table of law.md §4, in its order. */
export const LEVERS: readonly Lever[] = [
  splitLots,
  lotCap,
  reservedDisability,
  reservedInsertion,
  reservedBoth,
  reservedPrison,
  reservedSocialEconomy,
  smallLots,
  keptOutside,
  nonExclusivity,
  directSupply,
  performance,
  socialClause,
  environmentalCriterion,
  environmentalClause,
  sustainableSpecification,
  unionProduction,
  advance,
  retention,
  smallFirmShare,
  innovation,
  sourcing,
  payment,
  spaser,
];

const BY_CODE = new Map(LEVERS.map((lever) => [lever.code, lever]));
export const leverOf = (code: string): Lever | undefined => BY_CODE.get(code);

/** A lever of a lot with what the law says of it. */
export interface JudgedLever {
  readonly lever: Lever;
  readonly record: LeverRecord;
  readonly verdict: Verdict;
  readonly checks: readonly Check[];
}

export interface Chosen {
  readonly lever: string;
  readonly record: LeverRecord;
}

/** Judges the levers chosen on a lot; a code that this version no longer knows is left out. */
export function judgeChosen(facts: LeverFacts, chosen: readonly Chosen[]): JudgedLever[] {
  return chosen.flatMap(({ lever: code, record }) => {
    const lever = leverOf(code);
    if (!lever) return [];
    const why = lever.whyNot(facts);
    const checks =
      why === null
        ? [...missingChecks(lever, record), ...lever.checks(facts, record), ...lint(lever, record)]
        : [
            rule(`${code}_UNUSABLE`, lever.articles[0]!).block(
              `Cette mesure ne convient plus à ce lot. ${why}`,
            ),
          ];
    return [{ lever, record, verdict: gravest(checks), checks }];
  });
}

/** What the law says of a lot by itself, flag or not: duties, notes, and levers that it may demand. */
export const judgeAlone = (facts: LeverFacts): Check[] =>
  LEVERS.filter(
    (lever) => (lever.nature !== 'lever' || lever.alone === true) && !facts.chosen.includes(lever.code),
  ).flatMap((lever) => lever.checks(facts, null));

/** What must be written before the publication, and is not yet. */
const missingChecks = (lever: Lever, record: LeverRecord): Check[] =>
  lever.fields
    .filter(({ key, needed }) => needed === 'publishing' && record[key] === undefined)
    .map(({ label }) =>
      rule(`${lever.code}_INCOMPLETE`, lever.articles[0]!).block(
        `Il manque «\u00a0${label}\u00a0»\u00a0: l’écrire avant de publier.`,
      ),
    );

/**
 * Words that will stand in a document are read as any text of it. Those that only say why the lever was chosen are read
 * for a preference of place (CE, 29 July 1994, no. 131562): it would be the proof against the buyer. All words are read
 * for names of firms.
 */
function lint(lever: Lever, record: LeverRecord): Check[] {
  const words = ({ key }: Field): string[] =>
    [record[key] ?? []].flat().filter((value): value is string => typeof value === 'string');
  const written = lever.fields.filter(
    ({ kind, choices }) => (kind === 'text' || kind === 'list') && !choices,
  );
  const prefersAPlace = (text: string): boolean => wordingFindings(text).some(({ kind }) => kind === 'place');
  const worded = written
    .filter((field) => field.printed === true || words(field).some(prefersAPlace))
    .map((field) =>
      wordingCheck(
        { where: `«\u00a0${field.label}\u00a0» (${lever.label})`, texts: words(field), motive: null },
        false,
      ),
    )
    .filter(({ verdict }) => verdict !== 'ok');
  const names = written.flatMap((field) =>
    words(field).flatMap((text) => {
      const name = supplierTrace(text);
      return name === null
        ? []
        : [
            rule('LEVER_SUPPLIER_NAME', 'CCP L3').warn(
              `«\u00a0${field.label}\u00a0» semble nommer une entreprise («\u00a0${name}\u00a0»)\u00a0: ce texte est ouvert à tous, l’écrire sans nom.`,
            ),
          ];
    }),
  );
  return [...worded, ...names];
}
