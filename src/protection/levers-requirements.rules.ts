import { valueOf } from '../law/law-on.js';
import { frenchRate } from '../money/french.js';
import { percentIn, rule, textIn, type Lever } from './lever.rules.js';

const FOOD = ['03', '15', '553', '555'];

export const directSupply: Lever = {
  code: 'DIRECT_SUPPLY',
  label: 'Approvisionnement direct et produits EGalim',
  nature: 'lever',
  articles: ['CCP R2152-7 a)', 'CRPM L230-5-1', 'CRPM R230-30-1'],
  plain:
    'Valoriser les approvisionnements directs de produits de l’agriculture et les produits durables ou de qualité. Le circuit court compte les intermédiaires, pas les kilomètres.',
  when: 'Dans les lots alimentaires.',
  watches: 'Avertit quand une part prévue est trop basse.',
  rules: ['egalim_qualite', 'egalim_bio', 'egalim_viande_poisson'],
  unverified: [
    'Parts de 50\u00a0%, 20\u00a0% et 60\u00a0%\u00a0: lues dans des pages spécialisées, dont une sur les opérateurs privés.',
  ],
  fields: [
    {
      key: 'labels',
      label: 'Signes de qualité par article',
      help: 'Un par ligne\u00a0: «\u00a0VE-001\u00a0: agriculture biologique\u00a0». Jamais une origine.',
      kind: 'list',
      needed: 'choosing',
      printed: true,
    },
    {
      key: 'sustainable',
      label: 'Part prévue de produits durables ou de qualité',
      help: 'En valeur HT, par restaurant et par année civile.',
      kind: 'percent',
      needed: 'choosing',
    },
    {
      key: 'organic',
      label: 'Part prévue de produits biologiques',
      help: 'En valeur HT, par restaurant et par année civile.',
      kind: 'percent',
      needed: 'choosing',
    },
    {
      key: 'meatFish',
      label: 'Part prévue de viandes et poissons durables ou de qualité',
      help: 'Vide si le lot n’a ni viande ni poisson.',
      kind: 'percent',
      needed: 'never',
    },
    {
      key: 'restaurants',
      label: 'Ratio par restaurant',
      help: 'Où est tenu le calcul de chaque restaurant.',
      kind: 'text',
      needed: 'never',
    },
  ],
  whyNot: ({ lot }) =>
    FOOD.some((division) => lot.cpvCode.startsWith(division))
      ? null
      : 'Ce lot n’est pas alimentaire\u00a0: cette mesure ne porte que sur des produits de l’agriculture et de la pêche.',
  checks: (facts, record) =>
    (
      [
        [
          rule('SUSTAINABLE_FOOD_SHARE', 'CRPM L230-5-1'),
          'sustainable',
          'egalim_qualite',
          'produits durables ou de qualité',
        ],
        [rule('ORGANIC_FOOD_SHARE', 'CRPM L230-5-1'), 'organic', 'egalim_bio', 'produits biologiques'],
        [
          rule('SUSTAINABLE_MEAT_FISH_SHARE', 'CRPM L230-5-1'),
          'meatFish',
          'egalim_viande_poisson',
          'viandes et poissons durables ou de qualité',
        ],
      ] as const
    ).flatMap(([share, key, figure, words]) => {
      const [planned, least] = [percentIn(record, key), valueOf(facts.law, figure)];
      if (planned === null || least === undefined) return [];
      const figures = { 'part prévue': frenchRate(planned), 'part attendue': frenchRate(least) };
      return planned < least
        ? [
            share.warn(
              `La part prévue de ${words} est trop basse\u00a0: la relever, ou expliquer l’écart.`,
              figures,
            ),
          ]
        : [share.ok(`La part prévue de ${words} suffit.`, figures)];
    }),
};

const PLACE = String.raw`(agence|antenne|dépôt|depot|siège|siege|magasin|atelier|établissement|etablissement|entrepôt|entrepot|succursale|boutique|locaux|entreprise|prestataire|titulaire|fournisseur|candidat|exploitation|producteur)s?`;
const DISTANCE = String.raw`(kms?|kilom[eè]tres?)`;
const PREMISES = String.raw`(local|locaux|agence|antenne|dépôt|depot|siège|siege|magasin|atelier|établissement|etablissement|entrepôt|entrepot|succursale|boutique|bureau|base|point de vente)(x|s)?`;
const TIME = String.raw`(\d+|une?|deux|trois|cinq|dix|quinze|vingt|trente|demi|quart)[^.;]{0,12}(minutes?|mins?|mn|heures?|h)`;
/** An establishment demanded near, at a distance or in a place: what the execution does not require. */
const ESTABLISHMENT = [
  /(?<!\p{L})(implantation|implantée?s?|présence|ancrage|attache)s?\s+(local|géographi|territorial|de proximité|à proximité|proches?(?!\p{L})|dans|au sein|à moins|sur\s+(le|notre|ce)\s+territoire)/iu,
  /(?<!\p{L})([Ii]mplant(ation|ée?s?)|[Pp]résence)\s+(à|en)\s+\p{Lu}/u,
  // Time on the road is a distance; « intervention en 2 heures » is a result.
  new RegExp(
    String.raw`${TIME}\s+(de |d['’]|en )?(route|trajet|voiture|véhicule|conduite|camion)(?!\p{L})`,
    'iu',
  ),
  /(?<!\p{L})(temps|durée)s?\s+(de\s+)?(route|trajet|parcours|conduite)(?!\p{L})/iu,
  new RegExp(
    String.raw`(?<!\p{L})${PREMISES}(?!\p{L})[^.;]{0,40}à\s+(moins\s+(de\s+|d['’])|une\s+distance)[^.;]{0,20}${TIME}(?!\p{L})`,
    'iu',
  ),
  new RegExp(String.raw`(moins de|dans un rayon|inférieure? à|à)[^.;]{0,20}\d[\d\s]*${DISTANCE}\b`, 'iu'),
  new RegExp(String.raw`rayon[^.;]{0,20}\d`, 'iu'),
  new RegExp(
    String.raw`(?<!\p{L})${PLACE}(?!\p{L})[^.;]{0,60}(?<!\p{L})(implantée?s?|située?s?|installée?s?|domiciliée?s?|établie?s?|locale?s?|locaux|à proximité)(?!\p{L})`,
    'iu',
  ),
];

/** Whether a requirement is one of place rather than of performance. */
export const asksForAPlace = (text: string): boolean => ESTABLISHMENT.some((pattern) => pattern.test(text));

export const performance: Lever = {
  code: 'PERFORMANCE',
  label: 'Fraîcheur, fréquence, délai d’intervention, visites',
  nature: 'lever',
  articles: ['CCP R2152-7 b)'],
  plain:
    'Demander un résultat dont le service a besoin, comme une intervention en deux heures ou une livraison chaque matin. On mesure le résultat, jamais l’adresse de l’entreprise.',
  when: 'Quand le besoin l’exige vraiment, preuve à l’appui.',
  watches:
    'Bloque ce qui impose un lieu ou une distance («\u00a0agence à moins de 20\u00a0km\u00a0»)\u00a0; laisse passer un résultat («\u00a0intervention en 2 heures\u00a0»).',
  rules: [],
  unverified: [],
  fields: [
    {
      key: 'kinds',
      label: 'Ce qui est demandé',
      help: 'Une ou plusieurs performances.',
      kind: 'list',
      needed: 'choosing',
      choices: [
        'fraîcheur',
        'fréquence de livraison',
        'délai de livraison',
        'délai d’intervention',
        'visite sur site',
      ],
    },
    {
      key: 'requirement',
      label: 'Exigence écrite',
      help: 'Comme elle sera au cahier des charges\u00a0: «\u00a0intervention en 2 heures au plus\u00a0».',
      kind: 'text',
      needed: 'choosing',
      printed: true,
    },
    {
      key: 'proof',
      label: 'Preuve du besoin',
      help: 'Ce qui arrive sans cela, par exemple une école sans chauffage au bout de deux heures.',
      kind: 'text',
      needed: 'choosing',
    },
  ],
  whyNot: () => null,
  checks: (_, record) => {
    const place = rule('PERFORMANCE_PLACE', 'CCP R2152-7 b)');
    return asksForAPlace(textIn(record, 'requirement') ?? '')
      ? [
          place.block(
            'Cette exigence impose un lieu ou une distance à l’entreprise\u00a0: demander le résultat, par exemple «\u00a0intervention en 2 heures au plus\u00a0».',
          ),
        ]
      : [place.ok('L’exigence porte sur un résultat, pas sur un lieu.')];
  },
};
