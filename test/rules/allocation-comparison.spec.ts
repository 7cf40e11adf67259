import fc from 'fast-check';
import {
  compareResults,
  figuresOf,
  keyChangeSentence,
  settlementSentence,
} from '../../src/allocation/comparison.rules.js';
import {
  decideClaims,
  type Due,
  type UnderFloor,
} from '../../src/allocation/modifiers/minimum-claim.rules.js';
import {
  allocated,
  anyCosts,
  anyMembers,
  BY_POPULATION,
  costOf,
  KEYS,
  memberOf,
} from '../support/allocation.js';

const base = { kind: 'municipale', vintage: 2023 } as const;
const spaced = (text: string) => text.replaceAll(/[\u00a0\u202f]/g, ' ');
const members = [memberOf('a', 300, { name: 'Changé' }), memberOf('b', 100, { name: 'Laval' })];
const free = { vatRate: 0n };

describe('comparing two results', () => {
  test('per member in €, € per inhabitant and %', () => {
    const equal = allocated({ key: 'equal' }, [costOf(10_000n, free)], members);
    const population = allocated(BY_POPULATION, [costOf(10_000n, free)], members);
    expect(figuresOf(population, base)).toEqual([
      { key: 'a', name: 'Changé', gross: 7_500n, perInhabitant: 2_500n, percent: 7_500n },
      { key: 'b', name: 'Laval', gross: 2_500n, perInhabitant: 2_500n, percent: 2_500n },
    ]);
    const {
      members: [a, b],
      difference,
    } = compareResults(equal, population, base);
    expect(a).toMatchObject({
      before: 5_000n,
      after: 7_500n,
      difference: 2_500n,
      perInhabitant: 833n,
      percent: 5_000n,
    });
    expect(b).toMatchObject({ difference: -2_500n, perInhabitant: -2_500n, percent: -5_000n });
    expect(difference).toBe(0n);
    expect([keyChangeSentence(a!), keyChangeSentence(b!)].map(spaced)).toEqual([
      'Changé : 25,00 € de plus avec cette clé (50 %).',
      'Laval : 25,00 € de moins avec cette clé (−50 %).',
    ]);
  });

  test('provisional to final: to pay, to refund, and those who came late or withdrew', () => {
    const provisional = allocated({ key: 'equal' }, [costOf(10_000n, free)], members);
    const final = allocated(
      { key: 'equal' },
      [costOf(9_000n, free)],
      [members[1]!, memberOf('c', 0, { name: 'Syndicat' })],
    );
    const { members: rows, difference } = compareResults(provisional, final, base);
    expect(difference).toBe(-1_000n);
    expect(rows.map(settlementSentence).map(spaced)).toEqual([
      'Changé : 50,00 € à lui rembourser (−100 %).',
      'Laval : 5,00 € à lui rembourser (−10 %).',
      'Syndicat : 45,00 € à payer en plus.',
    ]);
    expect(rows[2]).toMatchObject({ perInhabitant: null, percent: null });
    expect(spaced(settlementSentence({ ...rows[2]!, difference: 0n }))).toBe(
      'Syndicat : rien à payer ni à rembourser.',
    );
  });

  test('a commune nouvelle takes over what those that it absorbed had paid', () => {
    const before = allocated({ key: 'equal' }, [costOf(300n, free)], [...members, memberOf('c', 1)]);
    const after = allocated(
      { key: 'equal' },
      [costOf(300n, free)],
      [memberOf('b', 400, { name: 'Commune nouvelle' }), memberOf('c', 1)],
    );
    const { members: rows } = compareResults(before, after, base, new Map([['a', 'b']]));
    expect(rows.map(({ name, before: paid, difference }) => [name, paid, difference])).toEqual([
      ['Commune nouvelle', 200n, -50n],
      ['Commune c', 100n, 50n],
    ]);
  });

  test('whatever the keys, differences add up to the difference of the totals', () =>
    fc.assert(
      fc.property(
        anyMembers,
        anyCosts,
        anyCosts,
        fc.constantFrom(...KEYS),
        fc.constantFrom(...KEYS),
        (group, one, other, [, from], [, to]) => {
          const [before, after] = [
            allocated(from, one, group),
            allocated(to, other, group.slice(0, -1).concat({ ...group[0]!, key: 'x' })),
          ];
          const compared = compareResults(before, after, base);
          const gross = ({ total }: typeof before) => total.net + total.vat;
          expect(compared.difference + compared.kept).toBe(gross(after) - gross(before));
          for (const { difference, net, vat } of compared.members) expect(net + vat).toBe(difference);
        },
      ),
      { numRuns: 100 },
    ));
});

describe('the floor of claims', () => {
  const due = (debtorKey: string, amount: bigint, origin = '2027'): Due => ({
    debtorKey,
    debtorName: `Commune ${debtorKey}`,
    origin,
    amount,
  });
  const dues = [
    due('a', 1_499n),
    due('b', 1_500n),
    due('a', 800n, '2028'),
    due('c', 1n),
    due('d', -300n),
    due('e', 0n),
  ];
  const decisions = (under: UnderFloor) =>
    decideClaims(dues, 1_500n, under).map(({ debtorKey, amount, decision }) => [debtorKey, amount, decision]);

  test('claimed all the same, not claimed, or grouped per debtor', () => {
    expect(decisions('claim').map(([, , decision]) => decision)).toEqual([
      'claimed',
      'claimed',
      'claimed',
      'claimed',
      'refunded',
      'nothing_due',
    ]);
    expect(decisions('waive').map(([, , decision]) => decision)).toEqual([
      'waived',
      'claimed',
      'waived',
      'waived',
      'refunded',
      'nothing_due',
    ]);
    expect(decisions('group')).toEqual([
      ['a', 2_299n, 'claimed'],
      ['b', 1_500n, 'claimed'],
      ['c', 1n, 'waiting'],
      ['d', -300n, 'refunded'],
      ['e', 0n, 'nothing_due'],
    ]);
  });

  test('and told', () => {
    const told = (under: UnderFloor) =>
      decideClaims(dues, 1_500n, under).map(({ sentence }) => spaced(sentence));
    expect(told('group').slice(0, 4)).toEqual([
      'Commune a : titre de 22,99 € à émettre (sommes groupées : 2027, 2028).',
      'Commune b : titre de 15,00 € à émettre.',
      'Commune c : 0,01 € en attente d’autres sommes, sous le seuil de 15,00 €.',
      'Commune d : 3,00 € à lui rembourser.',
    ]);
    expect(told('waive')[0]).toBe(
      'Commune a : 14,99 € non réclamés, sous le seuil de 15,00 €, à la charge du coordonnateur.',
    );
  });

  test('the claims add up to the dues', () =>
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.constantFrom('a', 'b', 'c'), fc.bigInt({ min: -5_000n, max: 5_000n }))),
        fc.constantFrom<UnderFloor[]>('claim', 'group', 'waive'),
        (given, under) => {
          const list = given.map(([key, amount]) => due(key, amount));
          const total = (of: readonly { readonly amount: bigint }[]) =>
            of.reduce((sum, { amount }) => sum + amount, 0n);
          expect(total(decideClaims(list, 1_500n, under))).toBe(total(list));
        },
      ),
    ));
});
