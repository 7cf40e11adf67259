import { requiredValue, valueOf } from '../law/law-on.js';
import { frenchCount, frenchEuros, frenchRate } from '../money/french.js';
import { percentIn, rule, type Lever, type LeverFacts } from './lever.rules.js';

/** What was not said, what to do, and from where on it matters: the end of the sentence says what then follows. */
const spendingUnsaid = ({ law }: LeverFacts): string =>
  `Les dépenses réelles de fonctionnement du plus grand acheteur ne sont pas indiquées\u00a0: les écrire dans les conditions de la consultation. Au-delà de ${frenchEuros(requiredValue(law, 'grand_acheteur'))}`;

export const advance: Lever = {
  code: 'ADVANCE',
  label: 'Avance',
  nature: 'lever',
  articles: ['CCP R2191-3', 'CCP R2191-7', 'CCP R2191-8'],
  plain:
    'Payer une part du marché avant le travail, pour qu’une petite entreprise n’ait pas à emprunter pour commencer.',
  when: 'Toujours possible\u00a0; obligatoire au-dessus de 50\u00a0000\u00a0€ HT et de deux mois d’exécution.',
  watches:
    'Bloque sous le taux minimal, ou un taux autre que celui du CCAP\u00a0; avertit sous le taux d’un grand acheteur, et au-dessus du taux ordinaire.',
  rules: ['avance_seuil', 'avance_duree', 'avance_min', 'avance_min_pme', 'avance_max', 'grand_acheteur'],
  unverified: [],
  fields: [
    {
      key: 'rate',
      label: 'Taux de l’avance',
      help: 'En pour cent, tel qu’au CCAP.',
      kind: 'percent',
      needed: 'choosing',
    },
  ],
  whyNot: () => null,
  checks: (facts, record) => {
    const duty = rule('ADVANCE_RATE', 'CCP R2191-7');
    const rate = percentIn(record, 'rate') ?? 0n;
    const least = requiredValue(facts.law, 'avance_min');
    const leastLarge = requiredValue(facts.law, 'avance_min_pme');
    const most = requiredValue(facts.law, 'avance_max');
    const figures = {
      'taux écrit': frenchRate(rate),
      'taux minimal': frenchRate(least),
      'taux minimal pour une PME et un grand acheteur': frenchRate(leastLarge),
    };
    const written = facts.terms?.advanceRate;
    const differs =
      facts.terms !== null && written !== rate
        ? [
            rule('ADVANCE_TERMS', 'CCP R2191-7').block(
              'Le taux écrit ici n’est pas celui des conditions du lot\u00a0: accorder les deux.',
              {
                ...figures,
                'taux des conditions':
                  written === null || written === undefined ? 'aucun' : frenchRate(written),
              },
            ),
          ]
        : [];
    if (rate < least)
      return [
        ...differs,
        duty.block('Le taux de l’avance est trop bas\u00a0: le relever au minimum.', figures),
      ];
    if (rate < leastLarge && facts.largeBuyer !== false)
      return [
        ...differs,
        duty.warn(
          facts.largeBuyer === null
            ? `${spendingUnsaid(facts)}, ce taux est trop bas pour une PME.`
            : 'Ce taux est trop bas quand le titulaire est une PME, vu les dépenses de l’acheteur\u00a0: le relever.',
          figures,
        ),
      ];
    if (rate > most)
      return [
        ...differs,
        rule('ADVANCE_RATE', 'CCP R2191-8').warn(
          'Ce taux dépasse le maximum ordinaire\u00a0: prévoir la garantie qui va avec.',
          { ...figures, 'taux ordinaire le plus haut': frenchRate(most) },
        ),
      ];
    return [...differs, duty.ok('Le taux de l’avance est dans les limites.', figures)];
  },
};

export const retention: Lever = {
  code: 'RETENTION',
  label: 'Retenue de garantie réduite',
  nature: 'lever',
  articles: ['CCP R2191-33'],
  plain:
    'Retenir peu, ou rien, sur les paiements en attendant la réception, pour ne pas peser sur la trésorerie d’une petite entreprise.',
  when: 'Dans les marchés qui ont une réception.',
  watches:
    'Bloque au-dessus du taux permis, ou un taux autre que celui du CCAP\u00a0; avertit quand on ignore si l’acheteur est un grand acheteur.',
  rules: ['retenue_max', 'retenue_max_pme', 'grand_acheteur'],
  unverified: [],
  fields: [
    {
      key: 'rate',
      label: 'Taux de la retenue',
      help: 'En pour cent\u00a0; 0 pour aucune.',
      kind: 'percent',
      needed: 'choosing',
    },
    {
      key: 'reception',
      label: 'Réception',
      help: 'Ce qui est reçu, et quand.',
      kind: 'text',
      needed: 'choosing',
    },
  ],
  whyNot: () => null,
  checks: (facts, record) => {
    const limit = rule('RETENTION_RATE', 'CCP R2191-33');
    const rate = percentIn(record, 'rate') ?? 0n;
    const most = requiredValue(facts.law, 'retenue_max');
    const mostLarge = requiredValue(facts.law, 'retenue_max_pme');
    const figures = {
      'taux écrit': frenchRate(rate),
      'taux permis': frenchRate(most),
      'taux permis pour une PME et un grand acheteur': frenchRate(mostLarge),
    };
    const written = facts.terms?.retentionRate;
    const differs =
      facts.terms !== null && (written ?? 0n) !== rate
        ? [
            rule('RETENTION_TERMS', 'CCP R2191-33').block(
              'Le taux écrit ici n’est pas celui des conditions du lot\u00a0: accorder les deux.',
              figures,
            ),
          ]
        : [];
    if (rate > most)
      return [...differs, limit.block('La retenue est trop forte\u00a0: la baisser.', figures)];
    if (rate > mostLarge && facts.largeBuyer === true)
      return [
        ...differs,
        limit.block(
          'La retenue est trop forte pour une PME, vu les dépenses de l’acheteur\u00a0: la baisser.',
          figures,
        ),
      ];
    if (rate > mostLarge && facts.largeBuyer === null)
      return [
        ...differs,
        limit.warn(`${spendingUnsaid(facts)}, cette retenue est trop forte pour une PME.`, figures),
      ];
    return [...differs, limit.ok('La retenue est dans les limites.', figures)];
  },
};

export const smallFirmShare: Lever = {
  code: 'SMALL_FIRM_SHARE',
  label: 'Part confiée à des PME ou à des artisans',
  nature: 'lever',
  articles: ['CCP R2171-23'],
  plain:
    'Dans un marché global, faire promettre au titulaire qu’une part du travail ira à des PME ou à des artisans.',
  when: 'Seulement dans les marchés globaux (conception-réalisation, performance).',
  watches: 'Bloque sous la part minimale.',
  rules: ['marche_global_part_pme'],
  unverified: [],
  fields: [
    {
      key: 'share',
      label: 'Part promise',
      help: 'En pour cent du montant du marché.',
      kind: 'percent',
      needed: 'choosing',
    },
  ],
  whyNot: ({ globalContract }) =>
    globalContract
      ? null
      : 'Cette part n’existe que dans les marchés globaux\u00a0: ce lot n’en est pas un. Diviser en lots fins sert le même but.',
  checks: (facts, record) => {
    const least = valueOf(facts.law, 'marche_global_part_pme');
    const share = percentIn(record, 'share') ?? 0n;
    const part = rule('SMALL_FIRM_SHARE', 'CCP R2171-23');
    if (least === undefined)
      return [part.ok('À ce jour, la part est libre.', { 'part promise': frenchRate(share) })];
    const figures = { 'part promise': frenchRate(share), 'part minimale': frenchRate(least) };
    return share < least
      ? [part.block('La part promise est trop basse\u00a0: la relever au minimum.', figures)]
      : [part.ok('La part promise suffit.', figures)];
  },
};

export const payment: Lever = {
  code: 'PAYMENT',
  label: 'Paiement à trente jours',
  nature: 'note',
  articles: ['CCP R2192-10', 'CCP R2192-31', 'CCP D2192-35'],
  plain:
    'Payer dans les trente jours de la réception de la facture. Au-delà, l’acheteur doit des intérêts (taux de la Banque centrale européenne plus huit points) et 40\u00a0€.',
  when: 'Toujours.',
  watches: 'Rappelle le délai\u00a0; l’alerte vient au vingtième jour, à l’exécution.',
  rules: ['paiement_delai', 'paiement_indemnite'],
  unverified: [],
  fields: [],
  whyNot: () => null,
  checks: ({ law }) => [
    rule('PAYMENT', 'CCP R2192-10').ok(
      'Noter le jour de réception de chaque facture\u00a0: l’alerte vient au vingtième jour.',
      {
        'délai de paiement': `${frenchCount(requiredValue(law, 'paiement_delai'))}\u00a0jours`,
        'indemnité de retard': frenchEuros(requiredValue(law, 'paiement_indemnite')),
      },
    ),
  ],
};

export const spaser: Lever = {
  code: 'SPASER',
  label: 'Schéma de promotion des achats responsables (SPASER)',
  nature: 'note',
  articles: ['CCP L2111-3', 'CCP D2111-3'],
  plain:
    'Se donner, à l’échelle de l’agglomération, des objectifs d’achat social et écologique, avec des indicateurs tous les deux ans. Plusieurs acheteurs peuvent l’écrire ensemble, petites communes comprises.',
  when: 'Obligatoire pour un acheteur de plus de 50\u00a0millions d’euros par an\u00a0; ouvert à tous.',
  watches: 'Rappelle que le schéma peut être commun.',
  rules: ['spaser'],
  unverified: [],
  fields: [],
  whyNot: () => null,
  checks: ({ law }) => [
    rule('SPASER', 'CCP D2111-3').ok('Le schéma peut être commun à l’agglomération et à ses communes.', {
      'achats annuels qui l’imposent': frenchEuros(requiredValue(law, 'spaser')),
    }),
  ],
};
