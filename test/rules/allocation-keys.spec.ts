import { fraction } from '../../src/allocation/fraction.rules.js';
import { keptSentence } from '../../src/allocation/engine.rules.js';
import { KEY_CODES, type KeyChoice, keyName } from '../../src/allocation/keys/registry.rules.js';
import { NO_MODIFIER } from '../../src/allocation/modifiers/modifiers.rules.js';
import { memberTotals, totalsByRate } from '../../src/allocation/result.rules.js';
import { shareCosts } from '../../src/allocation/sharing.rules.js';
import { pooledByRate } from '../../src/allocation/costs.rules.js';
import { allocated, BY_POPULATION, costOf, memberOf, netsOf } from '../support/allocation.js';

/** The keys of law.md §7.3, with its worked figures. */
const POPULATION = { kind: 'municipale', vintage: 2023 } as const;
const three = ['53001', '53002', '53003'].map((key) => memberOf(key, 100));
const four = [50_479, 4_200, 1_800, 900].map((population, i) => memberOf(`5300${i}`, population));
const nets = (...given: Parameters<typeof allocated>) => Object.values(netsOf(allocated(...given)));
/** Keys that need no lot of a cost: what they ask of everyone. */
const fees = (choice: KeyChoice, of = four) => nets(choice, [costOf(100_000n)], of);

describe('keys', () => {
  test('law.md §7.3: 1 000,00 by three, and 1 234,57 by population', () => {
    expect(nets({ key: 'equal' }, [costOf(100_000n)], three)).toEqual([33_334n, 33_333n, 33_333n]);
    expect(nets(BY_POPULATION, [costOf(123_457n)], four)).toEqual([108_611n, 9_037n, 3_873n, 1_936n]);
  });

  test('ties go to the lowest INSEE code, whatever the order given; a SIRET stands where there is none', () => {
    expect(netsOf(allocated({ key: 'equal' }, [costOf(100n)], [...three].reverse()))).toEqual({
      ...{ 53001: 34n, 53002: 33n, 53003: 33n },
    });
    const withSyndicate = [memberOf('53003', 1), memberOf('20008339200015', 0)];
    expect(netsOf(allocated({ key: 'equal' }, [costOf(1n)], withSyndicate))).toEqual({
      ...{ 20008339200015: 1n, 53003: 0n },
    });
  });

  test('none: the coordinator keeps all of it', () => {
    const result = allocated({ key: 'none' }, [costOf(100n)], three);
    expect([result.lines, result.kept]).toEqual([[], 120n]);
    expect(keptSentence(result)).toBe('1,20\u00a0€ TTC restent à la charge du coordonnateur.');
  });

  test('need and realised count the lots of the cost only; points count what they say', () => {
    const members = [
      memberOf('a', 1, {
        lots: new Set([1, 2]),
        declared: new Map([
          [1, 100n],
          [2, 300n],
        ]),
        realised: new Map([[2, 1n]]),
        ...{ sites: 3, meters: 1 },
      }),
      memberOf('b', 1, {
        lots: new Set([2]),
        declared: new Map([[2, 100n]]),
        realised: new Map([[2, 3n]]),
        sites: 1,
        meters: 1,
      }),
    ];
    const cost = [costOf(1_000n, { lots: [2] })];
    expect(nets({ key: 'need' }, cost, members)).toEqual([750n, 250n]);
    expect(nets({ key: 'realised' }, cost, members)).toEqual([250n, 750n]);
    expect(nets({ key: 'points', of: 'sites' }, cost, members)).toEqual([750n, 250n]);
    expect(nets({ key: 'points', of: 'meters' }, cost, members)).toEqual([500n, 500n]);
    expect(nets({ key: 'points', of: 'lots' }, [costOf(900n)], members)).toEqual([600n, 300n]);
  });

  test('fixed and variable: a share of each cost, or an amount over all of them', () => {
    const members = [memberOf('53007', 2_908), memberOf('53130', 49_474)];
    const variable = { key: 'population', ...POPULATION } as const;
    const shared = nets(
      { key: 'fixed-variable', fixed: { share: 3_000n }, variable },
      [costOf(1_000n)],
      members,
    );
    expect(shared).toEqual([150n + 39n, 150n + 661n]);
    const amount = { key: 'fixed-variable', fixed: { amount: 300n }, variable } as const;
    expect(nets(amount, [costOf(400n), costOf(600n)], members)).toEqual([
      60n + 16n + 90n + 23n,
      60n + 264n + 90n + 397n,
    ]);
  });

  test('strata, per inhabitant with floor and cap, per act: what each owes does not follow the costs', () => {
    const strata = [
      [0, 10_000n],
      [1_000, 20_000n],
      [4_200, 30_000n],
    ].map(([from, tariff]) => ({
      ...{ from: Number(from), tariff: BigInt(tariff!) },
    }));
    expect(fees({ key: 'strata', ...POPULATION, strata })).toEqual([30_000n, 30_000n, 20_000n, 10_000n]);
    const perHead = {
      key: 'per-inhabitant',
      ...POPULATION,
      rate: 1_555n,
      floor: 20_000n,
      cap: 100_000n,
    } as const;
    expect(fees(perHead)).toEqual([100_000n, 65_310n, 27_990n, 20_000n]);
    expect(fees({ ...perHead, floor: null })[3]).toBe(13_995n);
    expect(fees({ key: 'per-act', of: 'procedure', amount: 5_000n })).toEqual([
      5_000n,
      5_000n,
      5_000n,
      5_000n,
    ]);
    const joined = [memberOf('a', 1, { lots: new Set([1, 2, 5]) }), memberOf('b', 1)];
    expect(fees({ key: 'per-act', of: 'lot', amount: 500n }, joined)).toEqual([1_500n, 500n]);
  });

  test('energy: € per MWh or a share of the bill, each rounded once', () => {
    const members = [memberOf('a', 1, { consumption: 1_234_567n, energyBill: 1_234_567n })];
    const bounds = { fixed: 5_000n, floor: null, cap: null };
    // 1 234,567 MWh × 0,1234 € = 152,3456 €; 1,5 % of 12 345,67 € = 185,185 €.
    expect(
      fees({ key: 'energy', on: { base: 'consumption', ratePerMwh: 1_234n }, ...bounds }, members),
    ).toEqual([20_235n]);
    expect(fees({ key: 'energy', on: { base: 'bill', share: 150n }, ...bounds }, members)).toEqual([23_519n]);
    const capped = { ...bounds, cap: 10_000n };
    expect(fees({ key: 'energy', on: { base: 'bill', share: 150n }, ...capped }, members)).toEqual([10_000n]);
  });

  test('a tariff leaves the rest to the coordinator, or warns that it asks for more', () => {
    const choice = { key: 'per-act', of: 'procedure', amount: 40_000n } as const;
    expect(allocated(choice, [costOf(100_000n)], three).kept).toBe(0n);
    const more = allocated(choice, [costOf(90_000n)], three);
    expect(keptSentence(more)).toContain('dépassent les frais de 120,00\u00a0€');
  });

  test('mixed: thirds are exact', () => {
    const parts = [
      { alpha: fraction(1n, 3n), choice: { key: 'equal' } as const },
      { alpha: fraction(2n, 3n), choice: { key: 'population', ...POPULATION } as const },
    ];
    const members = [memberOf('a', 1), memberOf('b', 3)];
    expect(nets({ key: 'mixed', parts }, [costOf(600n)], members)).toEqual([100n + 100n, 100n + 300n]);
  });

  test('each has a French name, the four of the first screen first', () => {
    expect(KEY_CODES.slice(0, 4)).toEqual(['none', 'equal', 'population', 'need']);
    expect(new Set(KEY_CODES.map(keyName)).size).toBe(12);
  });
});

describe('VAT', () => {
  const costs = [costOf(33_333n), costOf(10_001n, { vatRate: 550n }), costOf(7n, { lots: [1] })];

  test('is computed per cost, spread by the same weights, and adds up per rate and in TTC', () => {
    const result = allocated(BY_POPULATION, costs, four);
    const rates = totalsByRate(result);
    expect([...rates].map(([rate, { net, vat }]) => [rate, net, vat])).toEqual([
      [550n, 10_001n, 550n],
      [2_000n, 33_340n, 6_667n + 1n],
    ]);
    for (const { net, vat, members } of rates.values()) {
      expect(members.nets.reduce((a, b) => a + b)).toBe(net);
      expect(members.vats.reduce((a, b) => a + b)).toBe(vat);
    }
    const { grosses } = memberTotals(result);
    expect(grosses.reduce((a, b) => a + b)).toBe(result.total.net + result.total.vat);
  });

  test('the VAT that an invoice says is kept as it is', () => {
    const [line] = allocated(BY_POPULATION, [costOf(100n, { vat: 21n })], four).lines;
    expect([line!.vat, line!.vats.reduce((a, b) => a + b)]).toEqual([21n, 21n]);
  });

  test('or is computed per rate, when costs of one rate and circle are made one', () => {
    const pooled = pooledByRate([
      costOf(12n),
      costOf(12n),
      costOf(12n, { lots: [1] }),
      costOf(1n, { vat: 1n }),
    ]);
    expect(pooled.map(({ label, net }) => [label, net])).toEqual([
      ['Publicité, Publicité', 24n],
      ['Publicité', 12n],
      ['Publicité', 1n],
    ]);
    expect(allocated(BY_POPULATION, pooled, four).total).toEqual({ net: 37n, vat: 5n + 2n + 1n });
  });
});

test('what the agreement and the dossier already show is what the engine finds', () => {
  const needs = four.map((_, i) => new Map([[1, BigInt(i) * 7n], ...(i % 2 ? [[2, 5n] as const] : [])]));
  const old = four.map(({ key }, i) => ({
    key,
    population: [50_479, 4_200, 1_800, 900][i]!,
    needs: needs[i]!,
  }));
  const members = four.map((member, i) => ({
    ...member,
    lots: new Set(needs[i]!.keys()),
    declared: needs[i]!,
  }));
  const costs = [costOf(99_999n), costOf(31n, { lots: [2] }), costOf(77_777n, { vatRate: 550n })];
  const keys = {
    ...{ equal: { key: 'equal' }, population: BY_POPULATION, need: { key: 'need' } },
    'fixed-variable': { key: 'fixed-variable', fixed: { share: 3_333n }, variable: BY_POPULATION },
  } as Record<'equal', KeyChoice>;
  for (const [name, choice] of Object.entries(keys)) {
    const before = shareCosts(
      name as 'equal',
      3_333n,
      costs.map((cost) => ({ ...cost, vatRate: cost.vatRate! })),
      old,
    );
    const after = allocated(choice, costs, members, NO_MODIFIER);
    expect(after.lines.map(({ nets, vats }) => [nets, vats])).toEqual(
      before.map(({ shares }) => [shares.map(({ net }) => net), shares.map(({ vat }) => vat)]),
    );
  }
});
