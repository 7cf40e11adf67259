import type { Check } from '../law/check.js';
import { valueOf } from '../law/law-on.js';
import type { Cents } from '../money/amounts.js';
import { frenchEuros } from '../money/french.js';
import {
  centsIn,
  countIn,
  listIn,
  rule,
  textIn,
  type Lever,
  type LeverFacts,
  type LeverRecord,
} from './lever.rules.js';

export const keptOutside: Lever = {
  code: 'KEPT_OUTSIDE',
  label: 'Besoins gardés hors du groupement',
  nature: 'lever',
  articles: ['CCP L2113-7', 'CCP R2121-4'],
  plain:
    'Laisser chaque commune acheter seule certains articles ou pour certains sites, ce que la convention permet.',
  when: 'Avant la publication, quand le périmètre est écrit.',
  watches:
    'Avertit du fractionnement\u00a0; bloque un article qui reste au bordereau d’un accord-cadre exclusif.',
  rules: ['dispense_fs', 'dispense_travaux'],
  unverified: [
    'Appréciation du fractionnement sur le total de la famille d’achat quand une part passe par le groupement.',
  ],
  fields: [
    {
      key: 'excluded',
      label: 'Articles ou sites gardés hors du groupement',
      help: 'Codes d’articles du bordereau, ou noms de sites.',
      kind: 'list',
      needed: 'choosing',
    },
    {
      key: 'perimeter',
      label: 'Périmètre écrit',
      help: 'Où le périmètre est dit\u00a0: convention, annexe, délibération.',
      kind: 'text',
      needed: 'choosing',
    },
    {
      key: 'residue',
      label: 'Montant annuel gardé par la commune, HT',
      help: 'Pour la commune qui garde le plus, dans la même famille d’achat.',
      kind: 'amount',
      needed: 'never',
      ofItsYear: true,
    },
    {
      key: 'throughGroup',
      label: 'Part annuelle de la même commune par le groupement, HT',
      help: 'Dans la même famille d’achat.',
      kind: 'amount',
      needed: 'never',
      ofItsYear: true,
    },
  ],
  whyNot: ({ launched }) =>
    launched
      ? 'La consultation est lancée\u00a0: son périmètre ne change plus. Prévoir cette mesure pour la prochaine.'
      : null,
  checks: (facts, record) => [...exclusivityChecks(facts, record), ...splittingChecks(facts, record)],
};

/** An article of an exclusive framework agreement may not be ordered elsewhere. */
function exclusivityChecks(facts: LeverFacts, record: LeverRecord | null): Check[] {
  const outside = listIn(record, 'excluded').filter((code) => facts.lot.itemCodes.includes(code));
  if (outside.length === 0 || facts.lot.contractForm === 'ordinaire') return [];
  const exclusive = rule('KEPT_OUTSIDE_EXCLUSIVE', 'CCP L2113-7');
  const figures = { articles: outside.join(', ') };
  return facts.chosen.includes('NON_EXCLUSIVITY')
    ? [
        exclusive.ok(
          'Ces articles sont au bordereau du lot, et la clause de non-exclusivité permet d’en acheter ailleurs.',
          figures,
        ),
      ]
    : [
        exclusive.block(
          'Ces articles sont au bordereau d’un accord-cadre exclusif\u00a0: les retirer du lot, ou choisir la clause de non-exclusivité.',
          figures,
        ),
      ];
}

/** What the commune keeps is judged with what it buys through the group (R2121-4, R2121-6). */
function splittingChecks(facts: LeverFacts, record: LeverRecord | null): Check[] {
  const splitting = rule('KEPT_OUTSIDE_SPLITTING', 'CCP R2121-4');
  const residue = centsIn(record, 'residue');
  const share = centsIn(record, 'throughGroup');
  const dispense = valueOf(facts.law, facts.lot.family === 'travaux' ? 'dispense_travaux' : 'dispense_fs');
  if (residue === null || share === null || dispense === undefined)
    return [
      splitting.warn(
        'Un besoin ne se fractionne pas pour échapper aux seuils\u00a0: écrire ce que la commune garde et ce qu’elle achète par le groupement.',
      ),
    ];
  const figures = {
    'gardé par la commune': frenchEuros(residue),
    'par le groupement': frenchEuros(share),
    'seuil de dispense': frenchEuros(dispense),
  };
  return residue < dispense && residue + share >= dispense
    ? [
        splitting.warn(
          'Ce que la commune garde est sous le seuil de dispense, mais pas le total de la famille\u00a0: le reste ne se passe pas sans mise en concurrence pour autant.',
          figures,
        ),
      ]
    : [splitting.ok('Le total de la famille d’achat est compté en entier.', figures)];
}

export const nonExclusivity: Lever = {
  code: 'NON_EXCLUSIVITY',
  label: 'Clause de non-exclusivité',
  nature: 'lever',
  articles: ['liberté contractuelle'],
  plain:
    'Prévoir au contrat que chaque commune peut acheter ailleurs de petites quantités, par exemple le pain ou un dépannage.',
  when: 'Dans un accord-cadre, si le cahier des clauses l’annonce avec un plafond.',
  watches: 'Avertit que les prix peuvent monter\u00a0; bloque sans plafond, ou sans clause au CCAP.',
  rules: [],
  unverified: ['Aucun article ne la prévoit\u00a0: elle tient à la liberté contractuelle.'],
  fields: [
    {
      key: 'perOrder',
      label: 'Plafond par commande, HT',
      help: 'Montant au-dessous duquel une commune peut acheter ailleurs.',
      kind: 'amount',
      needed: 'never',
    },
    {
      key: 'perYear',
      label: 'Plafond par an et par commune, HT',
      help: 'Total des achats ailleurs, par an.',
      kind: 'amount',
      needed: 'never',
    },
    {
      key: 'clause',
      label: 'Clause du CCAP',
      help: 'Numéro et texte de l’article du cahier des clauses.',
      kind: 'text',
      needed: 'publishing',
      printed: true,
    },
  ],
  whyNot: ({ lot }) =>
    lot.contractForm === 'ordinaire'
      ? 'Ce lot est un marché ordinaire\u00a0: la non-exclusivité n’a de sens que dans un accord-cadre.'
      : null,
  checks: (_, record) => {
    const ceiling = rule('NON_EXCLUSIVITY_CEILING', 'liberté contractuelle');
    const [order, year] = [centsIn(record, 'perOrder'), centsIn(record, 'perYear')];
    const amount = (value: Cents | null): string => (value === null ? 'aucun' : frenchEuros(value));
    const figures = { 'plafond par commande': amount(order), 'plafond par an': amount(year) };
    return [
      order === null && year === null
        ? ceiling.block('La clause n’a aucun plafond\u00a0: en écrire un, par commande ou par an.', figures)
        : ceiling.ok('La clause a un plafond.', figures),
      rule('NON_EXCLUSIVITY_PRICES', 'liberté contractuelle').warn(
        'Une clause de non-exclusivité réduit le volume promis, et peut renchérir les prix\u00a0: garder le plafond bas.',
      ),
    ];
  },
};

export const sourcing: Lever = {
  code: 'SOURCING',
  label: 'Sourçage',
  nature: 'lever',
  articles: ['CCP R2111-1', 'CCP R2111-2'],
  plain:
    'Rencontrer des entreprises avant d’écrire le cahier des charges, et donner à toutes les mêmes informations.',
  when: 'Avant la rédaction, donc avant le lancement.',
  watches:
    'Avertit quand moins de deux entreprises ont été rencontrées, ou quand l’échange suit le lancement.',
  rules: [],
  unverified: [],
  fields: [
    {
      key: 'lastOn',
      label: 'Dernier échange',
      help: 'Jour du dernier échange avec une entreprise.',
      kind: 'date',
      needed: 'choosing',
    },
    {
      key: 'firms',
      label: 'Nombre d’entreprises rencontrées',
      help: 'Sans les nommer\u00a0: leurs noms restent au journal du sourçage.',
      kind: 'count',
      needed: 'choosing',
    },
    {
      key: 'information',
      label: 'Informations données à toutes',
      help: 'Ce qui a été dit, et comment les autres l’ont su.',
      kind: 'text',
      needed: 'choosing',
    },
  ],
  whyNot: ({ launched }) =>
    launched ? 'La consultation est lancée\u00a0: le sourçage se fait avant la rédaction.' : null,
  checks: (facts, record) => {
    const log = rule('SOURCING_FIRMS', 'CCP R2111-1');
    const firms = countIn(record, 'firms') ?? 0;
    const figures = { 'entreprises rencontrées': String(firms) };
    const last = textIn(record, 'lastOn');
    return [
      firms < 2
        ? log.warn(
            'Moins de deux entreprises ont été rencontrées\u00a0: en rencontrer d’autres, pour ne pas écrire le besoin d’une seule.',
            figures,
          )
        : log.ok('Plusieurs entreprises ont été rencontrées.', figures),
      ...(last !== null && last > facts.law.on
        ? [
            rule('SOURCING_DATE', 'CCP R2111-2').warn(
              'Le dernier échange est postérieur au lancement prévu\u00a0: corriger sa date.',
            ),
          ]
        : []),
    ];
  },
};
