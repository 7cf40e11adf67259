import type { PlainDate } from '../calendar/plain-date.js';
import { type Check, gravest, type Verdict } from '../law/check.js';
import { type ListedCheck, oneList } from '../procedure/checks.rules.js';

/** One of the rules that block a publication. */
export interface BlockingRule {
  readonly number: number;
  readonly code: string;
  readonly article: string;
  /** What it asks: one French sentence. */
  readonly asks: string;
  /** The checks that answer it, by the codes of their rules. */
  readonly answeredBy: readonly string[];
  /** What is answered when no check does: that the rule waits for a later step, or that nothing here is concerned. */
  readonly otherwise: { readonly verdict: 'not_applicable_yet' | 'ok'; readonly sentence: string };
}

const later = (sentence: string) => ({ verdict: 'not_applicable_yet', sentence }) as const;
const NO_LOT = later('Aucun lot n’est encore écrit\u00a0: la règle sera jugée sur chaque lot.');
const NO_ESTIMATE = later(
  'La procédure n’est pas encore choisie\u00a0: la règle sera jugée sur la valeur estimée, à l’étape «\u00a0procédure\u00a0».',
);

/** The 16 rules, in the order of the law's page (docs). */
export const BLOCKING_RULES: readonly BlockingRule[] = [
  {
    number: 1,
    code: 'SIGNED_BY_ALL',
    article: 'CCP L2113-7',
    asks: 'Chaque membre a signé la convention constitutive avant la publication.',
    answeredBy: [
      ...['MANDATE_SIGNED', 'AGREEMENT_SIGNED', 'GROUP_HAS_MEMBERS', 'GROUP_COORDINATOR_IS_MEMBER'],
      'LAUNCHED_WITHOUT',
    ],
    otherwise: later('Le groupement n’a pas encore été lu\u00a0: la signature sera jugée à la publication.'),
  },
  {
    number: 2,
    code: 'DECIDED_BY_EACH',
    article: 'CGCT L2131-1, L2122-22',
    asks: 'La délibération de chaque commune, ou la décision qui en tient lieu, est exécutoire.',
    answeredBy: ['RESOLUTION_ENFORCEABLE'],
    otherwise: later(
      'Le groupement n’a pas encore été lu\u00a0: les décisions seront jugées à la publication.',
    ),
  },
  {
    number: 3,
    code: 'MEMBERS_FROZEN',
    article: 'CCP L2111-1, R2162-6',
    asks: 'La liste des membres est arrêtée à la publication\u00a0: nul ne commande qui n’y est pas.',
    answeredBy: ['MEMBERS_FROZEN'],
    otherwise: later(
      'Les membres des lots ne sont pas encore connus\u00a0: la liste sera arrêtée à la publication.',
    ),
  },
  {
    number: 4,
    code: 'THRESHOLDS_OF_THE_DAY',
    article: 'CCP R2121-3, R2124-1',
    asks: 'Les seuils sont ceux du jour du lancement.',
    answeredBy: ['PROCEDURE', 'ESTIMATED_VALUE'],
    otherwise: NO_ESTIMATE,
  },
  {
    number: 5,
    code: 'SMALL_LOTS',
    article: 'CCP R2123-1, R2122-8',
    asks: 'Les petits lots ne dépassent pas ensemble 20\u00a0% de la valeur de tous les lots.',
    answeredBy: ['SMALL_LOTS_SHARE', 'SMALL_LOT_THRESHOLD'],
    otherwise: NO_ESTIMATE,
  },
  {
    number: 6,
    code: 'SPLIT_INTO_LOTS',
    article: 'CCP L2113-10 et L2113-11',
    asks: 'La consultation est allotie, ou le motif de ne pas l’allotir est écrit.',
    answeredBy: ['LOT_SPLIT'],
    otherwise: NO_LOT,
  },
  {
    number: 7,
    code: 'FRAMEWORK_MAXIMUM',
    article: 'CCP R2162-4, L2125-1',
    asks: 'Chaque accord-cadre a un maximum, et dure quatre ans au plus, ou davantage avec un motif.',
    answeredBy: ['LOT_MAXIMUM', 'FRAMEWORK_DURATION'],
    otherwise: NO_LOT,
  },
  {
    number: 8,
    code: 'ENVIRONMENT',
    article: 'CCP R2152-7, L2112-2',
    asks: 'Un critère et une clause prennent en compte l’environnement.',
    answeredBy: ['ENVIRONMENTAL_CRITERION', 'ENVIRONMENTAL_CLAUSE'],
    otherwise: NO_LOT,
  },
  {
    number: 9,
    code: 'SOCIAL',
    article: 'CCP L2112-2-1',
    asks: 'À partir du seuil européen, une clause sociale, ou le motif de sa dispense.',
    answeredBy: ['SOCIAL_CLAUSE'],
    otherwise: NO_LOT,
  },
  {
    number: 10,
    code: 'NO_PLACE_IN_CRITERIA',
    article: 'CE, 29\u00a0juillet\u00a01994, n°\u00a0131562',
    asks: 'Aucun critère d’attribution ne parle d’un lieu sans un motif lié à l’objet ou à l’exécution.',
    answeredBy: ['CRITERION_PLACE_WORDING'],
    otherwise: later('Aucun critère n’est encore écrit\u00a0: la règle sera jugée sur chaque critère.'),
  },
  {
    number: 11,
    code: 'DEADLINE',
    article: 'CCP R2161-2 et s.',
    asks: 'Les limites des candidatures et des offres sont fixées, sans être inférieures au minimum légal.',
    answeredBy: ['CANDIDACIES_LIMIT', 'OFFERS_LIMIT'],
    otherwise: later(
      'Aucune limite n’est à juger\u00a0: l’achat se fait sans avis, ou la procédure n’est pas connue à cette date.',
    ),
  },
  {
    number: 12,
    code: 'STANDSTILL',
    article: 'CCP R2182-1',
    asks: 'Le délai de suspension est respecté avant de signer.',
    answeredBy: ['SIGNED_AFTER_STANDSTILL'],
    otherwise: later(
      'Rien n’est attribué\u00a0: le délai de suspension sera jugé à l’étape «\u00a0attribution\u00a0», avant la signature.',
    ),
  },
  {
    number: 13,
    code: 'ORDERS_WITHIN_MAXIMUM',
    article: 'CCP R2162-4\u00a0; CJUE, 17\u00a0juin\u00a02021, C-23/20',
    asks: 'La somme des commandes ne dépasse pas le maximum du lot.',
    answeredBy: ['ORDERS_WITHIN_MAXIMUM'],
    otherwise: later(
      'Rien n’est commandé\u00a0: la somme des commandes sera jugée à l’étape «\u00a0bons de commande\u00a0», à chaque commande.',
    ),
  },
  {
    number: 14,
    code: 'SOCIAL_ECONOMY',
    article: 'CCP L2113-15 et L2113-16',
    asks: 'Un lot réservé à l’économie sociale et solidaire dure trois ans au plus, pour un service de la liste.',
    answeredBy: ['DURATION', 'UNUSABLE', 'MENTION', 'AGAIN'].map((of) => `RESERVED_SOCIAL_ECONOMY_${of}`),
    otherwise: {
      verdict: 'ok',
      sentence:
        'Aucun lot n’est réservé à l’économie sociale et solidaire\u00a0: la règle n’en vise pas ici.',
    },
  },
  {
    number: 15,
    code: 'EPCI_FREE_OF_CHARGE',
    article: 'CGCT L5211-4-4',
    asks: 'Un EPCI sans besoin propre achète pour ses communes à titre gratuit, si ses statuts le prévoient.',
    answeredBy: ['EPCI_FREE_OF_CHARGE'],
    otherwise: {
      verdict: 'ok',
      sentence:
        'Le coordonnateur n’est pas enregistré comme un EPCI à fiscalité propre\u00a0: la règle ne le vise pas.',
    },
  },
  {
    number: 16,
    code: 'COST_SHARES',
    article: 'CCP L2113-7',
    asks: 'Les parts des frais de procédure font leur total, au centime près.',
    answeredBy: ['COST_SHARES'],
    otherwise: later(
      'Les frais ne sont pas encore répartis\u00a0: leur somme sera jugée à l’étape «\u00a0répartition\u00a0».',
    ),
  },
];

/** What the checks answer to one rule: one answer at least. */
export interface RuleAnswer extends Pick<BlockingRule, 'number' | 'code' | 'article' | 'asks'> {
  readonly verdict: Verdict;
  readonly answers: readonly ListedCheck[];
}

/** One reason that stands in the way. */
export interface Cause extends Pick<ListedCheck, 'rule' | 'article' | 'sentence' | 'lotNumber' | 'member'> {
  /** Of the 16; null: another duty. */
  readonly number: number | null;
}

export interface Control {
  readonly verdict: Verdict;
  /** The 16, each answered. */
  readonly rules: readonly RuleAnswer[];
  /** What blocks or asks for a look, and is of none of them. */
  readonly others: readonly ListedCheck[];
  /** Everything that blocks, at once. */
  readonly causes: readonly Cause[];
}

/** Judges a publication on the checks of every room: a check that blocks does, be it of the 16 rules or not. */
export function controlOf(given: readonly ListedCheck[]): Control {
  const checks = oneList(given);
  const rules = BLOCKING_RULES.map(({ answeredBy, otherwise, ...rule }): RuleAnswer => {
    const { number, code, article, asks } = rule;
    const found = checks.filter((check) => answeredBy.includes(check.rule));
    const answers = found.length > 0 ? found : [about({ rule: code, article, figures: {}, ...otherwise })];
    return { number, code, article, asks, verdict: gravest(answers), answers };
  });
  const numberOf = (code: string): number | null =>
    BLOCKING_RULES.find(({ answeredBy }) => answeredBy.includes(code))?.number ?? null;
  return {
    verdict: gravest([...checks, ...rules]),
    rules,
    others: checks.filter(({ rule, verdict }) => numberOf(rule) === null && isTold(verdict)),
    causes: checks
      .filter(({ verdict }) => verdict === 'block')
      .map(({ rule, article, sentence, lotNumber, member }) => ({
        ...{ number: numberOf(rule), rule, article, sentence, lotNumber, member },
      })),
  };
}

const isTold = (verdict: Verdict): boolean => verdict === 'block' || verdict === 'warn';

/** A check of the group or of the whole consultation. */
export const about = (check: Check, subject: ListedCheck['subject'] = 'consultation'): ListedCheck => ({
  ...check,
  ...{ subject, lotNumber: null, member: null },
});

/** A buyer that joined lots. */
export interface Participant {
  readonly buyerId: string;
  readonly name: string;
}

/**
 * Who will be frozen: those that joined a lot, all of them members (CCP L2111-1, R2162-6).
 *
 * @param members ids of the active members that it is launched with
 * @param day that of the launch, or planned for it
 */
export function membersFrozen(
  participants: readonly Participant[],
  members: readonly string[],
  day: PlainDate,
): Check {
  const strangers = participants.filter(({ buyerId }) => !members.includes(buyerId));
  const base = {
    rule: 'MEMBERS_FROZEN',
    article: 'CCP L2111-1, R2162-6',
    figures: { 'membres des lots': String(participants.length), lancement: day },
  };
  if (participants.length === 0)
    return {
      ...base,
      verdict: 'block',
      sentence:
        'Aucun membre n’a rejoint de lot\u00a0: recueillir les bulletins d’adhésion avant de publier.',
    };
  if (strangers.length > 0)
    return {
      ...base,
      verdict: 'block',
      sentence: `Ne sont plus membres du groupement, et ont encore un bulletin\u00a0: ${strangers.map(({ name }) => name).join(', ')}. Attendre que leurs bulletins soient retirés, ou enregistrer de nouveau leur adhésion.`,
    };
  return {
    ...base,
    verdict: 'ok',
    sentence: `La publication arrête la liste des membres des lots\u00a0: ${participants.length}.`,
  };
}
