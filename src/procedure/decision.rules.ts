import { frenchDate } from '../calendar/plain-date.js';
import type { Check } from '../law/check.js';
import type { FigureCode } from '../law/figures.js';
import { articleOf, figureOf, type LawOn, requiredValue } from '../law/law-on.js';
import type { Cents } from '../money/amounts.js';
import { frenchEuros } from '../money/french.js';
import { type Procedure, PROCEDURE_WORDS, type ProcedureChoice } from './choice.rules.js';
import { type EstimatedValue, frenchValue } from './estimated-value.rules.js';
import { MAIN_OBJECT_WORDS, type MainObject } from './main-object.rules.js';

/** What the amount asks for at least. */
export const REQUIRED = ['direct', 'adapted', 'formal'] as const;
export type Required = (typeof REQUIRED)[number];

export const REQUIRED_WORDS: Readonly<Record<Required, string>> = {
  direct: PROCEDURE_WORDS.direct,
  adapted: PROCEDURE_WORDS.adapted,
  formal: 'procédure formalisée',
};

export interface Decision {
  readonly required: Required;
  /** False: a lot says no amount, and a greater value would ask for more. */
  readonly settled: boolean;
  /** The one chosen; else what the amount asks for, an open call where it is formal. */
  readonly followed: Procedure;
}

const THRESHOLDS: Readonly<Record<MainObject, { readonly direct: FigureCode; readonly formal: FigureCode }>> =
  {
    works: { direct: 'dispense_travaux', formal: 'formalisee_travaux' },
    supplies_services: { direct: 'dispense_fs', formal: 'formalisee_fs' },
  };
const RANK: Readonly<Record<Procedure, number>> = {
  ...{ direct: 0, adapted: 1, open: 2, restricted: 2, negotiated: 2, dialogue: 2 },
};

type Amount = Pick<EstimatedValue, 'net' | 'complete'>;

/** The procedure that an amount asks for (R2122-8, R2123-1 1°, L2124-1). @throws {LawUnknown} */
export function decide(value: Amount, object: MainObject, chosen: Procedure | null, law: LawOn): Decision {
  const { direct, formal } = THRESHOLDS[object];
  const required =
    value.net >= requiredValue(law, formal)
      ? 'formal'
      : value.net >= requiredValue(law, direct)
        ? 'adapted'
        : 'direct';
  return {
    required,
    settled: value.complete || required === 'formal',
    followed: chosen ?? (required === 'formal' ? 'open' : required),
  };
}

/** Which procedure, from which amounts; what was chosen may ask for more, for less only where an article allows it. */
export function procedureCheck(
  value: Amount,
  object: MainObject,
  choice: Pick<ProcedureChoice, 'procedure' | 'ground'>,
  law: LawOn,
): Check {
  const { required, settled } = decide(value, object, choice.procedure, law);
  const codes = THRESHOLDS[object];
  const [direct, formal] = [figureOf(law, codes.direct), figureOf(law, codes.formal)];
  const base = {
    rule: 'PROCEDURE',
    article: { direct: 'CCP R2122-8', adapted: 'CCP R2123-1', formal: 'CCP L2124-1, R2124-1' }[required],
    figures: {
      'valeur estimée': frenchValue(value),
      'seuils des': MAIN_OBJECT_WORDS[object],
      'procédure adaptée à partir de': `${frenchEuros(direct.value)} HT`,
      'procédure formalisée à partir de': `${frenchEuros(formal.value)} HT`,
      'jour du droit': frenchDate(law.on),
      'procédure choisie': choice.procedure === null ? 'aucune' : PROCEDURE_WORDS[choice.procedure],
    },
  };
  const why = {
    direct: `moins de ${frenchEuros(direct.value)} HT`,
    adapted: `${frenchEuros(direct.value)} HT ou plus, moins de ${frenchEuros(formal.value)} HT`,
    formal: `${frenchEuros(formal.value)} HT ou plus`,
  }[required];
  const asked = `${capital(REQUIRED_WORDS[required])}\u00a0: la valeur estimée est de ${frenchValue(value)}, ${why}.`;
  const chosenRank = choice.procedure === null ? null : RANK[choice.procedure];
  if (chosenRank !== null && chosenRank < REQUIRED.indexOf(required))
    return choice.ground === null
      ? {
          ...base,
          verdict: 'block',
          sentence: `${asked} La procédure choisie (${PROCEDURE_WORDS[choice.procedure!]}) ne suffit pas\u00a0: en choisir une autre, ou citer l’article qui la permet.`,
        }
      : {
          ...base,
          verdict: 'warn',
          sentence: `${asked} La procédure choisie (${PROCEDURE_WORDS[choice.procedure!]}) s’appuie sur\u00a0: «\u00a0${choice.ground}\u00a0». Le faire relire.`,
        };
  if (!settled)
    return {
      ...base,
      verdict: 'warn',
      sentence: `${asked} Des lots n’ont pas de montant\u00a0: une procédure plus exigeante peut s’imposer. Compléter leurs montants.`,
    };
  if (chosenRank === null && required === 'formal')
    return {
      ...base,
      verdict: 'warn',
      sentence: `${asked} Choisir l’appel d’offres ouvert ou restreint, ou l’une des autres dans les cas qui la permettent\u00a0; à défaut, les délais sont ceux de l’appel d’offres ouvert.`,
    };
  if ((choice.procedure === 'negotiated' || choice.procedure === 'dialogue') && choice.ground === null)
    return {
      ...base,
      article: choice.procedure === 'negotiated' ? 'CCP R2124-3' : 'CCP R2124-5',
      verdict: 'warn',
      sentence: `${asked} ${capital(PROCEDURE_WORDS[choice.procedure])}\u00a0: dire lequel des cas permis s’applique, et pourquoi.`,
    };
  return {
    ...base,
    verdict: 'ok',
    sentence: `${asked}${
      required === 'direct' && RANK[choice.procedure ?? 'direct'] === 0
        ? ' Choisir une offre pertinente, bien employer les deniers publics, ne pas retenir toujours le même fournisseur quand d’autres peuvent répondre.'
        : choice.procedure === null
          ? ''
          : ` Choisie\u00a0: ${PROCEDURE_WORDS[choice.procedure]}.`
    }`,
  };
}

/** Where the notice is published (R2131-12, R2131-16). */
export function noticeCheck(value: Amount, { required, followed }: Decision, law: LawOn): Check {
  const limit = requiredValue(law, 'publicite_boamp_jal');
  const base = {
    rule: 'NOTICE',
    article: required === 'formal' ? 'CCP R2131-16' : articleOf('publicite_boamp_jal'),
    verdict: 'ok',
    figures: {
      'valeur estimée': frenchValue(value),
      'avis au BOAMP ou dans un journal à partir de': `${frenchEuros(limit)} HT`,
    },
  } as const;
  if (followed === 'direct')
    return {
      ...base,
      article: articleOf('dispense_fs'),
      sentence: 'Aucun avis n’est dû pour un achat sans publicité ni mise en concurrence préalables.',
    };
  if (required === 'formal')
    return RANK[followed] < 2
      ? {
          ...base,
          verdict: 'warn',
          sentence:
            'Publicité d’une procédure permise par exception\u00a0: la vérifier dans l’article invoqué\u00a0; à défaut, un avis au BOAMP et au Journal officiel de l’Union européenne.',
        }
      : {
          ...base,
          sentence: 'Un avis est dû au BOAMP et au Journal officiel de l’Union européenne.',
        };
  return {
    ...base,
    verdict: value.net >= limit || value.complete ? 'ok' : 'not_applicable_yet',
    sentence:
      value.net >= limit
        ? 'Un avis est dû au BOAMP ou dans un journal d’annonces légales, et si besoin dans la presse spécialisée ou au Journal officiel de l’Union européenne.'
        : 'La publicité est libre\u00a0: l’adapter au montant, à la nature de l’achat et à qui peut répondre.',
  };
}

interface Duty {
  readonly rule: string;
  readonly code: FigureCode;
  readonly due: string;
  readonly notDue: string;
}
const AFTER_THE_AWARD: readonly Duty[] = [
  {
    rule: 'WRITTEN_CONTRACT',
    code: 'ecrit',
    due: 'Le contrat est écrit.',
    notDue: 'Le contrat peut ne pas être écrit\u00a0; un bon de commande reste prudent.',
  },
  {
    rule: 'ESSENTIAL_DATA',
    code: 'decp',
    due: 'Les données essentielles sont publiées après la notification.',
    notDue: 'Les données essentielles ne sont pas dues, une liste annuelle peut suffire.',
  },
  {
    rule: 'LEGALITY_CONTROL',
    code: 'controle_legalite',
    due: 'Le contrat signé est transmis au contrôle de légalité\u00a0; le seuil est jugé ici sur tous les lots, la lecture prudente.',
    notDue: 'La transmission au contrôle de légalité n’est pas due.',
  },
];

/** Duties that come with the amount: documents online, then what awaits the award. */
export function dutyChecks(
  value: Amount,
  decision: Decision | null,
  law: LawOn,
): readonly (readonly [rule: string, check: () => Check])[] {
  const duty = (
    { rule, code, due, notDue }: Duty,
    later: boolean,
    owed: (limit: Cents) => boolean,
  ): Check => {
    const limit = requiredValue(law, code);
    const owes = owed(limit);
    return {
      rule,
      article: articleOf(code),
      verdict: owes && later ? 'not_applicable_yet' : !owes && !value.complete ? 'not_applicable_yet' : 'ok',
      figures: { 'valeur estimée': frenchValue(value), 'à partir de': `${frenchEuros(limit)} HT` },
      sentence: owes
        ? due
        : value.complete
          ? notDue
          : `Des lots n’ont pas de montant\u00a0: à juger quand ils en auront. ${notDue}`,
    };
  };
  const online: Duty = {
    rule: 'DOCUMENTS_ONLINE',
    code: 'profil_acheteur',
    due: 'Les documents de la consultation sont en accès libre sur le profil d’acheteur dès la publication de l’avis.',
    notDue:
      'Les documents de la consultation peuvent être remis autrement que sur le profil d’acheteur\u00a0: sans avis, ou sous le seuil, rien ne l’impose.',
  };
  return [
    ...(decision === null
      ? []
      : [
          [
            online.rule,
            () => duty(online, false, (limit) => decision.followed !== 'direct' && value.net >= limit),
          ] as const,
        ]),
    ...AFTER_THE_AWARD.map(
      (one) => [one.rule, () => duty(one, true, (limit) => value.net >= limit)] as const,
    ),
  ];
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
