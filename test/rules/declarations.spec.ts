import fc from 'fast-check';
import { campaignState, readDeadline } from '../../src/declarations/campaign.rules.js';
import {
  counts,
  declarationState,
  kindOfTransmission,
  silences,
  type VersionFacts,
  waitingFor,
} from '../../src/declarations/declaration.rules.js';
import { changedLine, lineFaults, lineWords, NOTHING_SAID } from '../../src/declarations/lines.rules.js';

const AT = new Date('2026-12-01T10:00:00Z');
const sent: VersionFacts = {
  kind: 'transmission',
  revision: 3,
  validatedAt: null,
  accepted: null,
  contestedAt: null,
};

describe('the deadline', () => {
  const deadline = new Date('2026-12-15T16:00:00.000Z');
  test.each([
    ['on the very instant it is in time', 0, 'open'],
    ['a thousandth of a second later it is not', 1, 'locked'],
  ] as const)('%s', (_, milliseconds, state) => {
    expect(
      campaignState({ deadline, closedAt: null, now: new Date(deadline.getTime() + milliseconds) }),
    ).toBe(state);
  });

  test('is read as the clocks of Paris show it, in winter and in summer', () => {
    expect(readDeadline('2026-12-15T17:00', AT)).toEqual({ at: deadline });
    expect(readDeadline('2027-07-15T17:00', AT)).toEqual({ at: new Date('2027-07-15T15:00:00Z') });
    expect(readDeadline('2027-10-31T02:30', AT)).toMatchObject({ fault: { code: 'repeatedHour' } });
    expect(readDeadline('2026-12-01T11:00', AT)).toMatchObject({ fault: { code: 'notInTheFuture' } });
  });
});

describe('where a declaration is', () => {
  const facts = { started: true, revision: 3, latest: sent, locked: false, validationRequired: false };
  test.each([
    ['not_started', { started: false, latest: null }],
    ['draft', { latest: null }],
    ['transmitted', {}],
    ['modified', { revision: 4 }],
    ['locked', { locked: true }],
    ['awaiting_validation', { validationRequired: true }],
    ['transmitted', { validationRequired: true, latest: { ...sent, validatedAt: AT } }],
    ['awaiting_decision', { locked: true, latest: { ...sent, kind: 'late' as const } }],
    ['locked', { locked: true, latest: { ...sent, kind: 'rectification' as const, accepted: true } }],
    ['refused', { locked: true, latest: { ...sent, kind: 'late' as const, accepted: false } }],
    ['contested', { latest: { ...sent, contestedAt: AT } }],
    // What a coordinator typed from a paper is not the commune’s to validate a second time.
    ['transmitted', { validationRequired: true, latest: { ...sent, kind: 'consolidation' as const } }],
  ] as const)('%s', (state, changes) => {
    expect(declarationState({ ...facts, ...changes })).toBe(state);
  });

  test('what counts waits for nobody, and what is contested or refused never counts', () => {
    fc.assert(
      fc.property(
        fc.record({
          kind: fc.constantFrom(
            'transmission' as const,
            'late' as const,
            'rectification' as const,
            'consolidation' as const,
          ),
          revision: fc.nat(5),
          validatedAt: fc.constantFrom(null, AT),
          accepted: fc.constantFrom(null, true, false),
          contestedAt: fc.constantFrom(null, AT),
        }),
        fc.boolean(),
        (version, validationRequired) => {
          const counted = counts(version, validationRequired);
          if (version.contestedAt !== null || version.accepted === false) expect(counted).toBe(false);
          else expect(counted).toBe(waitingFor(version, validationRequired) === null);
        },
      ),
    );
  });

  test('after the deadline, it corrects what counts, or comes late', () => {
    expect([
      kindOfTransmission(false, true),
      kindOfTransmission(true, true),
      kindOfTransmission(true, false),
    ]).toEqual(['transmission', 'rectification', 'late']);
  });
});

describe('what is said of a lot', () => {
  const lot = { number: 1, title: 'Sel', noNeed: false, answered: 0, positive: 0 };
  test('silence is not a zero, and a need beside « aucun besoin » is two answers', () => {
    expect(silences([lot])).toHaveLength(1);
    expect(silences([{ ...lot, noNeed: true }])).toEqual([]);
    expect(silences([{ ...lot, answered: 1 }])).toEqual([]);
    expect(silences([{ ...lot, noNeed: true, answered: 1 }])).toEqual([]);
    expect(silences([{ ...lot, noNeed: true, answered: 1, positive: 1 }])).toHaveLength(1);
  });
});

describe('a line', () => {
  test('keeps what is not given, and is read back in one form', () => {
    const line = changedLine({ ...NOTHING_SAID, note: 'fêtes' }, { estimate: '120.500', lastPrice: '6.4' });
    expect(line).toEqual({ ...NOTHING_SAID, note: 'fêtes', estimate: '120.5', lastPrice: '6.40' });
    expect(changedLine(line, { estimate: null, lastPrice: null, note: null })).toEqual(NOTHING_SAID);
    expect(lineWords({ ...line, minimum: '100' })).toBe('120,5 min 100 payé 6,40 €');
  });

  test('every fault is told, with the code of the item', () => {
    const faults = lineFaults(
      { ...NOTHING_SAID, estimate: '10', minimum: '11', maximum: '9', keptOutside: '1' },
      'A-1',
    );
    expect(faults.map(({ field }) => field)).toEqual(['minimum', 'maximum', 'keptOutsideReason']);
    for (const { sentence } of faults) expect(sentence).toMatch(/^A-1\u00a0: .*\.$/);
  });
});
