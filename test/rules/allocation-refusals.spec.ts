import { allocate } from '../../src/allocation/engine.rules.js';
import { fraction } from '../../src/allocation/fraction.rules.js';
import type { KeyChoice } from '../../src/allocation/keys/registry.rules.js';
import { refusalSentence } from '../../src/allocation/refusals.rules.js';
import { BY_POPULATION, costOf, memberOf } from '../support/allocation.js';

const members = [memberOf('53054', 10, { name: 'Changé' }), memberOf('53130', 20, { name: 'Laval' })];
const refusals = (choice: KeyChoice, costs = [costOf(100n)], of = members) => {
  const found = allocate(choice, costs, of);
  return found.ok ? [] : found.refusals;
};
const codes = (...given: Parameters<typeof refusals>) => refusals(...given).map(({ code }) => code);

describe('refusals', () => {
  test('a population of another kind or vintage does not stand in for the one agreed', () => {
    const [first, ...others] = refusals({ key: 'population', kind: 'totale', vintage: 2022 }, undefined, [
      members[0]!,
      { ...members[1]!, populations: [{ kind: 'totale', vintage: 2022, value: 5 }] },
    ]);
    expect(others).toEqual([]);
    expect(first).toMatchObject({ code: 'base_missing', memberKeys: ['53054'], cost: null });
    expect(refusalSentence(first!)).toBe(
      'Changé\u00a0: sa population totale du millésime\u00a02022 manque. ' +
        'La renseigner, ou choisir un autre millésime ou une autre clé.',
    );
  });

  test.each<[string, KeyChoice]>([
    [
      'sa consommation',
      { key: 'energy', on: { base: 'consumption', ratePerMwh: 1n }, fixed: null, floor: null, cap: null },
    ],
    ['sa facture', { key: 'energy', on: { base: 'bill', share: 1n }, fixed: null, floor: null, cap: null }],
    ['ses compteurs', { key: 'points', of: 'meters' }],
    ['ses sites', { key: 'points', of: 'sites' }],
    ['ses commandes', { key: 'realised' }],
    ['strate', { key: 'strata', kind: 'municipale', vintage: 2023, strata: [{ from: 50, tariff: 1n }] }],
  ])('a base that lacks names each member once, for all costs: %s', (words, choice) => {
    const found = refusals(choice, [costOf(100n), costOf(50n, { lots: [1] })]);
    expect(found.map(({ code, subject }) => [code, subject])).toEqual([
      ['base_missing', 'Changé'],
      ['base_missing', 'Laval'],
    ]);
    expect(found[0]!.problem).toContain(words);
  });

  test('a declared need that was not collected is not zero', () => {
    expect(codes({ key: 'need' }, undefined, [{ ...members[0]!, declared: null }])).toEqual(['base_missing']);
    const [zero] = refusals({ key: 'need' });
    expect([zero!.code, zero!.memberKeys]).toEqual(['no_base', ['53054', '53130']]);
    expect(refusalSentence(zero!)).toBe(
      'Frais «\u00a0Publicité\u00a0»\u00a0: la clé «\u00a0besoin déclaré\u00a0» est nulle pour tous les membres concernés. ' +
        'Entrer la base d’un membre au moins, ou choisir une autre clé.',
    );
  });

  test('every problem comes at once', () => {
    const mixed: KeyChoice = {
      key: 'mixed',
      parts: [
        { alpha: fraction(1n, 3n), choice: { key: 'equal' } },
        { alpha: fraction(1n, 3n), choice: { key: 'realised' } },
      ],
    };
    const costs = [costOf(1n, { vatRate: null }), costOf(1n, { lots: [9], label: 'Conseil' })];
    const found = refusals(mixed, costs);
    expect(found.map(({ code, cost }) => [code, cost])).toEqual([
      ['alphas_not_one', null],
      ['vat_rate_missing', 0],
      ['base_missing', null],
      ['base_missing', null],
      ['nobody_concerned', 1],
    ]);
    expect(found.map(refusalSentence)).toEqual([
      'Les coefficients de la clé mixte font 66,6666…\u00a0%. Les corriger pour qu’ils fassent exactement 100\u00a0%.',
      'Frais «\u00a0Publicité\u00a0»\u00a0: leur taux de TVA manque. Entrer le taux de la facture (0 s’il n’y en a pas).',
      expect.stringContaining('Changé'),
      expect.stringContaining('Laval'),
      'Frais «\u00a0Conseil\u00a0»\u00a0: aucun membre ne partage le lot 9. Corriger leurs lots, ou les membres exemptés.',
    ]);
  });

  test.each<[string, KeyChoice]>([
    ['alphas_not_one', { key: 'mixed', parts: [] }],
    ['alpha_not_positive', { key: 'mixed', parts: [{ alpha: fraction(1n, 0n), choice: { key: 'equal' } }] }],
    [
      'fixed_share_out_of_range',
      { key: 'fixed-variable', fixed: { share: 10_001n }, variable: { key: 'equal' } },
    ],
    ['fixed_above_total', { key: 'fixed-variable', fixed: { amount: 101n }, variable: { key: 'equal' } }],
    ['negative_parameter', { key: 'fixed-variable', fixed: { amount: -1n }, variable: { key: 'equal' } }],
    ['negative_parameter', { key: 'per-act', of: 'lot', amount: -1n }],
    [
      'floor_above_cap',
      { key: 'per-inhabitant', kind: 'municipale', vintage: 2023, rate: 1n, floor: 2n, cap: 1n },
    ],
    [
      'strata_disordered',
      {
        key: 'strata',
        kind: 'municipale',
        vintage: 2023,
        strata: [0, 0].map((from) => ({ from, tariff: 1n })),
      },
    ],
  ])('a parameter that cannot be: %s', (code, choice) => {
    expect(codes(choice)).toEqual([code]);
  });

  test('two members of one key, and a group without members', () => {
    expect(codes(BY_POPULATION, undefined, [members[0]!, members[0]!])).toEqual(['member_twice']);
    expect(codes({ key: 'equal' }, undefined, [])).toEqual(['nobody_concerned']);
  });
});
