import { countIn, rule, textIn, type Lever, type LeverFacts, type LotFacts } from './lever.rules.js';

/** Same nature and same CPV division: the same firms may want both. */
const comparable = (facts: LeverFacts): readonly LotFacts[] =>
  facts.lots.filter(
    (lot) => lot.family === facts.lot.family && lot.cpvCode.slice(0, 2) === facts.lot.cpvCode.slice(0, 2),
  );

export const splitLots: Lever = {
  code: 'SPLIT_LOTS',
  label: 'Lots fins ou géographiques',
  nature: 'lever',
  articles: ['CCP L2113-10'],
  plain:
    'Diviser l’achat en lots assez petits, par métier, par volume ou par zone de livraison, pour qu’une petite entreprise puisse répondre à l’un d’eux.',
  when: 'Toujours, dès deux lots, si la division tient à des raisons objectives\u00a0: zone de livraison, volume, métier.',
  watches:
    'Avertit quand aucune entreprise connue ne répondrait\u00a0; bloque quand une seule le pourrait et que rien ne dit pourquoi.',
  rules: [],
  unverified: [],
  fields: [
    {
      key: 'grounds',
      label: 'Raisons de la division',
      help: 'Une ou plusieurs raisons objectives.',
      kind: 'list',
      needed: 'choosing',
      choices: ['zone de livraison', 'volume', 'métier'],
    },
    {
      key: 'division',
      label: 'Critère ou carte de division',
      help: 'Comment les lots ont été tracés, par exemple une carte des sites livrés.',
      kind: 'text',
      needed: 'choosing',
    },
    {
      key: 'capacity',
      label: 'Étude de la capacité du marché',
      help: 'Combien d’entreprises peuvent livrer ce volume, et comment on l’a su.',
      kind: 'text',
      needed: 'choosing',
    },
    {
      key: 'oneSupplierMotive',
      label: 'Motif, quand une seule entreprise connue peut répondre',
      help: 'Pourquoi le lot n’est pas tracé pour elle.',
      kind: 'text',
      needed: 'never',
    },
  ],
  whyNot: ({ lots }) =>
    lots.length < 2
      ? 'La consultation n’a qu’un lot\u00a0: la diviser d’abord, ou choisir une autre mesure.'
      : null,
  checks: (facts, record) => {
    const size = rule('SPLIT_LOTS_CAPACITY', 'CCP L2113-10');
    if (facts.suppliers === null)
      return [
        size.warn(
          'Le nombre d’entreprises qui pourraient répondre n’est pas encore connu\u00a0: le chercher.',
        ),
      ];
    const { answerable } = facts.suppliers;
    const figures = { 'entreprises qui pourraient répondre': String(answerable) };
    if (answerable === 0)
      return [
        size.warn(
          'Aucune entreprise connue ne pourrait répondre\u00a0: ce lot est peut-être trop petit pour intéresser quelqu’un. Compléter l’annuaire, ou agrandir le lot.',
          figures,
        ),
      ];
    if (answerable > 1)
      return [size.ok('Plusieurs entreprises connues pourraient répondre à ce lot.', figures)];
    return textIn(record, 'oneSupplierMotive') === null
      ? [
          size.block(
            'Une seule entreprise connue pourrait répondre\u00a0: un lot ne se trace pas pour elle. Élargir le lot, compléter l’annuaire, ou en écrire le motif.',
            figures,
          ),
        ]
      : [
          size.warn(
            'Une seule entreprise connue pourrait répondre\u00a0; le motif est écrit. Le faire relire.',
            figures,
          ),
        ];
  },
};

export const lotCap: Lever = {
  code: 'LOT_CAP',
  label: 'Plafond de lots par candidat',
  nature: 'lever',
  articles: ['CCP L2113-10', 'CCP R2113-1'],
  plain:
    'Limiter le nombre de lots qu’une même entreprise peut demander ou obtenir, pour que plusieurs entreprises travaillent.',
  when: 'À partir de deux lots comparables (même nature, même division du vocabulaire CPV).',
  watches:
    'Avertit quand le plafond ne limite rien\u00a0; bloque quand le règlement n’a pas la règle de départage, ou un autre plafond.',
  rules: [],
  unverified: ['Règle usuelle de départage (ordre de préférence du candidat, puis meilleur écart de prix).'],
  fields: [
    {
      key: 'cap',
      label: 'Nombre de lots au plus',
      help: 'Nombre entier, inférieur au nombre de lots.',
      kind: 'count',
      needed: 'choosing',
    },
    {
      key: 'tieRule',
      label: 'Règle de départage',
      help: 'Qui obtient quoi quand une entreprise arrive en tête de plus de lots que le plafond. Par exemple\u00a0: ordre de préférence du candidat.',
      kind: 'text',
      needed: 'choosing',
      printed: true,
    },
    {
      key: 'competition',
      label: 'Concurrence attendue',
      help: 'Pourquoi assez d’entreprises répondront pour que chaque lot soit attribué.',
      kind: 'text',
      needed: 'choosing',
    },
  ],
  whyNot: (facts) =>
    comparable(facts).length < 2
      ? 'Aucun autre lot n’est comparable à celui-ci (même nature, même division du CPV)\u00a0: un plafond n’y partagerait rien.'
      : null,
  checks: (facts, record) => {
    const tie = rule('LOT_CAP_TIE_RULE', 'CCP R2113-1');
    const cap = countIn(record, 'cap');
    const figures = {
      'plafond écrit ici': String(cap ?? 'aucun'),
      'lots de la consultation': String(facts.lots.length),
    };
    const size =
      cap !== null && cap >= facts.lots.length
        ? [
            rule('LOT_CAP_SIZE', 'CCP L2113-10').warn(
              'Le plafond n’est pas inférieur au nombre de lots\u00a0: il ne limite rien. Le baisser.',
              figures,
            ),
          ]
        : [];
    const { caps } = facts;
    if (caps === null)
      return [
        ...size,
        tie.warn(
          'Les conditions de la consultation ne disent encore ni plafond ni règle de départage\u00a0: les y écrire avant de publier.',
          figures,
        ),
      ];
    if (caps.tieRule === null || caps.tieRule.trim() === '')
      return [
        ...size,
        tie.block(
          'Le règlement de la consultation ne dit pas la règle de départage\u00a0: l’écrire dans les conditions de la consultation.',
          figures,
        ),
      ];
    if (cap !== caps.maxLotsAwarded && cap !== caps.maxLotsBid)
      return [
        ...size,
        tie.block(
          'Le plafond écrit ici n’est pas celui des conditions de la consultation\u00a0: accorder les deux.',
          {
            ...figures,
            'plafond de la consultation': String(caps.maxLotsAwarded ?? caps.maxLotsBid ?? 'aucun'),
          },
        ),
      ];
    return [...size, tie.ok('Le plafond et sa règle de départage sont dans les conditions.', figures)];
  },
};
