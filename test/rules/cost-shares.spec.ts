import { costSharesCheck, sharesCheck } from '../../src/allocation/cost-shares.rules.js';
import { type CostLine, shareCosts, type SharingMember } from '../../src/allocation/sharing.rules.js';

/** The shares of the procedure costs, as the control before publication judges them (CCP L2113-7). */
const lot1 = (amount: bigint) => new Map([[1, amount]]);
const members: SharingMember[] = [
  { key: '53054', population: 1000, needs: lot1(100n) },
  { key: '53130', population: 2000, needs: lot1(200n) },
  { key: '53201', population: null, needs: new Map() },
];
const advertising: CostLine = { label: 'Publicité', net: 100_01n, vatRate: 20_00n, lots: [] };
const advice: CostLine = { label: 'Conseil', net: 50_00n, vatRate: 0n, lots: [1] };
const judged = (key: Parameters<typeof costSharesCheck>[0], costs = [advertising, advice], of = members) =>
  costSharesCheck(key, key === 'fixed-variable' ? 3000n : null, costs, of);

test('nothing to share yet: nothing to say', () => {
  expect(judged('equal', [])).toBeNull();
});

test.each(['equal', 'population', 'need', 'fixed-variable'] as const)('%s: to the cent', (key) => {
  expect(judged(key)).toMatchObject({
    ...{ rule: 'COST_SHARES', article: 'CCP L2113-7', verdict: 'ok' },
    figures: {
      ...{ total: '150,01\u00a0€', parts: '150,01\u00a0€', membres: '2' },
      ...{ 'TVA du total': '20,00\u00a0€', 'TVA des parts': '20,00\u00a0€' },
    },
    sentence:
      'Les parts des frais font leur total, au centime près\u00a0: 150,01\u00a0€ HT et 20,00\u00a0€ de TVA.',
  });
});

test('the coordinator bears them: there is no share', () => {
  expect(judged('none')).toMatchObject({
    ...{ verdict: 'ok', figures: { total: '150,01\u00a0€', parts: '0,00\u00a0€' } },
  });
});

test('a cent that is lost, of the price or of its VAT, blocks, and says of which costs', () => {
  const shared = shareCosts('equal', null, [advertising, advice], members);
  expect(sharesCheck(shared).verdict).toBe('ok');
  for (const part of ['net', 'vat'] as const) {
    const [first, ...others] = shared[1]!.shares;
    const wrong = [
      shared[0]!,
      { ...shared[1]!, shares: [{ ...first!, [part]: first![part] - 1n }, ...others] },
    ];
    expect(sharesCheck(wrong)).toMatchObject({
      verdict: 'block',
      sentence: expect.stringContaining(
        '«\u00a0Conseil\u00a0» ne font pas leur total\u00a0: écart de 0,0',
      ) as string,
    });
  }
  // Two mistakes that make up for each other are two.
  const [a, b] = shared;
  const moved = (one: typeof a, by: bigint) => ({
    ...one!,
    shares: one!.shares.map((share, i) => (i === 0 ? { ...share, net: share.net + by } : share)),
  });
  expect(sharesCheck([moved(a, 1n), moved(b, -1n)]).verdict).toBe('block');
});

test('a key without a base blocks, and says what to do', () => {
  const words = (...given: Parameters<typeof judged>) => {
    const { verdict, sentence } = judged(...given)!;
    expect([verdict, sentence]).toEqual([
      'block',
      expect.stringMatching(/ne peuvent être répartis\u00a0: .*\.$/),
    ]);
    return sentence;
  };
  const idle = members.map((member) => ({ ...member, needs: new Map() }));
  expect(words('equal', [advertising], idle)).toContain('aucun membre n’a de besoin valide');
  const of = (change: Partial<SharingMember>) =>
    members.slice(0, 2).map((member) => ({ ...member, ...change }));
  expect(words('population', [advertising], of({ population: null }))).toContain(
    'population municipale manque',
  );
  expect(words('population', [advertising], of({ population: 0 }))).toContain('est nulle');
  expect(words('need', [advertising], of({ needs: lot1(0n) }))).toContain('vaut 0,00\u00a0€');
});
