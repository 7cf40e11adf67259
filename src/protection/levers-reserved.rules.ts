import { frenchDate, type PlainDate } from '../calendar/plain-date.js';
import type { Check } from '../law/check.js';
import { requiredValue } from '../law/law-on.js';
import { frenchRate } from '../money/french.js';
import {
  cites,
  counted,
  type Field,
  type Lever,
  type LeverFacts,
  type LeverRecord,
  rule,
  type SupplierStatus,
  textIn,
} from './lever.rules.js';

const SOURCING: Field = {
  key: 'sourcing',
  label: 'Résultat du sourçage',
  help: 'Combien de structures peuvent répondre, et comment on l’a su. Sans nom.',
  kind: 'text',
  needed: 'choosing',
};
const mention = (article: string): Field => ({
  key: 'mention',
  label: 'Mention dans l’avis et le dossier de consultation',
  help: `Phrase qui dit que le lot est réservé, avec l’article ${article}.`,
  kind: 'text',
  needed: 'publishing',
  printed: true,
});

/** A mention that names no article says nothing to a candidate. A missing one is told as any missing field. */
function mentionChecks(
  code: string,
  article: string,
  articles: readonly string[],
  record: LeverRecord | null,
) {
  const text = textIn(record, 'mention');
  const missing = articles.filter((name) => text !== null && !cites(text, name));
  return missing.length === 0
    ? []
    : [
        rule(`${code}_MENTION`, article).block(
          `La mention de l’avis ne cite pas l’article ${missing.join(', ni ')}\u00a0: l’y écrire.`,
        ),
      ];
}

function structureChecks(
  code: string,
  article: string,
  facts: LeverFacts,
  statuses: readonly SupplierStatus[],
) {
  const known = rule(`${code}_STRUCTURES`, article);
  if (facts.suppliers === null)
    return [
      known.warn(
        'Le nombre de structures qui pourraient répondre n’est pas encore connu\u00a0: le chercher.',
      ),
    ];
  const { withStatus } = facts.suppliers;
  const count = statuses.reduce((total, status) => total + (withStatus[status] ?? 0), 0);
  const figures = { 'structures connues': String(count) };
  return count === 0
    ? [
        known.warn(
          'Aucune structure connue ne pourrait répondre\u00a0: poursuivre le sourçage avant de réserver le lot.',
          figures,
        ),
      ]
    : [known.ok(`${counted(count, 'structure connue', 'structures connues')} pour ce lot réservé.`, figures)];
}

const INTEGRATION = ['RESERVED_DISABILITY', 'RESERVED_INSERTION', 'RESERVED_DISABILITY_INSERTION'];
const RESERVED = [...INTEGRATION, 'RESERVED_PRISON_WORK', 'RESERVED_SOCIAL_ECONOMY'];

/** L2113-14 lets L2113-12 and L2113-13 be combined, and nothing else. */
function mixChecks(facts: LeverFacts, code: string): Check[] {
  const others = facts.chosen.filter((other) => other !== code && RESERVED.includes(other));
  const illegal = others.filter((other) => !(INTEGRATION.includes(other) && INTEGRATION.includes(code)));
  return illegal.length === 0
    ? []
    : [
        rule('RESERVED_MIX', 'CCP L2113-14').block(
          'Ce lot est réservé à deux titres qui ne se cumulent pas\u00a0: seules les structures du handicap et de l’insertion se réservent ensemble. N’en garder qu’un.',
        ),
      ];
}

interface Reservation {
  readonly code: string;
  readonly label: string;
  readonly plain: string;
  readonly when: string;
  readonly articles: readonly string[];
  readonly statuses: readonly SupplierStatus[];
  readonly unverified?: readonly string[];
}

/** A lot reserved to structures where at least half of the staff is concerned (R2113-7). */
function reservation({ code, label, plain, when, articles, statuses, unverified = [] }: Reservation): Lever {
  const basis = articles.map((article) => `CCP ${article}`);
  const main = basis[0]!;
  return {
    code,
    label,
    nature: 'lever',
    articles: [...basis, ...(basis.includes('CCP L2113-14') ? [] : ['CCP L2113-14']), 'CCP R2113-7'],
    plain,
    when,
    watches:
      'Bloque sans mention de l’article dans l’avis, ou avec une réservation qui ne se cumule pas\u00a0; avertit quand aucune structure connue ne répondrait.',
    rules: ['reserve_part_effectif'],
    unverified,
    fields: [SOURCING, mention(articles.filter((article) => article !== 'L2113-14').join(' et '))],
    whyNot: () => null,
    checks: (facts, record) => [
      rule(`${code}_STAFF`, 'CCP R2113-7').ok(
        'La structure qui répond justifie de la part de ses salariés concernés.',
        { 'part minimale': frenchRate(requiredValue(facts.law, 'reserve_part_effectif')) },
      ),
      ...mentionChecks(
        code,
        main,
        articles.filter((article) => article !== 'L2113-14'),
        record,
      ),
      ...mixChecks(facts, code),
      ...structureChecks(code, main, facts, statuses),
    ],
  };
}

export const reservedDisability = reservation({
  code: 'RESERVED_DISABILITY',
  label: 'Lot réservé aux entreprises adaptées et aux ESAT',
  plain: 'Réserver le lot aux structures dont la moitié au moins des travailleurs sont handicapés.',
  when: 'Quand le lot s’y prête et que le sourçage a trouvé des structures. Se cumule avec l’insertion, pas avec le travail en prison.',
  articles: ['L2113-12'],
  statuses: ['adapted'],
});
export const reservedInsertion = reservation({
  code: 'RESERVED_INSERTION',
  label: 'Lot réservé aux structures d’insertion (SIAE)',
  plain: 'Réserver le lot aux structures dont la moitié au moins des salariés sont en insertion.',
  when: 'Quand le lot s’y prête et que le sourçage a trouvé des structures. Se cumule avec le handicap, pas avec le travail en prison.',
  articles: ['L2113-13'],
  statuses: ['siae'],
});
export const reservedBoth = reservation({
  code: 'RESERVED_DISABILITY_INSERTION',
  label: 'Lot réservé à la fois au handicap et à l’insertion',
  plain: 'Réserver le même lot aux entreprises adaptées, aux ESAT et aux structures d’insertion, à égalité.',
  when: 'Quand le lot s’y prête et que le sourçage a trouvé des structures de l’un ou l’autre secteur.',
  articles: ['L2113-12', 'L2113-13', 'L2113-14'],
  statuses: ['adapted', 'siae'],
});
export const reservedPrison = reservation({
  code: 'RESERVED_PRISON_WORK',
  label: 'Lot réservé au travail en prison',
  plain:
    'Réserver le lot aux entreprises qui font travailler des personnes détenues dans un établissement pénitentiaire.',
  when: 'Quand le lot s’y prête. Ne se cumule avec aucune autre réservation.',
  articles: ['L2113-13-1'],
  statuses: ['prisonWork'],
  unverified: ['Part minimale de R2113-7 pour le travail en prison\u00a0: rédaction à relire.'],
});

/** Services of annex 3 of the code, by CPV: single codes, and the range of health and social services. */
const LISTED = [
  ...['75121000', '75122000', '75123000', '79622000', '79624000', '79625000', '80110000', '80300000'],
  ...[
    '80420000',
    '80430000',
    '80511000',
    '80520000',
    '80590000',
    '92500000',
    '92600000',
    '98133000',
    '98133110',
  ],
];
/** A code below a listed one is listed with it: 92510000 is a service of 92500000. */
const isListed = (cpvCode: string): boolean =>
  (cpvCode >= '85000000' && cpvCode <= '85323000') ||
  LISTED.some((listed) => cpvCode.startsWith(listed.replace(/0+$/, '')));

/** The same day some years later; 29 February becomes 28. */
export const yearsAfter = (day: PlainDate, years: number): PlainDate =>
  `${Number(day.slice(0, 4)) + years}${day.slice(4) === '-02-29' ? '-02-28' : day.slice(4)}`;

export const reservedSocialEconomy: Lever = {
  code: 'RESERVED_SOCIAL_ECONOMY',
  label: 'Lot réservé à l’économie sociale et solidaire',
  nature: 'lever',
  articles: ['CCP L2113-15', 'CCP L2113-16', 'CCP R2113-8'],
  plain:
    'Réserver un lot de services sociaux, de santé ou culturels aux associations, coopératives, mutuelles et entreprises de l’économie sociale et solidaire.',
  when: 'Seulement pour les services de la liste annexée au code, trois ans au plus, et pas pour une entreprise qui a obtenu un marché au même titre depuis moins de trois ans.',
  watches:
    'Bloque au-delà de trois ans, sans mention de l’article, ou avec une autre réservation\u00a0; avertit d’une attribution de moins de trois ans.',
  rules: ['reserve_ess_duree'],
  unverified: [
    'Liste des services par code CPV (annexe\u00a03 du code, directive 2014/24/UE, article\u00a077), écrite de mémoire.',
  ],
  fields: [
    SOURCING,
    mention('L2113-15'),
    {
      key: 'exclusion',
      label: 'Clause sur les attributions récentes',
      help: 'Phrase du règlement qui écarte une entreprise attributaire au même titre depuis moins de trois ans.',
      kind: 'text',
      needed: 'publishing',
      printed: true,
    },
    {
      key: 'lastAwardOn',
      label: 'Dernière attribution au même titre',
      help: 'Jour de la dernière attribution d’un lot réservé à l’économie sociale et solidaire pour ces services. Vide s’il n’y en a pas.',
      kind: 'date',
      needed: 'never',
    },
  ],
  whyNot: ({ lot }) =>
    lot.family === 'services' && isListed(lot.cpvCode)
      ? null
      : 'Cette réservation ne vaut que pour les services sociaux, de santé ou culturels de la liste annexée au code\u00a0: ce lot n’en est pas.',
  checks: (facts, record) => {
    const most = requiredValue(facts.law, 'reserve_ess_duree');
    const duration = rule('RESERVED_SOCIAL_ECONOMY_DURATION', 'CCP L2113-16');
    const figures = { 'durée totale': `${facts.years}\u00a0ans`, 'durée permise': `${most}\u00a0ans` };
    const last = textIn(record, 'lastAwardOn');
    const until = last === null ? null : yearsAfter(last, Number(most));
    return [
      BigInt(facts.years) > most
        ? duration.block(
            'La consultation dure plus que ce lot réservé ne le peut\u00a0: réduire la durée, reconductions comprises.',
            figures,
          )
        : duration.ok('La durée reste dans la limite.', figures),
      ...mentionChecks('RESERVED_SOCIAL_ECONOMY', 'CCP R2113-8', ['L2113-15'], record),
      ...mixChecks(facts, 'RESERVED_SOCIAL_ECONOMY'),
      ...(until !== null && facts.law.on < until
        ? [
            rule('RESERVED_SOCIAL_ECONOMY_AGAIN', 'CCP L2113-16').warn(
              `L’entreprise attributaire du ${frenchDate(last!)} ne peut pas l’être de nouveau avant le ${frenchDate(until)}\u00a0: l’écarter à l’analyse des candidatures.`,
            ),
          ]
        : []),
      ...structureChecks('RESERVED_SOCIAL_ECONOMY', 'CCP L2113-15', facts, ['socialEconomy']),
    ];
  },
};
