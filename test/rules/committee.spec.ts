import fc from 'fast-check';
import { type CommitteeBuyer, type CommitteeFacts, committeeOf } from '../../src/conduct/committee.rules.js';
import { lawOn } from '../../src/law/law-on.js';
import { ordinaryCommittee } from '../../src/conduct/ordinary-committee.rules.js';

const LAW = lawOn('2026-11-25', []);
const buyer = (name: string, kind: string, municipal: number | null = null): CommitteeBuyer => ({
  ...{ buyerId: name, name, kind, municipalPopulation: municipal, totalPopulation: null },
});
const AGGLO = buyer('Laval Agglomération', 'epci');
const LAVAL = buyer('Laval', 'commune', 49_573);
const ARGENTRE = buyer('Argentré', 'commune', 2_838);
const CCAS = buyer('CCAS de Laval', 'ccas');
const FOUNDATION = buyer('Fondation Perrine Thulard', 'private');
const facts = (more: Partial<CommitteeFacts>): CommitteeFacts => ({
  ...{ kind: 'elected', castingVote: false, coordinator: AGGLO, members: [LAVAL, ARGENTRE], law: LAW },
  ...more,
});
const check = (more: Partial<CommitteeFacts>, rule: string) =>
  committeeOf(facts(more)).checks.find((one) => one.rule === rule)!;

describe('the committee of one buyer (CGCT L1411-5)', () => {
  test.each([
    [3_500, null, 6, true, /3\u202f500 habitants, au moins 3\u202f500\.$/],
    [null, 3_500, 6, true, /au moins 3\u202f500/],
    [3_499, 3_600, 6, true, /3\u202f600 habitants, au moins/],
    [3_400, 3_499, 4, false, /3\u202f499 habitants, moins de 3\u202f500 \(composition non vérifiée\)/],
    [3_499, null, 4, false, /C’est la population totale qui compte, et elle n’est pas connue/],
    [null, null, null, false, /sa population n’est pas connue ici\u00a0: l’indiquer/],
  ] as const)(
    'a commune of municipal %s and total %s inhabitants: %s voting members',
    (municipalPopulation, totalPopulation, voting, verified, sentence) => {
      const found = ordinaryCommittee(
        { name: 'X', kind: 'commune', municipalPopulation, totalPopulation },
        LAW,
      );
      expect(found).toMatchObject({ exists: 'yes', voting, verified });
      expect(found.sentence).toMatch(sentence);
    },
  );

  test('an EPCI: the president and 5, said to be unverified; others are not guessed at', () => {
    expect(ordinaryCommittee(AGGLO, LAW)).toMatchObject({ exists: 'yes', voting: 6, verified: false });
    expect(ordinaryCommittee(AGGLO, LAW).sentence).toContain('non vérifiée');
    expect(ordinaryCommittee(CCAS, LAW)).toMatchObject({ exists: 'unknown', voting: null });
    expect(ordinaryCommittee(FOUNDATION, LAW)).toMatchObject({ exists: 'no', voting: null });
  });

  test('never counts fewer members for more inhabitants', () => {
    const people = fc.nat({ max: 20_000 });
    fc.assert(
      fc.property(people, people, (some, more) => {
        const of = (total: number) =>
          ordinaryCommittee(
            { name: 'X', kind: 'commune', municipalPopulation: null, totalPopulation: total },
            LAW,
          ).voting!;
        expect(of(some + more)).toBeGreaterThanOrEqual(of(some));
      }),
    );
  });
});

describe('the committee of a group (CGCT L1414-3)', () => {
  test('its own: one seat for each member, the coordinator’s representative in the chair', () => {
    const { seats, voting, quorum } = committeeOf(facts({ members: [AGGLO, LAVAL, ARGENTRE, FOUNDATION] }));
    expect([seats.length, voting, quorum]).toEqual([4, 4, 3]);
    expect(seats.map(({ name, chairs }) => [name, chairs])).toEqual([
      ['Laval Agglomération', true],
      ['Laval', false],
      ['Argentré', false],
      ['Fondation Perrine Thulard', false],
    ]);
    expect(seats[0]!.sentence).toMatch(/il représente le coordonnateur, et préside\.$/);
    expect(seats[1]!.sentence).toBe(
      'Laval\u00a0: un représentant élu parmi les membres à voix délibérative de sa commission d’appel d’offres (le maire et 5 membres élus).',
    );
    // Rests on a composition that no text read establishes.
    expect(seats[2]!.sentence).toContain('(le maire et 3 membres élus, à vérifier)');
    expect(seats[3]!.sentence).toContain('car il n’a pas de commission d’appel d’offres');
  });

  test('the coordinator’s: its ordinary composition', () => {
    const { seats, voting, quorum } = committeeOf(facts({ kind: 'coordinator', coordinator: LAVAL }));
    expect([seats.length, voting, quorum]).toEqual([1, 6, 4]);
    expect(check({ kind: 'coordinator', coordinator: LAVAL }, 'COMMITTEE_COMPOSITION')).toMatchObject({
      verdict: 'ok',
      article: 'CGCT L1411-5',
      figures: { 'population municipale': '49\u202f573', seuil: '3\u202f500' },
    });
    expect(check({ kind: 'coordinator' }, 'COMMITTEE_COMPOSITION').verdict).toBe('warn');
    expect(check({ kind: 'coordinator', coordinator: FOUNDATION }, 'COMMITTEE_COMPOSITION').sentence).toMatch(
      /n’a pas de commission d’appel d’offres\. Retenir une commission propre/,
    );
  });

  test('an unknown population makes an unknown quorum, and says so', () => {
    const unknown = buyer('Nuillé', 'commune');
    expect(committeeOf(facts({ kind: 'coordinator', coordinator: unknown }))).toMatchObject({
      voting: null,
      quorum: null,
    });
    expect(check({ kind: 'coordinator', coordinator: unknown }, 'COMMITTEE_QUORUM').sentence).toContain(
      'dont le nombre n’est pas établi',
    );
  });

  test('the majority: sure, to be verified, or not there', () => {
    expect(check({}, 'COMMITTEE_MAJORITY')).toMatchObject({ verdict: 'ok', figures: { membres: '3' } });
    expect(check({ members: [CCAS] }, 'COMMITTEE_MAJORITY')).toMatchObject({
      verdict: 'warn',
      figures: { 'dont la qualité est à vérifier': '1' },
    });
    // Half is no majority.
    expect(check({ members: [FOUNDATION] }, 'COMMITTEE_MAJORITY').sentence).toMatch(
      /ne sont pas majoritaires \(1 sur 2\)/,
    );
  });

  test('the casting vote is a setting', () => {
    expect(check({ castingVote: true }, 'COMMITTEE_CASTING_VOTE').sentence).toContain('est prépondérante');
    expect(check({ castingVote: false }, 'COMMITTEE_CASTING_VOTE').sentence).toContain(
      'n’est pas prépondérante',
    );
  });

  test('the quorum is the least number above half, whatever the members', () => {
    const kinds = fc.constantFrom(
      'commune',
      'epci',
      'syndicat',
      'ccas',
      'eple',
      'private',
      'other',
      'unheard',
    );
    fc.assert(
      fc.property(fc.array(kinds, { maxLength: 60 }), (given) => {
        const members = given.map((kind, i) => buyer(`m${i}`, kind));
        const { voting, quorum, seats } = committeeOf(facts({ members }));
        expect(voting).toBe(members.length + 1);
        expect(quorum! * 2 > voting! && (quorum! - 1) * 2 <= voting!).toBe(true);
        expect(seats.filter(({ chairs }) => chairs)).toHaveLength(1);
      }),
    );
  });
});

test('the committee awards formal procedures only (CGCT L1414-2)', () => {
  expect(check({}, 'COMMITTEE_SCOPE')).toMatchObject({ article: 'CGCT L1414-2', verdict: 'ok' });
  expect(check({}, 'COMMITTEE_SCOPE').sentence).toMatch(
    /^La commission attribue les marchés passés selon une procédure formalisée/,
  );
});
