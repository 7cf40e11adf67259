import { frenchDate } from '../calendar/plain-date.js';
import type { Check } from '../law/check.js';
import type { FigureCode } from '../law/figures.js';
import { articleOf, dutySince, holds } from '../law/law-on.js';
import { type SocialDuty, socialDuty, socialFigures } from '../terms/clauses.rules.js';
import { type Lever, type LeverFacts, listIn, rule, textIn } from './lever.rules.js';

const said = (text: string | null | undefined): boolean =>
  text !== null && text !== undefined && text.trim() !== '';

/** Before the first day of a duty, what is so: « à partir du 21 août 2026 ». */
function notYet({ law }: LeverFacts, code: string, figure: FigureCode): Check[] | null {
  const { day } = dutySince(law, figure);
  return holds(law, figure)
    ? null
    : [
        rule(code, articleOf(figure)).ok(
          day === null
            ? 'Cette obligation n’est pas en vigueur à cette date.'
            : `Cette obligation ne vaut que pour les consultations lancées à partir du ${frenchDate(day)}.`,
          { lancement: frenchDate(law.on) },
        ),
      ];
}

const UNVERIFIED_DAY = 'Premier jour de l’obligation, au jour près.';

/** The four cases of L2112-2-1, shortened. */
const EXEMPTIONS = [
  'solution immédiatement disponible',
  'lien insuffisant avec l’objet du marché',
  'concurrence restreinte ou exécution difficile',
  'travaux de moins de six mois',
] as const;

export const socialClause: Lever = {
  code: 'SOCIAL_CLAUSE',
  label: 'Clause sociale d’exécution',
  nature: 'lever',
  articles: ['CCP L2112-2', 'CCP L2112-2-1'],
  plain:
    'Demander au titulaire, pendant l’exécution, des heures d’insertion ou d’autres actions pour l’emploi.',
  when: 'Toujours possible. Au-dessus des seuils européens, obligatoire pour les consultations lancées à partir du 22\u00a0août\u00a02026, sauf quatre exceptions.',
  watches: 'Bloque, au-dessus des seuils européens, sans clause ni exception motivée.',
  rules: ['clause_sociale', 'formalisee_fs', 'formalisee_travaux'],
  unverified: [UNVERIFIED_DAY, 'Rédaction des quatre exceptions de L2112-2-1, abrégée de mémoire.'],
  alone: true,
  fields: [
    {
      key: 'clause',
      label: 'Clause',
      help: 'Texte ou article du CCAP. À défaut, une exception et son motif.',
      kind: 'text',
      needed: 'never',
      printed: true,
    },
    {
      key: 'exemption',
      label: 'Exception',
      help: 'L’un des quatre cas de la loi.',
      kind: 'choice',
      needed: 'never',
      choices: EXEMPTIONS,
    },
    {
      key: 'motive',
      label: 'Motif de l’exception',
      help: 'Gardé au dossier.',
      kind: 'text',
      needed: 'never',
    },
  ],
  whyNot: () => null,
  checks: (facts, record) => {
    const early = notYet(facts, 'SOCIAL_CLAUSE', 'clause_sociale');
    if (early) return early;
    const duty = rule('SOCIAL_CLAUSE', 'CCP L2112-2-1');
    if (said(facts.terms?.socialClause) || textIn(record, 'clause') !== null)
      return [duty.ok('Une clause sociale est écrite.')];
    const exempted =
      said(facts.terms?.socialExemption) ||
      (textIn(record, 'exemption') !== null && textIn(record, 'motive') !== null);
    if (exempted) return [duty.ok('L’exception à la clause sociale et son motif sont écrits.')];
    const figures = socialFigures(facts.estimate, facts.law);
    const told: Readonly<Record<SocialDuty, () => Check>> = {
      unjudged: () =>
        duty.later(
          'Ni clause sociale ni motif d’exception\u00a0: obligatoires si la valeur estimée de la consultation atteint le seuil européen, ce que disent ses vérifications.',
          figures,
        ),
      perhaps: () =>
        duty.warn(
          'Ni clause sociale ni motif d’exception\u00a0: obligatoires si la consultation, dont la valeur est incomplète, atteint le seuil européen. Dire le montant de chaque lot.',
          figures,
        ),
      unknown_threshold: () =>
        duty.block(
          'Le seuil européen n’est pas connu à cette date\u00a0: écrire une clause sociale, ou l’exception et son motif.',
          figures,
        ),
      due: () =>
        duty.block(
          'Il manque une clause sociale\u00a0: l’écrire dans les conditions du lot, ou écrire l’exception et son motif.',
          figures,
        ),
      free: () => duty.ok('Sous le seuil européen, la clause sociale est libre.', figures),
    };
    return [told[socialDuty(facts.estimate, facts.law)]()];
  },
};

export const environmentalCriterion: Lever = {
  code: 'ENVIRONMENTAL_CRITERION',
  label: 'Critère environnemental',
  nature: 'duty',
  articles: ['CCP L2152-7', 'CCP R2152-7'],
  plain:
    'Juger les offres aussi sur leurs effets sur l’environnement. Le prix seul n’est plus permis\u00a0; un critère unique est alors le coût sur tout le cycle de vie.',
  when: 'Tous les lots des consultations lancées à partir du 21\u00a0août\u00a02026.',
  watches: 'Bloque une grille de critères qui ignore l’environnement, le prix seul compris.',
  rules: ['critere_environnemental'],
  unverified: [UNVERIFIED_DAY],
  fields: [],
  whyNot: () => null,
  checks: (facts) => {
    const early = notYet(facts, 'ENVIRONMENTAL_CRITERION', 'critere_environnemental');
    if (early) return early;
    const duty = rule('ENVIRONMENTAL_CRITERION', 'CCP R2152-7');
    if (facts.criteria === null)
      return [
        duty.warn('Les critères du lot ne sont pas encore écrits\u00a0: en prévoir un pour l’environnement.'),
      ];
    const figures = { 'critères écrits': String(facts.criteria.length) };
    if (facts.criteria.some(({ environmental }) => environmental))
      return [duty.ok('Un critère porte sur l’environnement.', figures)];
    return facts.criteria.length === 1
      ? [
          duty.block(
            'Le critère unique de ce lot ignore l’environnement\u00a0: le remplacer par le coût du cycle de vie, environnement compris, ou ajouter un critère.',
            figures,
          ),
        ]
      : [
          duty.block(
            'Aucun critère de ce lot ne porte sur l’environnement\u00a0: en ajouter un, avec son poids et sa méthode.',
            figures,
          ),
        ];
  },
};

export const environmentalClause: Lever = {
  code: 'ENVIRONMENTAL_CLAUSE',
  label: 'Clause environnementale d’exécution',
  nature: 'duty',
  articles: ['CCP L2112-2'],
  plain: 'Prévoir au contrat au moins une obligation qui ménage l’environnement pendant l’exécution.',
  when: 'Tous les lots des consultations lancées à partir du 22\u00a0août\u00a02026.',
  watches: 'Bloque sans clause environnementale.',
  rules: ['clause_environnementale'],
  unverified: [UNVERIFIED_DAY],
  fields: [],
  whyNot: () => null,
  checks: (facts) => {
    const early = notYet(facts, 'ENVIRONMENTAL_CLAUSE', 'clause_environnementale');
    if (early) return early;
    const duty = rule('ENVIRONMENTAL_CLAUSE', 'CCP L2112-2');
    if (facts.terms === null)
      return [
        duty.warn(
          'Les conditions du lot ne sont pas encore écrites\u00a0: y prévoir une clause environnementale.',
        ),
      ];
    return said(facts.terms.environmentalClause)
      ? [duty.ok('Une clause environnementale est écrite.')]
      : [duty.block('Il manque une clause environnementale\u00a0: l’écrire dans les conditions du lot.')];
  },
};

export const sustainableSpecification: Lever = {
  code: 'SUSTAINABLE_SPECIFICATION',
  label: 'Cahier des charges et développement durable',
  nature: 'duty',
  articles: ['CCP L2111-2'],
  plain:
    'Écrire les spécifications du besoin en tenant compte du développement durable\u00a0: économie, environnement, social.',
  when: 'Tous les lots des consultations lancées à partir du 22\u00a0août\u00a02026.',
  watches: 'Avertit de vérifier le cahier des charges.',
  rules: ['specification_durable'],
  unverified: [UNVERIFIED_DAY],
  fields: [],
  whyNot: () => null,
  checks: (facts) =>
    notYet(facts, 'SUSTAINABLE_SPECIFICATION', 'specification_durable') ?? [
      rule('SUSTAINABLE_SPECIFICATION', 'CCP L2111-2').warn(
        'Vérifier que le cahier des charges a un paragraphe sur le développement durable\u00a0: Halle ne le lit pas.',
      ),
    ],
};

const NARROWER =
  /fran[cç]|r[ée]gion|d[ée]partement|mayenn|lavall|local|national|hexagon|breto|breta|pays de la loire/i;

export const unionProduction: Lever = {
  code: 'UNION_PRODUCTION',
  label: 'Moyens d’exécution dans l’Union européenne',
  nature: 'lever',
  articles: ['CCP L2112-4'],
  plain:
    'Exiger que les moyens d’exécution soient dans l’Union européenne. Jamais en France, ni dans une région\u00a0: ce serait illégal.',
  when: 'Pour l’environnement, le social, ou la sécurité des informations et des approvisionnements.',
  watches:
    'Avertit toujours, pour que le motif soit relu\u00a0; bloque quand l’exigence vise la France ou une région.',
  rules: [],
  unverified: [],
  fields: [
    {
      key: 'grounds',
      label: 'Raisons',
      help: 'Une ou plusieurs raisons de la loi.',
      kind: 'list',
      needed: 'choosing',
      choices: ['environnement', 'social', 'sécurité des informations', 'sécurité des approvisionnements'],
    },
    {
      key: 'requirement',
      label: 'Exigence écrite',
      help: 'Comme elle sera au contrat\u00a0: «\u00a0produit dans l’Union européenne\u00a0».',
      kind: 'text',
      needed: 'choosing',
      printed: true,
    },
    {
      key: 'motive',
      label: 'Motif',
      help: 'Pourquoi cet achat le demande.',
      kind: 'text',
      needed: 'choosing',
    },
  ],
  whyNot: () => null,
  checks: (_, record) => {
    const union = rule('UNION_PRODUCTION', 'CCP L2112-4');
    const figures = { raisons: listIn(record, 'grounds').join(', ') };
    return NARROWER.test(textIn(record, 'requirement') ?? '')
      ? [
          union.block(
            'L’exigence vise un territoire plus petit que l’Union européenne\u00a0: n’écrire que l’Union.',
            figures,
          ),
        ]
      : [
          union.warn(
            'L’exigence écarte des entreprises\u00a0: faire relire son motif, et l’ouvrir aux États liés par l’accord sur les marchés publics.',
            figures,
          ),
        ];
  },
};
