import {
  quantityWords,
  SIGNAL_KINDS,
  type SignalFigures,
  signalSentence,
  WHOLE_UNITS,
} from '../../src/signals/signals.rules.js';

const NOTHING: SignalFigures = {
  ...{ kind: 'last_year', unit: 'XBG', estimate: '400', lastYear: '40', usual: null, pack: null },
  ...{ doubt: null, amount: null, maximum: null, years: null, lines: null, positive: null },
};

test('quantities are read in their unit, singular below two', () => {
  expect(
    [
      ['400', 'XBG'],
      ['1.5', 'TNE'],
      ['1234.5', 'LTR'],
      ['2', 'sac'],
      ['3', 'botte de foin'],
      ['7', null],
    ].map(([quantity, unit]) => quantityWords(quantity!, unit!)),
  ).toEqual([
    '400\u00a0sacs',
    '1,5\u00a0tonne',
    '1\u202f234,5\u00a0litres',
    '2\u00a0sacs',
    '3\u00a0botte de foin',
    '7',
  ]);
});

test('units that are bought whole, as an item may write them', () => {
  for (const unit of ['C62', 'XBG', 'sac', 'sacs', 'pneu', 'ramette', 'DZN'])
    expect(WHOLE_UNITS).toContain(unit);
  // A measure has parts, and half a hundred is fifty.
  for (const unit of ['TNE', 'litre', 'HUR', 'CEN', 'millier', 'forfait', 'm²'])
    expect(WHOLE_UNITS).not.toContain(unit);
});

test.each([
  [
    'ten times more',
    {},
    '400\u00a0sacs par an, contre 40\u00a0sacs l’an passé\u00a0: 10\u00a0fois plus, ou davantage. Corriger, ou confirmer en disant pourquoi.',
  ],
  [
    'ten times less',
    { estimate: '4' },
    '4\u00a0sacs par an, contre 40\u00a0sacs l’an passé\u00a0: 10\u00a0fois moins, ou davantage. Corriger, ou confirmer en disant pourquoi.',
  ],
  [
    'out of line with the others',
    { kind: 'per_inhabitant', estimate: '211', usual: '70' },
    '211\u00a0sacs par an, plus de 3\u00a0fois ce que donne la médiane par habitant des membres (70\u00a0sacs). Corriger, ou confirmer en disant pourquoi.',
  ],
  [
    'packs for pieces',
    { kind: 'unit', doubt: 'packs', estimate: '3', lastYear: '120', pack: '40' },
    '3\u00a0sacs par an, contre 120\u00a0sacs l’an passé\u00a0: des conditionnements de 40 ont pu être comptés à la place des unités. Corriger, ou confirmer en disant pourquoi.',
  ],
  [
    'pieces for packs, by the median',
    { kind: 'unit', doubt: 'pieces', estimate: '4800', lastYear: null, usual: '118.5', pack: '40' },
    '4\u202f800\u00a0sacs par an, contre 118,5\u00a0sacs d’après la médiane par habitant des membres, 40\u00a0fois moins\u00a0: la quantité a pu être multipliée par le conditionnement. Corriger, ou confirmer en disant pourquoi.',
  ],
  [
    'less than a pack',
    { kind: 'unit', doubt: 'part', estimate: '10', lastYear: null, pack: '40' },
    '10\u00a0sacs par an, moins d’un conditionnement (40)\u00a0: des conditionnements ont pu être comptés à la place des unités. Corriger, ou confirmer en disant pourquoi.',
  ],
  [
    'a part of what is whole',
    { kind: 'whole', estimate: '12.5' },
    '12,5\u00a0sacs par an\u00a0: cette unité s’achète entière, et une partie en est demandée. Corriger, ou confirmer en disant pourquoi.',
  ],
  [
    'above the maximum of the member',
    { kind: 'maximum', unit: null, estimate: null, amount: '1008.60', maximum: '1000.00', years: 4 },
    '1\u202f008,60\u00a0€ HT déclarés sur 4\u00a0ans, au-delà du maximum de ce membre dans le lot (1\u202f000,00\u00a0€ HT)\u00a0: les commandes s’arrêteraient avant la fin. Relever le maximum, revoir les quantités, ou confirmer en disant pourquoi.',
  ],
  [
    'the same round figure',
    { kind: 'round', unit: null, estimate: '100', lines: 6, positive: 9 },
    'Le même chiffre rond, 100, sur 6 des 9\u00a0lignes renseignées\u00a0: reprendre chaque article, ou confirmer en disant pourquoi.',
  ],
] as const)('says %s with its figures, and what to do', (_, figures, sentence) => {
  expect(signalSentence({ ...NOTHING, ...figures })).toBe(sentence);
});

test('every kind has a sentence in French typography', () => {
  for (const kind of SIGNAL_KINDS) {
    const sentence = signalSentence({ ...NOTHING, kind });
    expect(sentence).toMatch(/\.$/);
    expect(sentence).not.toMatch(/'|undefined|null|[^\u00a0\u202f][:;?!»]/);
  }
});
