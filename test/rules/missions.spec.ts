import fc from 'fast-check';
import { type EpciFacts, epciFreeOfCharge } from '../../src/conduct/epci-free-of-charge.rules.js';
import {
  defaultMissions,
  frenchList,
  type HeldMission,
  missionChecks,
  MISSIONS,
  paidBy,
  saysWhoAwards,
  settledMissions,
  solidarityPerimeter,
  strangersIn,
} from '../../src/conduct/missions.rules.js';

const AGGLO = { buyerId: 'agglo', name: 'Laval Agglomération' };
const LAVAL = { buyerId: 'laval', name: 'Laval' };
const CHANGE = { buyerId: 'change', name: 'Changé' };
const held = (mission: HeldMission['mission'], ...holders: HeldMission['holders']): HeldMission => ({
  mission,
  holders,
});
const party = fc.constantFrom(AGGLO, LAVAL, CHANGE);
const missions = fc.array(
  fc.record({ mission: fc.constantFrom(...MISSIONS), holders: fc.array(party, { maxLength: 4 }) }),
);

describe('missions (CCP L2113-7)', () => {
  test('by default the coordinator conducts the award procedure, and each member does the rest alone', () => {
    const { joint, alone } = solidarityPerimeter(defaultMissions(AGGLO));
    expect(joint.map(({ mission }) => mission)).toEqual(['passation']);
    expect(alone.map(({ mission }) => mission)).toEqual([
      'signature',
      'notification',
      'execution',
      'paiement',
    ]);
    expect(joint[0]).toMatchObject({
      article: 'CCP L2113-7',
      sentence:
        'Laval Agglomération assure la passation (publicité, échanges avec les candidats, réception et analyse des offres, attribution) au nom et pour le compte de tous les membres\u00a0: ils en sont solidairement responsables.',
    });
    expect(alone[2]!.sentence).toBe(
      'Chaque membre assure lui-même l’exécution pour ce qui le concerne (bons de commande, réception, pénalités, modifications)\u00a0: il en répond seul.',
    );
  });

  test('several coordinators share a mission, and are told to say who does what', () => {
    const shared = [held('passation', AGGLO, LAVAL), held('notification', LAVAL)];
    const [first] = solidarityPerimeter(shared).joint;
    expect(first!.sentence).toMatch(/^Laval Agglomération et Laval assurent la passation /);
    expect(missionChecks(shared, AGGLO, new Set(['agglo', 'laval']))).toMatchObject([
      {
        rule: 'MISSION_SEVERAL_HOLDERS',
        verdict: 'warn',
        figures: { mission: 'passation', titulaires: 'Laval Agglomération et Laval' },
      },
    ]);
  });

  test('one that left the group blocks; paying for others, or a coordinator that conducts nothing, warns', () => {
    const chosen = [held('passation', LAVAL), held('paiement', CHANGE)];
    const checks = missionChecks(chosen, AGGLO, new Set(['agglo', 'laval']));
    expect(checks.map(({ rule, verdict }) => [rule, verdict])).toEqual([
      ['COORDINATOR_CONDUCTS_PROCEDURE', 'warn'],
      ['MISSION_HOLDER_IS_MEMBER', 'block'],
      ['PAYMENT_FOR_OTHERS', 'warn'],
    ]);
    expect(checks[1]!.sentence).toBe(
      'Changé n’est plus membre du groupement\u00a0: confier le paiement à un autre membre, par un avenant à la convention.',
    );
    expect(missionChecks(defaultMissions(AGGLO), AGGLO, new Set(['agglo']))).toEqual([]);
  });

  test('strangers are found where they stand', () => {
    const asked = [{ buyerIds: ['agglo'] }, { buyerIds: ['laval', 'nobody', 'other'] }];
    expect(strangersIn(asked, new Set(['agglo', 'laval']))).toEqual([
      [1, 1],
      [1, 2],
    ]);
  });

  test('are written in French', () => {
    expect([frenchList([]), frenchList(['A']), frenchList(['A', 'B']), frenchList(['A', 'B', 'C'])]).toEqual([
      '',
      'A',
      'A et B',
      'A, B et C',
    ]);
  });

  test('a choice says who conducts the award procedure, or is none', () => {
    expect(saysWhoAwards([])).toBe(false);
    expect(saysWhoAwards([{ mission: 'paiement', buyerIds: ['agglo'] }])).toBe(false);
    expect(saysWhoAwards([{ mission: 'passation', buyerIds: [] }])).toBe(false);
    expect(saysWhoAwards([{ mission: 'passation', buyerIds: ['laval', 'agglo'] }])).toBe(true);
  });

  test('any operation is either joint or alone, as it was entrusted', () => {
    fc.assert(
      fc.property(missions, (asked) => {
        const settled = settledMissions(asked);
        const { joint, alone } = solidarityPerimeter(settled);
        expect([...joint, ...alone].map(({ mission }) => mission).sort()).toEqual([...MISSIONS].sort());
        for (const { holders } of joint)
          expect(new Set(holders.map(({ buyerId }) => buyerId)).size).toBe(holders.length);
        // Settled again, nothing changes: what is stored is what is read.
        expect(settledMissions(settled)).toEqual(settled);
        // Liability follows what is entrusted, and nothing else.
        for (const mission of MISSIONS)
          expect(joint.some((operation) => operation.mission === mission)).toBe(
            asked.some((one) => one.mission === mission && one.holders.length > 0),
          );
      }),
    );
  });
});

test('each member pays, unless the payment is entrusted to the coordinator or to another member', () => {
  const paying = (...payers: HeldMission['holders']) =>
    paidBy([held('passation', LAVAL), held('paiement', ...payers)], AGGLO.buyerId);
  expect(paidBy(defaultMissions(AGGLO), AGGLO.buyerId)).toBe('each_member');
  expect([paying(), paying(AGGLO), paying(LAVAL), paying(AGGLO, LAVAL)]).toEqual([
    ...['each_member', 'coordinator', 'other_member', 'other_member'],
  ]);
});

describe('an EPCI that buys for its communes (CGCT L5211-4-4)', () => {
  const facts: EpciFacts = {
    name: 'Laval Agglomération',
    isEpci: true,
    declaredNeed: 0n,
    statutesProvide: true,
    agentTimeShared: 0n,
    disbursementsShared: 0n,
    membersOutside: [],
  };
  const verdicts = (more: Partial<EpciFacts>) =>
    epciFreeOfCharge({ ...facts, ...more }).map(({ verdict }) => verdict);

  test('without a need: free of charge, and by its statutes', () => {
    expect(verdicts({})).toEqual(['ok']);
    expect(verdicts({ statutesProvide: false })).toEqual(['block']);
    expect(verdicts({ statutesProvide: null })).toEqual(['warn']);
    // What nobody told is not said to be free of charge.
    expect(verdicts({ agentTimeShared: null, disbursementsShared: null })).toEqual(['warn']);
    expect(verdicts({ agentTimeShared: null })).toEqual(['warn']);
    expect(verdicts({ disbursementsShared: null })).toEqual(['warn']);
    expect(verdicts({ agentTimeShared: 1n, disbursementsShared: null })).toEqual(['block', 'warn']);
    expect(verdicts({ agentTimeShared: 1n })).toEqual(['block']);
    expect(verdicts({ disbursementsShared: 350_00n })).toEqual(['warn']);
    expect(verdicts({ membersOutside: ['CCAS de Laval'] })).toEqual(['warn']);
  });

  test('tells at once all that stands in the way, with its figures', () => {
    const checks = epciFreeOfCharge({
      ...facts,
      statutesProvide: false,
      agentTimeShared: 4_200_00n,
      disbursementsShared: 350_00n,
      membersOutside: ['CCAS de Laval', 'SDIS'],
    });
    expect(checks.map(({ verdict }) => verdict)).toEqual(['block', 'block', 'warn', 'warn']);
    expect(checks[1]!.sentence).toContain('ne répartit pas 4\u202f200,00\u00a0€ de temps d’agents');
    expect(checks[0]!.figures).toMatchObject({ 'clause statutaire': 'non', 'besoin propre': '0,00\u00a0€' });
    expect(checks[3]!.sentence).toMatch(/^CCAS de Laval et SDIS\u00a0: /);
  });

  test('with a need of its own, or for anyone else, an ordinary group: nothing is asked', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 1n, max: 10n ** 9n }), fc.boolean(), (need, clause) => {
        const costly = { statutesProvide: clause, agentTimeShared: need, disbursementsShared: need };
        expect(verdicts({ ...costly, declaredNeed: need })).toEqual(['ok']);
        expect(verdicts({ ...costly, isEpci: false })).toEqual(['ok']);
      }),
    );
  });
});
