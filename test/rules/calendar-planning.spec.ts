import fc from 'fast-check';
import { addDays, daysBetween } from '../../src/calendar/day-arithmetic.js';
import type { Plan } from '../../src/calendar/plan.js';
import { readyOn, type Lasting, type PlanStep } from '../../src/calendar/plan-step.js';
import { planBackwards } from '../../src/calendar/planning.js';
import type { Council, SessionCalendar } from '../../src/calendar/sessions.js';
import { isWorkingDay, nextWorkingDay } from '../../src/calendar/working-days.js';

const step = (
  code: string,
  lasts: Lasting,
  after: readonly string[] = [],
  more: Partial<PlanStep> = {},
): PlanStep => ({
  code,
  label: code.toUpperCase(),
  after,
  lasts,
  basis: { kind: 'usage' },
  margin: 0,
  acts: true,
  ...more,
});
const START = (after: string): PlanStep =>
  step('start', { kind: 'calendar', days: 0 }, [after], { acts: false, label: 'Commencer' });
const latestDays = ({ steps }: Plan) =>
  Object.fromEntries(steps.map(({ step: { code }, latestOn }) => [code, latestOn]));

describe('planning backwards, worked by hand', () => {
  const LAW = { kind: 'law', article: 'CCP R2161-2', verified: true } as const;
  const steps = [
    step('check', { kind: 'working', days: 2 }),
    step('notice', { kind: 'period', days: 35 }, ['check'], { basis: LAW, label: 'Envoyer l’avis' }),
    step('analysis', { kind: 'working', days: 10 }, ['notice'], { label: 'Analyser' }),
    step('rejection', { kind: 'suspension', days: 11 }, ['analysis']),
    step('signature', { kind: 'working', days: 1 }, ['rejection']),
    START('signature'),
  ];
  const plan = planBackwards({ steps, wishedStart: '2027-09-01', today: '2027-05-03' });

  test('each latest date', () => {
    expect(latestDays(plan)).toEqual({
      // Wednesday 1 September; signed on Tuesday 31 August.
      start: '2027-09-01',
      signature: '2027-08-31',
      // Sent on 20 August (Friday), 11th day Monday 30; sent on the 21st or the 22nd nobody works.
      rejection: '2027-08-20',
      // Ten working days before Friday 20 August: from Friday 6.
      analysis: '2027-08-06',
      // 35 days that end on Thursday 5 August at the latest: sent on Thursday 1 July.
      notice: '2027-07-01',
      check: '2027-06-29',
    });
    expect(plan).toMatchObject({ feasible: true, late: [], withoutSession: [], missingDays: 0 });
  });

  test('says why, and how long is left', () => {
    const { sentence, marginDays, latestLastDay } = plan.steps.find(
      ({ step: { code } }) => code === 'notice',
    )!;
    expect(sentence).toBe(
      'Envoyer l’avis\u00a0: au plus tard le jeudi 1er\u00a0juillet\u00a02027. Il faut ensuite un délai minimal de 35\u00a0jours (CCP R2161-2) avant «\u00a0Analyser\u00a0», le vendredi 6\u00a0août\u00a02027. Reste 59\u00a0jours.',
    );
    expect([marginDays, latestLastDay]).toEqual([59, '2027-08-05']);
    expect(plan.sentence).toBe(
      'Un début le mercredi 1er\u00a0septembre\u00a02027 est possible. Premier acte\u00a0: «\u00a0CHECK\u00a0», au plus tard le mardi 29\u00a0juin\u00a02027.',
    );
  });

  test('an act is brought back to a working day, and it is told', () => {
    // A meeting on Monday 10 May 2027, five clear days before: Tuesday 4. On Friday 14: Saturday 8 May, a holiday.
    const meeting = (on: string) =>
      planBackwards({
        steps: [step('call', { kind: 'clear', days: 5 }), START('call')],
        wishedStart: on,
        today: '2027-04-01',
      }).steps[0]!;
    expect(meeting('2027-05-10')).toMatchObject({ latestOn: '2027-05-04' });
    expect(meeting('2027-05-14')).toMatchObject({ latestOn: '2027-05-07' });
    expect(meeting('2027-05-14').sentence).toContain(
      'Avancé du samedi 8\u00a0mai\u00a02027 (Victoire de 1945) au jour ouvré qui précède.',
    );
  });

  test('a margin is kept in hand after a step', () => {
    const kept = planBackwards({
      steps: steps.map((one) => (one.code === 'analysis' ? { ...one, margin: 3 } : one)),
      wishedStart: '2027-09-01',
      today: '2027-05-03',
    });
    expect(latestDays(kept).analysis).toBe('2027-08-03');
    expect(kept.steps[2]!.sentence).toContain(
      'Il faut ensuite 10\u00a0jours ouvrés (usage) et 3\u00a0jours ouvrés de marge avant',
    );
  });

  test('a start on 1 January is not moved', () => {
    const steps_ = [step('notify', { kind: 'calendar', days: 15 }), START('notify')];
    const { steps: planned } = planBackwards({
      steps: steps_,
      wishedStart: '2028-01-01',
      today: '2027-11-02',
    });
    expect(planned.map(({ latestOn }) => latestOn)).toEqual(['2027-12-17', '2028-01-01']);
  });

  test('too late: which step, by how many days, and the earliest start', () => {
    const late = planBackwards({ steps, wishedStart: '2027-09-01', today: '2027-07-05' });
    expect(late.feasible).toBe(false);
    expect(late.late.map(({ step: { code }, marginDays }) => [code, marginDays])).toEqual([
      ['check', -6],
      ['notice', -4],
    ]);
    // Check on Monday 5 July, notice on 7, 35 days to Wednesday 11 August, analysis from 12 to 26, 11 days to 5 September
    // (a Sunday, hence Monday 6), signed on 7, start on 8.
    expect(late.earliestStart).toBe('2027-09-08');
    expect(late.missingDays).toBe(7);
    expect(late.sentence).toBe(
      'Un début le mercredi 1er\u00a0septembre\u00a02027 n’est plus possible. «\u00a0CHECK\u00a0» aurait dû être fait le mardi 29\u00a0juin\u00a02027 au plus tard\u00a0: il manque 6\u00a0jours. Début possible au plus tôt le mercredi 8\u00a0septembre\u00a02027, 7\u00a0jours plus tard.',
    );
    expect(planBackwards({ steps, wishedStart: '2027-09-08', today: '2027-07-05' })).toMatchObject({
      feasible: true,
      late: [],
    });
    expect(planBackwards({ steps, wishedStart: '2027-09-07', today: '2027-07-05' }).feasible).toBe(false);
  });

  test('what is done is no longer late, and the rest is planned from it', () => {
    const sent = steps.map((one) =>
      one.code === 'notice'
        ? { ...one, begunOn: '2027-07-01' }
        : one.code === 'check'
          ? { ...one, doneOn: '2027-06-29' }
          : one,
    );
    const plan_ = planBackwards({ steps: sent, wishedStart: '2027-09-01', today: '2027-07-05' });
    expect(plan_).toMatchObject({ feasible: true, late: [], earliestStart: '2027-09-01' });
    expect(plan_.steps.map(({ state }) => state)).toEqual(['done', 'done', 'open', 'open', 'open', 'open']);
    expect(plan_.steps[1]!.sentence).toBe('Envoyer l’avis\u00a0: fait le jeudi 1er\u00a0juillet\u00a02027.');
    expect(plan_.steps[2]!.earliestOn).toBe('2027-08-06');
  });

  test('steps that are no plan are refused', () => {
    const plan_ =
      (...given: PlanStep[]) =>
      () =>
        planBackwards({ steps: given, wishedStart: '2027-09-01', today: '2027-05-03' });
    const none = { kind: 'working', days: 1 } as const;
    expect(plan_(step('a', none), step('a', none))).toThrow('same code');
    expect(plan_(step('a', none, ['b']))).toThrow('unknown step: b');
    expect(plan_(step('a', none, ['b']), step('b', none, ['a']))).toThrow('wait for each other');
    expect(plan_(step('a', { kind: 'working', days: -1 }))).toThrow(RangeError);
    expect(plan_(step('a', { kind: 'period', days: 1.5 }))).toThrow(RangeError);
    expect(plan_(step('a', { kind: 'months', months: 0 }))).toThrow(RangeError);
    expect(plan_(step('a', none, [], { margin: 0.5 }))).toThrow(RangeError);
  });

  test('steps may be given in any order', () => {
    const request = { wishedStart: '2027-09-01', today: '2027-05-03' };
    expect(latestDays(planBackwards({ ...request, steps: [...steps].reverse() }))).toEqual(latestDays(plan));
  });
});

describe('the councils of the members', () => {
  const dates = (...days: string[]): SessionCalendar => ({ kind: 'dates', dates: days });
  const council = (name: string, sessions: SessionCalendar): Council => ({ id: name, name, sessions });
  const plan = (councils: readonly Council[], today = '2027-01-15', wishedStart = '2027-03-31') =>
    planBackwards({
      steps: [
        step('draft', { kind: 'working', days: 5 }),
        step('resolve', { kind: 'working', days: 3 }, ['draft'], { councils }),
        START('resolve'),
      ],
      today,
      wishedStart,
    });
  const ahuille = council('Ahuillé', { kind: 'monthly', position: 'last', weekday: 4 });
  const bonchamp = council('Bonchamp', dates('2027-02-08', '2027-03-08', '2027-04-12'));
  const change = council('Changé', dates('2027-04-15'));

  test('the latest session of each; what is put to them is ready for the first of these', () => {
    const found = plan([ahuille, bonchamp]);
    const [draft, resolve] = found.steps;
    // Three working days before Wednesday 31 March, Easter Monday left out: Thursday 25 March.
    expect(resolve!.latestOn).toBe('2027-03-25');
    expect(resolve!.councils!.usable.map(({ latest }) => latest)).toEqual(['2027-03-25', '2027-03-08']);
    expect(resolve!.sentence).toContain(
      'L’échéance à tenir est la séance du lundi 8\u00a0mars\u00a02027, dernière séance utile connue (Bonchamp).',
    );
    expect(draft!.latestOn).toBe('2027-03-01');
    expect(found.feasible).toBe(true);
  });

  test('who has no session in time is named, and the earliest start waits for it', () => {
    const found = plan([ahuille, bonchamp, change]);
    expect(found.withoutSession.map(({ name }) => name)).toEqual(['Changé']);
    expect(found.late).toEqual([]);
    expect(found.feasible).toBe(false);
    // Thursday 15 April and three working days.
    expect(found.earliestStart).toBe('2027-04-20');
    expect(found.sentence).toContain('Sans séance connue à temps\u00a0: Changé.');
    expect(found.steps[1]!.sentence).toContain('Aucune séance connue à temps\u00a0: Changé.');
    expect(plan([ahuille, bonchamp, change], '2027-01-15', '2027-04-20').feasible).toBe(true);
  });

  test('no start can be told when a council has no known session at all', () => {
    const found = plan([ahuille, council('Entrammes', dates())]);
    expect(found).toMatchObject({ earliestStart: null, missingDays: null, feasible: false });
    expect(found.sentence).toMatch(
      /^Un début le .* ne peut pas encore être assuré\. Sans séance connue à temps\u00a0: Entrammes\. Aucun début ne peut être calculé tant que des séances manquent\u00a0: donner les dates de ces conseils\.$/,
    );
    expect(found.steps.map(({ earliestOn }) => earliestOn)).toEqual(['2027-01-15', null, null]);
  });
});

describe('planning backwards and forwards agree', () => {
  const lasting = fc.oneof(
    fc.record({
      kind: fc.constantFrom('working', 'calendar', 'period', 'suspension', 'clear'),
      days: fc.integer({ min: 0, max: 40 }),
    }),
    fc.record({ kind: fc.constant('months'), months: fc.integer({ min: 1, max: 3 }) }),
  ) as fc.Arbitrary<Lasting>;
  const today = fc.integer({ min: 0, max: 2_000 }).map((shift) => addDays('2026-01-01', shift));
  const habit = fc.record({
    kind: fc.constant('monthly'),
    position: fc.constantFrom(1, 2, 3, 4, 'last'),
    weekday: fc.integer({ min: 1, max: 5 }),
    except: fc.uniqueArray(fc.integer({ min: 1, max: 12 }), { maxLength: 3 }),
  }) as fc.Arbitrary<SessionCalendar>;
  const typed = (from: string): fc.Arbitrary<SessionCalendar> =>
    fc
      .array(fc.integer({ min: -100, max: 500 }), { maxLength: 8 })
      .map((shifts) => ({ kind: 'dates', dates: shifts.map((shift) => addDays(from, shift)) }));
  const councils = (from: string) =>
    fc.oneof(
      { weight: 3, arbitrary: fc.constant(undefined) },
      fc
        .array(fc.oneof(habit, typed(from)), { maxLength: 3 })
        .map((all) => all.map((sessions, i): Council => ({ id: `${i}`, name: `Commune ${i}`, sessions }))),
    );

  const request = (facts: boolean) =>
    today.chain((on) =>
      fc
        .array(
          fc.record({
            lasts: lasting,
            margin: fc.integer({ min: 0, max: 5 }),
            acts: fc.boolean(),
            waits: fc.array(fc.nat({ max: 7 }), { maxLength: 3 }),
            councils: councils(on),
            begun: facts
              ? fc.option(fc.integer({ min: -90, max: 0 }), { nil: undefined })
              : fc.constant(undefined),
          }),
          { minLength: 1, maxLength: 8 },
        )
        .map((all) => ({
          today: on,
          steps: all.map(({ waits, councils: named, begun, ...given }, i) =>
            step(
              `s${i}`,
              given.lasts,
              [...new Set(waits.filter((other) => other < i))].map((other) => `s${other}`),
              {
                ...given,
                ...(named && { councils: named }),
                ...(begun !== undefined && { begunOn: addDays(on, begun) }),
              },
            ),
          ),
        })),
    );
  const nothingWrong = ({ late, withoutSession }: Plan) => late.length === 0 && withoutSession.length === 0;

  test('planned for the earliest start, nothing is late; a day before, something is', () => {
    fc.assert(
      fc.property(request(false), (given) => {
        const { earliestStart } = planBackwards({ ...given, wishedStart: given.today });
        if (earliestStart === null) return;
        const reached = planBackwards({ ...given, wishedStart: earliestStart });
        expect([reached.feasible, nothingWrong(reached), reached.missingDays]).toEqual([true, true, 0]);
        const eve = planBackwards({ ...given, wishedStart: addDays(earliestStart, -1) });
        expect([eve.feasible, nothingWrong(eve), eve.missingDays]).toEqual([false, false, 1]);
      }),
      { numRuns: 100 },
    );
  });

  test('a wish can be met exactly when no step is late and no council without session', () => {
    fc.assert(
      fc.property(request(false), fc.integer({ min: -10, max: 500 }), (given, ahead) => {
        const plan = planBackwards({ ...given, wishedStart: addDays(given.today, ahead) });
        expect(plan.feasible).toBe(nothingWrong(plan));
      }),
      { numRuns: 100 },
    );
  });

  test('whatever was begun, planned for the earliest start nothing that remains is late', () => {
    fc.assert(
      fc.property(request(true), (given) => {
        const { earliestStart } = planBackwards({ ...given, wishedStart: given.today });
        if (earliestStart === null) return;
        const plan = planBackwards({ ...given, wishedStart: earliestStart });
        expect([plan.feasible, nothingWrong(plan)]).toEqual([true, true]);
      }),
      { numRuns: 100 },
    );
  });

  test('the latest dates can be kept one after the other, and none can be put off', () => {
    fc.assert(
      fc.property(request(false), (given) => {
        const wishedStart = addDays(given.today, 400);
        const { steps } = planBackwards({ ...given, wishedStart });
        for (const { step: one, latestOn, councils: mine } of steps) {
          const due = steps
            .filter((other) => other.step.after.includes(one.code))
            .map((other) => other.councils?.readyBy ?? other.latestOn)
            .reduce((least, on) => (on < least ? on : least), wishedStart);
          expect(readyOn(one, latestOn) <= due).toBe(true);
          const acts = one.acts && mine === null;
          expect(!acts || isWorkingDay(latestOn)).toBe(true);
          const later = acts ? nextWorkingDay(addDays(latestOn, 1)) : addDays(latestOn, 1);
          expect(readyOn(one, later) > due).toBe(true);
        }
      }),
      { numRuns: 100 },
    );
  });

  test('an act that comes later is never ready earlier', () => {
    fc.assert(
      fc.property(lasting, fc.integer({ min: 0, max: 5 }), today, (lasts, margin, on) => {
        expect(readyOn({ lasts, margin }, addDays(on, 1)) >= readyOn({ lasts, margin }, on)).toBe(true);
        expect(daysBetween(on, readyOn({ lasts, margin }, on))).toBeGreaterThanOrEqual(margin);
      }),
    );
  });
});
