import { frenchDate } from '../calendar/plain-date.js';
import type { Check } from '../law/check.js';
import type { FigureCode } from '../law/figures.js';
import { articleOf, figureOf, type LawOn, requiredValue, valueOf } from '../law/law-on.js';
import type { Cents } from '../money/amounts.js';
import { frenchEuros } from '../money/french.js';
import { type Procedure, PROCEDURE_WORDS, type ProcedureChoice } from './choice.rules.js';
import { type EstimatedValue, frenchValue, ofFrenchValue } from './estimated-value.rules.js';
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
  const asked = `${capital(REQUIRED_WORDS[required])}\u00a0: la valeur estimée est ${ofFrenchValue(value)}, ${why}.`;
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
      verdict: 'block',
      sentence: `${asked} Personne n’a choisi la procédure\u00a0: avant de publier, choisir l’appel d’offres ouvert ou restreint, ou l’une des autres dans les cas qui la permettent\u00a0; d’ici là, les délais sont ceux de l’appel d’offres ouvert.`,
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

/** Whether what is followed is lighter than what the amount asks for: only an article allows it. */
export const isLighter = ({ required, followed }: Pick<Decision, 'required' | 'followed'>): boolean =>
  RANK[followed] < REQUIRED.indexOf(required);

const BOAMP_AND_JOUE = 'au BOAMP et au Journal officiel de l’Union européenne';
const BOAMP_OR_JAL = 'au BOAMP ou dans un journal d’annonces légales';

/** Where the notice is published (R2131-12, R2131-16): as the amount asks, whatever was chosen. */
export function noticeCheck(value: Amount, decision: Decision, law: LawOn): Check {
  const { required, settled, followed } = decision;
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
  if (isLighter(decision)) {
    const due =
      required === 'formal'
        ? `un avis est dû ${BOAMP_AND_JOUE}`
        : value.net >= limit
          ? `un avis est dû ${BOAMP_OR_JAL}`
          : 'une publicité adaptée est due';
    return {
      ...base,
      verdict: 'warn',
      sentence: `La procédure choisie est plus légère que le montant ne le demande\u00a0: ${due}, à moins que l’article qui la permet n’en dispense. Le vérifier dans cet article.`,
    };
  }
  if (required === 'formal') return { ...base, sentence: `Un avis est dû ${BOAMP_AND_JOUE}.` };
  if (!settled)
    return {
      ...base,
      verdict: 'not_applicable_yet',
      sentence: `Des lots n’ont pas de montant\u00a0: ${
        value.net >= limit
          ? `un avis est dû ${BOAMP_OR_JAL} au moins, et peut l’être aussi au Journal officiel de l’Union européenne`
          : 'un avis peut être dû'
      }. À juger sur une valeur complète.`,
    };
  if (followed === 'direct')
    return {
      ...base,
      article: articleOf('dispense_fs'),
      sentence: 'Aucun avis n’est dû pour un achat sans publicité ni mise en concurrence préalables.',
    };
  return {
    ...base,
    sentence:
      value.net >= limit
        ? `Un avis est dû ${BOAMP_OR_JAL}, et si besoin dans la presse spécialisée ou au Journal officiel de l’Union européenne.`
        : 'La publicité est libre\u00a0: l’adapter au montant, à la nature de l’achat et à qui peut répondre.',
  };
}

/**
 * The threshold of the transmission to the préfecture (CGCT D2131-5-1): it follows the European one of supplies and
 * services by itself since 2020, on days for which no figure of its own is recorded. Undefined: neither is known.
 */
export const legalityControlFrom = (law: LawOn): Cents | undefined =>
  valueOf(law, 'controle_legalite') ?? valueOf(law, 'formalisee_fs');

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
    const limit =
      (code === 'controle_legalite' ? legalityControlFrom(law) : undefined) ?? requiredValue(law, code);
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
            () => {
              const check = duty(
                online,
                false,
                (limit) => decision.followed !== 'direct' && value.net >= limit,
              );
              return check.verdict === 'ok' &&
                decision.followed === 'direct' &&
                isLighter(decision) &&
                value.net >= requiredValue(law, online.code)
                ? {
                    ...check,
                    verdict: 'warn' as const,
                    sentence:
                      'La procédure choisie est plus légère que le montant ne le demande\u00a0: si un avis est dû, les documents de la consultation sont en accès libre sur le profil d’acheteur dès sa publication. Le vérifier dans l’article qui la permet.',
                  }
                : check;
            },
          ] as const,
        ]),
    ...AFTER_THE_AWARD.map(
      (one) => [one.rule, () => duty(one, true, (limit) => value.net >= limit)] as const,
    ),
  ];
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
