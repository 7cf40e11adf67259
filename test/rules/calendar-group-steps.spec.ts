import ICAL from 'ical.js';
import { groupSteps, USUAL_LENGTHS, type ProcedureLengths } from '../../src/calendar/group-steps.js';
import { icsFile } from '../../src/calendar/ics.js';
import { planEvents } from '../../src/calendar/plan-events.js';
import { planBackwards } from '../../src/calendar/planning.js';

const law = (days: number, article: string, verified = true) => ({ days, article, verified });
/** An open call for tenders by electronic means (CCP R2161-3), the committee convened by habit of the former code. */
const OPEN: ProcedureLengths = {
  notice: law(30, 'CCP R2161-3'),
  invitation: null,
  convocation: law(5, 'ancien CMP art. 25', false),
  standstill: law(11, 'CCP R2182-1'),
  toPrefecture: true,
};
const ADAPTED: ProcedureLengths = {
  notice: null,
  invitation: null,
  convocation: null,
  standstill: null,
  toPrefecture: false,
};
const COUNCILS = [
  { id: '1', name: 'Ahuillé', sessions: { kind: 'monthly', position: 'last', weekday: 4 } },
  { id: '2', name: 'Changé', sessions: { kind: 'dates', dates: ['2027-02-11', '2027-04-08'] } },
] as const;
const codes = (procedure: ProcedureLengths) => groupSteps({ procedure }).map(({ code }) => code);

describe('the steps of a purchase by a group', () => {
  test('in an open call for tenders', () => {
    expect(codes(OPEN)).toEqual([
      ...['needs-opened', 'needs-closed', 'resolutions', 'resolutions-sent', 'agreement-signed'],
      ...['publication-check', 'notice-sent', 'bids-due', 'analysis', 'committee-called', 'committee'],
      ...['award', 'rejections-sent', 'contract-signed', 'contract-sent', 'notification', 'start'],
    ]);
  });

  test('no committee, suspension nor préfecture in a small adapted procedure; two phases in a restricted one', () => {
    expect(codes(ADAPTED)).toEqual(
      codes(OPEN).filter((code) => !['committee-called', 'committee', 'contract-sent'].includes(code)),
    );
    const restricted = groupSteps({ procedure: { ...OPEN, invitation: law(25, 'CCP R2161-8') } });
    expect(restricted.filter(({ lasts }) => lasts.kind === 'period').map(({ code }) => code)).toEqual([
      'notice-sent',
      'invitation-sent',
    ]);
    expect(restricted.find(({ code }) => code === 'bids-due')!.after).toEqual(['invitation-sent']);
  });

  test('each says whether its length is of law, of habit, or was chosen; a habit never replaces the law', () => {
    const steps = groupSteps({
      procedure: OPEN,
      chosen: { analysis: 8, 'notice-sent': 1 },
      margins: { analysis: 2 },
    });
    const of = (code: string) => steps.find((step) => step.code === code)!;
    expect(of('analysis')).toMatchObject({
      lasts: { kind: 'working', days: 8 },
      basis: { kind: 'choice' },
      margin: 2,
    });
    expect(of('award')).toMatchObject({
      lasts: { kind: 'working', days: USUAL_LENGTHS.award },
      basis: { kind: 'usage' },
    });
    expect(of('notice-sent')).toMatchObject({
      lasts: { kind: 'period', days: 30 },
      basis: { kind: 'law', article: 'CCP R2161-3', verified: true },
    });
    expect(of('committee-called').basis).toMatchObject({ verified: false });
  });

  test('the convocation of the committee is a habit where no text gives its length', () => {
    const steps = groupSteps({ procedure: { ...OPEN, convocation: 'usage' } });
    expect(steps.map(({ code }) => code)).toEqual(codes(OPEN));
    expect(steps.find(({ code }) => code === 'committee-called')).toMatchObject({
      lasts: { kind: 'clear', days: USUAL_LENGTHS['committee-called'] },
      basis: { kind: 'usage' },
    });
  });

  test('planned for 1 January 2028, worked by hand', () => {
    const plan = planBackwards({
      steps: groupSteps({ procedure: OPEN, councils: COUNCILS }),
      wishedStart: '2028-01-01',
      today: '2027-02-01',
    });
    expect(Object.fromEntries(plan.steps.map(({ step, latestOn }) => [step.code, latestOn]))).toEqual({
      start: '2028-01-01',
      notification: '2027-12-17',
      'contract-sent': '2027-12-16',
      'contract-signed': '2027-12-15',
      // Friday 3 December: the 11th day is Monday 13, signature possible from Tuesday 14. Of Saturday 4, a day off,
      // the 11th day would be Tuesday 14.
      'rejections-sent': '2027-12-03',
      award: '2027-12-02',
      committee: '2027-12-01',
      // Five clear days before Wednesday 1 December: 26 to 30 November, sent on Thursday 25.
      'committee-called': '2027-11-25',
      // Fifteen working days before Wednesday 1 December, Thursday 11 November left out: Tuesday 9.
      analysis: '2027-11-09',
      'bids-due': '2027-11-08',
      // 30 days must end on Sunday 7 November at the latest, hence on Friday 5: sent on Wednesday 6 October.
      'notice-sent': '2027-10-06',
      'publication-check': '2027-10-04',
      'agreement-signed': '2027-09-20',
      'resolutions-sent': '2027-09-16',
      resolutions: '2027-09-09',
      // Twenty working days before Monday 4 October: Monday 6 September.
      'needs-closed': '2027-09-06',
      // 42 days before: Monday 26 July.
      'needs-opened': '2027-07-26',
    });
    const { councils } = plan.steps.find(({ step }) => step.code === 'resolutions')!;
    expect(councils!.usable.map(({ council, latest }) => [council.name, latest])).toEqual([
      ['Ahuillé', '2027-08-26'],
      ['Changé', '2027-04-08'],
    ]);
    expect(plan).toMatchObject({ feasible: true, late: [], withoutSession: [] });
  });

  test('the sentence of an unverified length asks to check it', () => {
    const { steps } = planBackwards({
      steps: groupSteps({ procedure: OPEN }),
      wishedStart: '2028-01-01',
      today: '2027-02-01',
    });
    expect(steps.find(({ step }) => step.code === 'committee-called')!.sentence).toContain(
      'Il faut ensuite 5\u00a0jours francs (ancien CMP art. 25, à vérifier)',
    );
  });
});

describe('the plan in a calendar file', () => {
  const plan = (begun: boolean) =>
    planBackwards({
      steps: groupSteps({ procedure: OPEN, councils: COUNCILS }).map((step) =>
        begun && step.code === 'needs-opened' ? { ...step, begunOn: '2027-02-01' } : step,
      ),
      wishedStart: '2028-01-01',
      today: '2027-02-01',
    });
  const events = (begun: boolean, sequence = 0) => {
    const text = icsFile({
      name: 'Rétroplanning',
      events: planEvents(plan(begun), 'c1', sequence),
      stampedAt: new Date('2027-02-01T08:00:00Z'),
    });
    return new ICAL.Component(ICAL.parse(text))
      .getAllSubcomponents('vevent')
      .map((event) => new ICAL.Event(event));
  };

  test('has one day for each step that remains', () => {
    expect(events(false)).toHaveLength(17);
    expect(events(true).map(({ uid }) => uid)).toEqual(
      events(false)
        .map(({ uid }) => uid)
        .filter((uid) => uid !== 'needs-opened.c1@halle'),
    );
    const notice = events(false, 2).find(({ uid }) => uid === 'notice-sent.c1@halle')!;
    expect([notice.startDate.toString(), notice.summary, notice.sequence]).toEqual([
      '2027-10-06',
      'Envoyer l’avis d’appel à la concurrence (au plus tard)',
      2,
    ]);
    expect(notice.description).toContain('un délai minimal de 30\u00a0jours (CCP R2161-3)');
  });

  test('puts the resolutions on the day for which all must be ready', () => {
    const resolutions = events(false).find(({ uid }) => uid === 'resolutions.c1@halle')!;
    expect(resolutions.startDate.toString()).toBe('2027-04-08');
  });
});
