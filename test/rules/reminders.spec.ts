import {
  awaitedSentence,
  reminderSubject,
  type Stage,
  stagesAhead,
  stagesDue,
  timeLeft,
  waitsFor,
} from '../../src/reminders/reminder.rules.js';

const [OPENED, DEADLINE] = ['2026-11-20', '2026-12-15'];
const due = (day: string, made: readonly Stage[] = [], opened = OPENED) =>
  stagesDue(opened, DEADLINE, day, made);

describe('the days on which a census reminds', () => {
  test.each([
    ['2026-11-29', null],
    ['2026-11-30', 15],
    ['2026-12-08', 7],
    ['2026-12-13', 2],
    ['2026-12-15', 0],
    ['2026-12-16', -1],
  ])('%s: %s', (day, stage) => {
    expect(due(day).due).toBe(stage);
  });

  test('a day without worker is made up for, once, and what it replaces is not sent besides', () => {
    expect(due('2026-12-10', [15])).toEqual({ due: 7, passed: [7] });
    expect(due('2026-12-14', [15])).toEqual({ due: 2, passed: [7, 2] });
    expect(due('2026-12-10', [15, 7])).toEqual({ due: null, passed: [] });
  });

  test('a census opened late reminds from the next stage on: its opening was told', () => {
    expect(due('2026-12-08', [], '2026-12-08').due).toBeNull();
    expect(due('2026-12-12', [], '2026-12-08').due).toBeNull();
    expect(due('2026-12-13', [], '2026-12-08')).toEqual({ due: 2, passed: [2] });
    expect(stagesAhead('2026-12-08', DEADLINE, '2026-12-09')).toEqual([
      '2026-12-13',
      '2026-12-15',
      '2026-12-16',
    ]);
  });
});

test('a state waits for those who type, for those who validate, or for nobody', () => {
  expect(waitsFor('draft', true)).toBe('typists');
  expect(waitsFor('contested', false)).toBe('typists');
  expect([waitsFor('modified', false), waitsFor('modified', true)]).toEqual(['typists', null]);
  expect(waitsFor('awaiting_validation', false)).toBe('validators');
  for (const state of ['transmitted', 'locked', 'awaiting_decision', 'refused'] as const)
    expect(waitsFor(state, false)).toBeNull();
});

test('sentences say what is lacking and what time is left, in Paris', () => {
  const deadline = new Date('2026-12-15T16:00:00Z');
  const moment = 'mardi 15\u00a0décembre\u00a02026 à 17\u00a0h\u00a000 (heure de Paris)';
  expect(timeLeft(deadline, '2026-12-08')).toBe(`Il reste 7\u00a0jours, jusqu’au ${moment}.`);
  expect(timeLeft(deadline, '2026-12-14')).toBe(`Il reste jusqu’à demain, ${moment}.`);
  expect(timeLeft(deadline, '2026-12-15')).toBe(`C’est aujourd’hui\u00a0: ${moment}.`);
  expect(timeLeft(deadline, '2026-12-16')).toContain('une déclaration tardive dit pourquoi');
  expect(reminderSubject([deadline, new Date('2026-12-10T16:00:00Z')], '2026-12-08')).toBe(
    'Besoins à transmettre\u00a0: il reste 2\u00a0jours',
  );
  const one = { buyerId: '', buyerName: 'Argentré', lots: 3, lotsAnswered: 2 };
  expect(awaitedSentence({ ...one, state: 'not_started' })).toBe(
    'Argentré\u00a0: rien n’est commencé (3\u00a0lots).',
  );
  expect(awaitedSentence({ ...one, state: 'draft' })).toBe(
    'Argentré\u00a0: brouillon, 2 sur 3\u00a0lots avec une réponse, rien n’est transmis.',
  );
});
