import type { Check } from '../../src/law/check.js';
import {
  launchReadiness,
  type LaunchingGroup,
  type LaunchMember,
  missingFrom,
  withoutNonSignatories,
} from '../../src/members/launch.rules.js';
import {
  decidedTooLateFaults,
  renunciationFaults,
  signatureFaults,
} from '../../src/groups/decision-order.rules.js';
import {
  decisionFaults,
  intakeRefusal,
  MEMBERSHIP_COMMANDS,
  MEMBERSHIP_MOVES,
  type MembershipCommand,
  type MembershipRefusal,
  moved,
  type Standing,
  stateOf,
  transmissionFaults,
} from '../../src/groups/membership.rules.js';
import { REFUSALS } from '../../src/platform/refusals/catalogue.js';

const STANDINGS: Standing[] = ['not_invited', 'invited', 'interested', 'member', 'declined', 'withdrawn'];
const TODAY = '2026-11-25';

/** Written again by hand, as one reads the law: the rows of STANDINGS, in order. */
const EXPECTED: Record<MembershipCommand, readonly string[]> = {
  invite: ['invited', 'invited', 'interested', 'member', 'declined', 'withdrawn'],
  invite_again: ['invited', 'invited', 'interested', 'member', 'invited', 'invited'],
  show_interest: [
    'BUYER_NOT_INVITED',
    'interested',
    'interested',
    'ALREADY_A_MEMBER',
    'HAS_DECLINED',
    'HAS_WITHDRAWN',
  ],
  join: ['BUYER_NOT_INVITED', 'member', 'member', 'ALREADY_A_MEMBER', 'HAS_DECLINED', 'HAS_WITHDRAWN'],
  decline: [
    'BUYER_NOT_INVITED',
    'declined',
    'declined',
    'MEMBER_WITHDRAWS',
    'ALREADY_DECLINED',
    'HAS_WITHDRAWN',
  ],
  withdraw: [
    'BUYER_NOT_INVITED',
    'NOT_A_MEMBER',
    'NOT_A_MEMBER',
    'withdrawn',
    'HAS_DECLINED',
    'HAS_WITHDRAWN',
  ],
  record: ['BUYER_NOT_INVITED', 'NOT_A_MEMBER', 'NOT_A_MEMBER', 'member', 'HAS_DECLINED', 'HAS_WITHDRAWN'],
  sign: ['BUYER_NOT_INVITED', 'NOT_A_MEMBER', 'NOT_A_MEMBER', 'member', 'HAS_DECLINED', 'HAS_WITHDRAWN'],
  renounce: ['BUYER_NOT_INVITED', 'NOT_A_MEMBER', 'NOT_A_MEMBER', 'member', 'HAS_DECLINED', 'HAS_WITHDRAWN'],
};

const SENTENCES: Record<MembershipRefusal, RegExp> = {
  BUYER_NOT_INVITED: /n’a pas été invité .*\u00a0: l’inviter d’abord\.$/,
  ALREADY_A_MEMBER: /a déjà adhéré\u00a0: corriger sa décision/,
  ALREADY_DECLINED: /a déjà répondu qu’il n’adhère pas\u00a0: rien à faire\.$/,
  HAS_DECLINED: /a répondu qu’il n’adhère pas\. .* l’invite de nouveau\.$/,
  HAS_WITHDRAWN: /s’est retiré du groupement\. .* l’invite de nouveau\.$/,
  NOT_A_MEMBER: /n’a pas adhéré\u00a0: enregistrer d’abord son adhésion/,
  MEMBER_WITHDRAWS: /un membre ne décline plus, il se retire\.$/,
};

describe('membership', () => {
  test.each(MEMBERSHIP_COMMANDS.flatMap((command) => STANDINGS.map((from) => [command, from] as const)))(
    '%s from %s',
    (command, from) => {
      const awaited = EXPECTED[command][STANDINGS.indexOf(from)]!;
      const move = moved(from, command);
      expect(move.refused ?? move.state).toBe(awaited);
      if (!move.refused) return;
      const { status, detail } = REFUSALS[move.refused];
      expect(status).toBe(409);
      expect(detail()).toMatch(SENTENCES[move.refused]);
    },
  );

  test('nobody joins by silence: only joining leads to a member', () => {
    for (const command of MEMBERSHIP_COMMANDS)
      for (const from of STANDINGS)
        if (from !== 'member' && MEMBERSHIP_MOVES[command][from] === 'member') expect(command).toBe('join');
  });

  test('the state is told by dates', () => {
    const at = new Date();
    const none = { interestedAt: null, joinedAt: null, declinedAt: null, withdrawnAt: null };
    expect(stateOf(null)).toBe('not_invited');
    expect(stateOf(none)).toBe('invited');
    expect(stateOf({ ...none, interestedAt: at })).toBe('interested');
    expect(stateOf({ ...none, interestedAt: at, joinedAt: at })).toBe('member');
    expect(stateOf({ ...none, interestedAt: at, declinedAt: at })).toBe('declined');
    expect(stateOf({ ...none, joinedAt: at, withdrawnAt: at })).toBe('withdrawn');
  });

  test('G7: a one-off group takes nobody once launched; one that is over, nobody either', () => {
    const group = { kind: 'one_off', endsOn: null, launched: false } as const;
    expect(intakeRefusal(group, TODAY)).toBeNull();
    expect(intakeRefusal({ ...group, launched: true }, TODAY)).toBe('GROUP_LAUNCHED');
    expect(intakeRefusal({ ...group, kind: 'permanent', launched: true }, TODAY)).toBeNull();
    expect(intakeRefusal({ ...group, endsOn: TODAY }, TODAY)).toBeNull();
    expect(intakeRefusal({ ...group, endsOn: '2026-11-24' }, TODAY)).toBe('GROUP_IS_OVER');
    expect(REFUSALS.GROUP_LAUNCHED.detail()).toContain('adhérer maintenant ne donnerait rien');
    expect(REFUSALS.GROUP_IS_OVER.detail()).toContain('prolonger sa durée');
  });
});

describe('the decision to join (G6, CGCT L2122-22, L5211-10)', () => {
  const decision = { kind: 'resolution', on: '2026-06-22', number: '17' } as const;
  const codes = (faults: readonly { code: string }[]) => faults.map(({ code }) => code);

  test('a commune deliberates; an EPCI may have delegated', () => {
    expect(decisionFaults({ isCommune: true }, decision, TODAY)).toEqual([]);
    const delegated = { ...decision, kind: 'delegated' } as const;
    expect(decisionFaults({ isCommune: false }, delegated, TODAY)).toEqual([]);
    const both = decisionFaults({ isCommune: true }, { ...delegated, on: '2026-11-26' }, TODAY);
    expect(codes(both)).toEqual(['DECISION_NOT_DELEGABLE', 'DECISION_IN_THE_FUTURE']);
    expect(both[0]!.detail).toContain('L2122-22');
  });

  test.each([
    [['2026-06-22', '2026-06-24', '2026-06-24'], []],
    [['2026-06-22', '2026-06-22', '2026-06-22'], []],
    [['2026-06-22', '2026-06-21', '2026-06-24'], ['SENT_BEFORE_DECIDED']],
    [['2026-06-22', '2026-06-24', '2026-06-23'], ['ENFORCEABLE_BEFORE_SENT']],
    [
      ['2026-06-22', '2026-06-21', '2026-06-20'],
      ['SENT_BEFORE_DECIDED', 'ENFORCEABLE_BEFORE_SENT'],
    ],
    [['2026-06-22', '2026-11-25', '2026-11-26'], ['TRANSMISSION_IN_THE_FUTURE']],
    [[null, '2026-06-24', '2026-06-24'], ['DECISION_MISSING']],
  ] as const)('decided, sent, enforceable on %j: %j', ([on, sentToPrefectureOn, enforceableOn], awaited) => {
    expect(codes(transmissionFaults(on, { sentToPrefectureOn, enforceableOn }, TODAY))).toEqual(awaited);
  });
});

describe('what comes first', () => {
  const codes = (faults: readonly { code: string }[]) => faults.map(({ code }) => code);

  test('the council decides before the mayor signs (G6; CGCT L2122-22, L2131-1)', () => {
    const [early] = signatureFaults('2026-05-19', '2026-04-20');
    expect(early).toMatchObject({ field: 'signedOn', code: 'SIGNED_BEFORE_DECIDED' });
    expect(early!.detail).toContain('a été décidée le 19\u00a0mai\u00a02026\u00a0: la convention');
    expect(signatureFaults('2026-05-19', '2026-05-19')).toEqual([]);
    expect(signatureFaults(null, '2026-04-20')).toEqual([]);
    const [late] = decidedTooLateFaults('2026-05-19', '2026-04-20');
    expect(late).toMatchObject({ field: 'resolutionOn', code: 'DECIDED_AFTER_SIGNED' });
    expect(late!.detail).toContain('a signé la convention le 20\u00a0avril\u00a02026\u00a0: la décision');
    expect(decidedTooLateFaults('2026-04-20', '2026-04-20')).toEqual([]);
    expect(decidedTooLateFaults('2026-05-19', null)).toEqual([]);
  });

  test('a consultation is launched before a member renounces it (G10)', () => {
    const launchedOn = '2026-11-20';
    expect(codes(renunciationFaults('2020-11-24', launchedOn, TODAY))).toEqual(['DECIDED_BEFORE_THE_LAUNCH']);
    expect(renunciationFaults('2020-11-24', launchedOn, TODAY)[0]!.detail).toContain(
      'a été lancée le 20\u00a0novembre\u00a02026\u00a0: une délibération plus ancienne',
    );
    expect(renunciationFaults(launchedOn, launchedOn, TODAY)).toEqual([]);
    expect(codes(renunciationFaults('2026-11-26', launchedOn, TODAY))).toEqual(['DECISION_IN_THE_FUTURE']);
  });
});

describe('whether a group may launch', () => {
  const member = (name: string, changes: Partial<LaunchMember> = {}): LaunchMember => ({
    buyerId: name,
    name,
    isCommune: true,
    isPrivate: false,
    decisionKind: 'resolution',
    enforceableOn: '2026-06-24',
    hasSigned: true,
    ...changes,
  });
  const EPCI = 'Laval Agglomération';
  const group = (...members: LaunchMember[]): LaunchingGroup => {
    const own = members.find(({ name }) => name === EPCI);
    const hasSigned = own?.hasSigned ?? false;
    return {
      ...{ agreement: 'Convention constitutive', coordinatorId: EPCI, members },
      mandated: [{ buyerId: EPCI, name: EPCI, isEpci: true, isMember: own !== undefined, hasSigned }],
    };
  };
  const agglomeration = member(EPCI, { isCommune: false, decisionKind: 'delegated' });
  const verdicts = (checks: readonly Check[]) =>
    Object.fromEntries(checks.map(({ rule, verdict }) => [rule, verdict]));

  test('all signed, all enforceable', () => {
    expect(verdicts(launchReadiness(group(agglomeration, member('Argentré')), TODAY))).toEqual({
      GROUP_HAS_MEMBERS: 'ok',
      GROUP_COORDINATOR_IS_MEMBER: 'ok',
      MANDATE_SIGNED: 'ok',
      AGREEMENT_SIGNED: 'ok',
      RESOLUTION_ENFORCEABLE: 'ok',
    });
  });

  test('G5, G6: who lacks what is named, and the offer leaves them out', () => {
    const all = group(
      agglomeration,
      member('Argentré'),
      member('Changé', { hasSigned: false }),
      member('Entrammes', { enforceableOn: null }),
      member('Laval', { enforceableOn: '2026-11-26' }),
      member('Olivet', { decisionKind: 'delegated' }),
    );
    const checks = launchReadiness(all, TODAY);
    expect(verdicts(checks)).toMatchObject({ AGREEMENT_SIGNED: 'block', RESOLUTION_ENFORCEABLE: 'block' });
    expect(checks[3]).toMatchObject({ figures: { membres: '6', signataires: '5' } });
    expect(checks[3]!.sentence).toContain(': Changé. Recueillir leur signature, ou «\u00a0publier sans');
    expect(checks[4]!.sentence).toContain(': Entrammes, Laval, Olivet. Enregistrer la délibération');
    const offer = withoutNonSignatories(all, TODAY);
    expect(offer.group.members.map(({ name }) => name)).toEqual(['Laval Agglomération', 'Argentré']);
    expect(offer.leftOut.map(({ name, missing }) => [name, missing])).toEqual([
      ['Changé', ['signature']],
      ['Entrammes', ['enforceable']],
      ['Laval', ['enforceable']],
      ['Olivet', ['decision']],
    ]);
    const offered = launchReadiness(offer.group, TODAY, offer.leftOut);
    expect(verdicts(offered)).toMatchObject({ AGREEMENT_SIGNED: 'ok', LAUNCHED_WITHOUT: 'warn' });
    expect(offered.at(-1)!.sentence).toContain('Changé, Entrammes, Laval, Olivet');
  });

  test('no agreement, no members, no coordinator', () => {
    const checks = launchReadiness({ ...group(member('Argentré')), agreement: null }, TODAY);
    expect(verdicts(checks)).toMatchObject({
      GROUP_HAS_MEMBERS: 'block',
      GROUP_COORDINATOR_IS_MEMBER: 'warn',
      MANDATE_SIGNED: 'block',
      AGREEMENT_SIGNED: 'block',
    });
    expect(checks[1]!.sentence).toContain('L5211-4-4');
  });

  test('a private member transmits nothing to the préfecture: its decision suffices', () => {
    const company = member('Le Coq SAS', { isCommune: false, isPrivate: true, enforceableOn: null });
    expect(missingFrom(company, TODAY)).toEqual([]);
    expect(missingFrom({ ...company, decisionKind: null }, TODAY)).toEqual(['decision']);
    expect(missingFrom({ ...company, isPrivate: false }, TODAY)).toEqual(['enforceable']);
    expect(verdicts(launchReadiness(group(agglomeration, company), TODAY))).toMatchObject({
      RESOLUTION_ENFORCEABLE: 'ok',
    });
  });

  const judged = (given: LaunchingGroup) => {
    const { group: left, leftOut } = withoutNonSignatories(given, TODAY);
    const mandate = (checks: readonly Check[]) => checks.find(({ rule }) => rule === 'MANDATE_SIGNED')!;
    const [whole, without] = [launchReadiness(given, TODAY), launchReadiness(left, TODAY, leftOut)];
    return { whole: mandate(whole), without: mandate(without), all: verdicts(whole) };
  };

  test('G5: the agreement entrusts nothing to a coordinator that did not sign it, nor decided to; nobody goes without', () => {
    const others = [member('Argentré'), member('Changé')];
    for (const lack of [{ hasSigned: false }, { enforceableOn: null }, { decisionKind: null }]) {
      const { whole, without } = judged(group({ ...agglomeration, ...lack }, ...others));
      expect([whole.verdict, without.verdict]).toEqual(['block', 'block']);
      expect(without.sentence).toContain('\u00a0: Laval Agglomération. Recueillir');
    }
    const [, , , signature] = launchReadiness(
      group({ ...agglomeration, hasSigned: false }, ...others),
      TODAY,
    );
    expect(signature!.sentence).toMatch(/Recueillir leur signature\.$/);
  });

  test('G5: nor to any other holder of the award procedure', () => {
    const changed = member('Changé', { hasSigned: false });
    const given = group(agglomeration, member('Argentré'), changed);
    const held = { ...changed, isEpci: false, isMember: true };
    const { whole, without } = judged({ ...given, mandated: [...given.mandated, held] });
    expect([whole.verdict, without.verdict]).toEqual(['block', 'block']);
    expect(whole.figures).toMatchObject({ 'sans mandat signé': 'Changé' });
    expect(judged(given).without.verdict).toBe('ok');
  });

  test('an EPCI that is no member conducts once it signed (CGCT L5211-4-4); another buyer does not', () => {
    const given = group(member('Argentré'), member('Changé'));
    const by = (more: object) => ({ ...given, mandated: [{ ...given.mandated[0]!, ...more }] });
    expect(judged(by({ hasSigned: false })).all).toMatchObject({
      ...{ MANDATE_SIGNED: 'block', GROUP_COORDINATOR_IS_MEMBER: 'warn' },
    });
    expect(judged(by({ hasSigned: true })).all).toMatchObject({
      ...{ MANDATE_SIGNED: 'ok', GROUP_COORDINATOR_IS_MEMBER: 'warn' },
    });
    expect(judged(by({ hasSigned: true, isEpci: false })).all).toMatchObject({
      ...{ MANDATE_SIGNED: 'block', GROUP_COORDINATOR_IS_MEMBER: 'block' },
    });
  });

  test('what a member without anything lacks', () => {
    const bare = member('Argentré', { hasSigned: false, decisionKind: null, enforceableOn: null });
    expect(missingFrom(bare, TODAY)).toEqual(['signature', 'decision']);
  });
});
