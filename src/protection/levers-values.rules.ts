import { frenchDate } from '../calendar/plain-date.js';
import type { Check } from '../law/check.js';
import { valueOf } from '../law/law-on.js';
import { type Cents, sum } from '../money/amounts.js';
import { frenchEuros, frenchRate } from '../money/french.js';
import { centsIn, counted, rule, textIn, totalValue } from './lever.rules.js';
import type { Lever, LeverFacts, LeverRecord } from './lever.rules.js';

/** Lots, their cumulated value and the value of all; null when it cannot be computed from what the lots say. */
function envelope(facts: LeverFacts): { readonly small: Cents; readonly total: Cents } | null {
  const total = totalValue(facts.lots);
  if (total === null) return null;
  return { small: sum(smallOnes(facts).map((lot) => lot.value ?? 0n)), total };
}

/** The lots put among the small ones, this one included. */
const smallOnes = (facts: LeverFacts): LeverFacts['lots'] =>
  facts.lots.filter((lot) => lot.small || lot.id === facts.lot.id);

const thresholdOf = (facts: LeverFacts): Cents | undefined =>
  valueOf(facts.law, facts.lot.family === 'travaux' ? 'petit_lot_travaux' : 'petit_lot_fs');

export const smallLots: Lever = {
  code: 'SMALL_LOTS',
  label: 'Petits lots',
  nature: 'lever',
  articles: ['CCP R2123-1 2°', 'CCP R2122-8'],
  plain:
    'Passer les plus petits lots d’un grand achat par une procédure simple, dans la limite d’un cinquième de la valeur totale.',
  when: 'Lot de moins de 80\u00a0000\u00a0€ HT (1\u00a0000\u00a0000\u00a0€ en travaux), quand les petits lots ne dépassent pas ensemble 20\u00a0% de la valeur de tous les lots.',
  watches:
    'Bloque au-dessus du seuil du petit lot, quand les petits lots dépassent ensemble la part permise, ou quand le calcul gardé au dossier n’est pas celui des conditions des lots.',
  rules: [
    'petit_lot_fs',
    'petit_lot_travaux',
    'petits_lots_part',
    'dispense_fs',
    'dispense_travaux',
    'formalisee_fs',
    'formalisee_travaux',
  ],
  unverified: [
    'Une seule enveloppe de 20\u00a0% pour la procédure adaptée et pour la dispense de publicité (lecture prudente).',
    'Dispense des petits lots de fournitures et services portée à 60\u00a0000\u00a0€ au 1er\u00a0avril\u00a02026 (par construction de l’article).',
  ],
  fields: [
    {
      key: 'lotValue',
      label: 'Valeur estimée du lot, HT',
      help: 'Sur toute la durée, reconductions comprises\u00a0; pour un accord-cadre, son maximum.',
      kind: 'amount',
      needed: 'choosing',
    },
    {
      key: 'smallTotal',
      label: 'Cumul des petits lots, HT',
      help: 'Valeur de tous les petits lots de la consultation, celui-ci compris.',
      kind: 'amount',
      needed: 'choosing',
    },
    {
      key: 'total',
      label: 'Valeur de tous les lots, HT',
      help: 'Sur toute la durée.',
      kind: 'amount',
      needed: 'choosing',
    },
    {
      key: 'computedOn',
      label: 'Calcul fait le',
      help: 'Jour du calcul que l’on garde au dossier.',
      kind: 'date',
      needed: 'choosing',
    },
    {
      key: 'motive',
      label: 'Motif',
      help: 'Pourquoi l’offre sera pertinente, l’argent bien employé, et le fournisseur pas toujours le même quand plusieurs existent.',
      kind: 'text',
      needed: 'choosing',
    },
  ],
  whyNot: (facts) => {
    if (facts.lots.length < 2) return 'La consultation n’a qu’un lot\u00a0: il n’y a pas de petit lot.';
    const threshold = thresholdOf(facts);
    const { value } = facts.lot;
    return threshold !== undefined && value !== null && value >= threshold
      ? `Ce lot vaut ${frenchEuros(value)}\u00a0: un petit lot reste au-dessous de ${frenchEuros(threshold)} HT.`
      : null;
  },
  checks: (facts, record) => [
    ...snapshotChecks(facts, record),
    ...lotValueChecks(facts, centsIn(record, 'lotValue')),
    ...envelopeChecks(facts, centsIn(record, 'smallTotal'), centsIn(record, 'total')),
  ],
};

/** The computation that is kept is that of the terms of the lots, and was made. */
function snapshotChecks(facts: LeverFacts, record: LeverRecord | null) {
  const ARTICLE = 'CCP R2123-1 2°';
  const [lotValue, small, total] = ['lotValue', 'smallTotal', 'total'].map((key) => centsIn(record, key));
  const computedOn = textIn(record, 'computedOn');
  const checks: Check[] = [];
  if (computedOn !== null && computedOn > facts.today)
    checks.push(
      rule('SMALL_LOTS_DATE', ARTICLE).block(
        'Le calcul porte une date à venir\u00a0: écrire le jour où il a été fait.',
        { 'calcul fait le': frenchDate(computedOn), 'ce jour': frenchDate(facts.today) },
      ),
    );
  const { value } = facts.lot;
  if (value !== null && lotValue != null && lotValue !== value)
    checks.push(
      rule('SMALL_LOTS_TERMS', ARTICLE).block(
        'La valeur écrite ici n’est pas celle des conditions du lot\u00a0: accorder les deux.',
        { 'valeur écrite': frenchEuros(lotValue), 'maximum des conditions': frenchEuros(value) },
      ),
    );
  if (small == null || total == null) return checks;
  const known = (lots: LeverFacts['lots']): Cents => sum(lots.map((lot) => lot.value ?? 0n));
  const [knownSmall, knownTotal] = [known(smallOnes(facts)), known(facts.lots)];
  const figures = {
    'cumul écrit': frenchEuros(small),
    'cumul calculé': frenchEuros(knownSmall),
    'total écrit': frenchEuros(total),
    'total calculé': frenchEuros(knownTotal),
  };
  const snapshot = rule('SMALL_LOTS_SNAPSHOT', ARTICLE);
  if (totalValue(facts.lots) !== null) {
    if (knownSmall !== small || knownTotal !== total)
      checks.push(
        snapshot.block('Le calcul gardé au dossier n’est plus celui des lots\u00a0: le refaire.', figures),
      );
  } else if (small < knownSmall || total < knownTotal || total < small || small < (value ?? lotValue ?? 0n))
    checks.push(
      snapshot.block(
        'Le calcul gardé au dossier est inférieur à ce que les lots disent déjà\u00a0: le refaire.',
        figures,
      ),
    );
  return checks;
}

/** The value of the lot against the thresholds of the day: small or not, and what being small gives. */
function lotValueChecks(facts: LeverFacts, written: Cents | null) {
  const small = rule('SMALL_LOTS_VALUE', 'CCP R2123-1 2°');
  const value = facts.lot.value ?? written;
  const threshold = thresholdOf(facts);
  if (value === null || threshold === undefined)
    return [small.warn('La valeur du lot n’est pas connue\u00a0: l’estimer sur toute la durée.')];
  const figures = { 'valeur du lot': frenchEuros(value), 'seuil du petit lot': frenchEuros(threshold) };
  if (value >= threshold)
    return [
      small.block('Ce lot n’est pas un petit lot\u00a0: retirer cette mesure, ou diviser le lot.', figures),
    ];
  const works = facts.lot.family === 'travaux';
  const dispense = valueOf(facts.law, works ? 'dispense_travaux' : 'dispense_fs');
  if (dispense !== undefined && value < dispense)
    return [
      small.ok('Ce petit lot peut se passer sans publicité ni mise en concurrence préalables.', {
        ...figures,
        'seuil de dispense': frenchEuros(dispense),
      }),
    ];
  const total = totalValue(facts.lots);
  const formal = valueOf(facts.law, works ? 'formalisee_travaux' : 'formalisee_fs');
  if (formal === undefined)
    return [
      small.warn(
        'Le seuil européen de ce jour n’est pas encore publié\u00a0: dire la procédure plus tard.',
        figures,
      ),
    ];
  return total !== null && total < formal
    ? [
        small.warn(
          'La consultation reste sous le seuil européen\u00a0: elle suit déjà une procédure adaptée, ce petit lot n’y change rien.',
          {
            ...figures,
            'valeur de la consultation': frenchEuros(total),
            'seuil européen': frenchEuros(formal),
          },
        ),
      ]
    : [small.ok('Ce petit lot peut suivre une procédure adaptée.', figures)];
}

/** The 20 % envelope: computed from the lots once all have a value, else from what was written. */
function envelopeChecks(facts: LeverFacts, writtenSmall: Cents | null, writtenTotal: Cents | null) {
  const share = rule('SMALL_LOTS_ENVELOPE', 'CCP R2123-1 2°');
  const computed = envelope(facts);
  const small = computed?.small ?? writtenSmall;
  const total = computed?.total ?? writtenTotal;
  const most = valueOf(facts.law, 'petits_lots_part');
  if (small === null || total === null || most === undefined)
    return [
      share.warn('L’enveloppe des petits lots n’est pas calculée\u00a0: dire la valeur de chaque lot.'),
    ];
  const figures = {
    'petits lots': counted(smallOnes(facts).length, 'lot', 'lots'),
    'cumul des petits lots': frenchEuros(small),
    'tous les lots': frenchEuros(total),
    'part permise': frenchRate(most),
  };
  return small * 10_000n > total * most
    ? [
        share.block(
          'Les petits lots dépassent la part permise de tous les lots\u00a0: en retirer, du plus grand au plus petit.',
          figures,
        ),
      ]
    : [share.ok('Les petits lots tiennent dans la part permise.', figures)];
}

/** Novelties that L2172-3 names, and what is not one. */
const ROUTINE = 'déjà vendu couramment';

export const innovation: Lever = {
  code: 'INNOVATION',
  label: 'Achat innovant',
  nature: 'lever',
  articles: ['CCP R2122-9-1', 'CCP L2172-3'],
  plain: 'Acheter sans mise en concurrence une solution nouvelle ou nettement améliorée, sous un plafond.',
  when: 'Si la nouveauté est prouvée, sous 100\u00a0000\u00a0€ HT, ou 80\u00a0000\u00a0€ pour un lot de fournitures ou de services.',
  watches: 'Avertit d’un produit courant, ou d’une valeur inconnue.',
  rules: ['innovation', 'innovation_lot_fs', 'innovation_lot_travaux', 'petits_lots_part'],
  unverified: [
    'Plafond\u00a0: une page annonce 140\u00a0000\u00a0€, les autres 100\u00a0000\u00a0€\u00a0; Halle retient le plus bas.',
  ],
  fields: [
    {
      key: 'novelty',
      label: 'Nouveauté',
      help: 'Ce qui est nouveau.',
      kind: 'choice',
      needed: 'choosing',
      choices: [
        'produit ou service nouveau',
        'sensiblement amélioré',
        'procédé nouveau',
        'organisation nouvelle',
        ROUTINE,
      ],
    },
    {
      key: 'note',
      label: 'Note d’innovation',
      help: 'Ce qui prouve la nouveauté par rapport à ce qui se vend.',
      kind: 'text',
      needed: 'choosing',
    },
  ],
  whyNot: (facts) => {
    const most = valueOf(facts.law, innovationCeiling(facts));
    const { value } = facts.lot;
    return most !== undefined && value !== null && value >= most
      ? `Ce lot vaut ${frenchEuros(value)}\u00a0: un achat innovant sans mise en concurrence reste au-dessous de ${frenchEuros(most)} HT.`
      : null;
  },
  checks: (facts, record) => {
    const novelty = rule('INNOVATION_NOVELTY', 'CCP L2172-3');
    const most = valueOf(facts.law, innovationCeiling(facts));
    return [
      textIn(record, 'novelty') === ROUTINE
        ? novelty.warn(
            'Un produit courant n’est pas innovant\u00a0: cet achat demande une mise en concurrence. Retirer cette mesure.',
          )
        : novelty.ok('La nouveauté est décrite\u00a0; la note d’innovation reste au dossier.'),
      ...(facts.lot.value === null && most !== undefined
        ? [
            rule('INNOVATION_VALUE', 'CCP R2122-9-1').warn(
              'La valeur du lot n’est pas connue\u00a0: vérifier qu’elle reste sous le plafond.',
              { plafond: frenchEuros(most) },
            ),
          ]
        : []),
    ];
  },
};

const innovationCeiling = ({ lot, lots }: Parameters<Lever['checks']>[0]) =>
  lots.length < 2 ? 'innovation' : lot.family === 'travaux' ? 'innovation_lot_travaux' : 'innovation_lot_fs';
