import {
  absenceRefusal,
  answerFaults,
  type AnswerPlace,
  type GivenAnswer,
  UNKNOWN_PLACE,
} from '../../src/members/answers.rules.js';
import { type Intake, moved, type Standing } from '../../src/groups/membership.rules.js';
import { ANSWER_WORDS, bulletinWords } from '../../src/cli/campaign-standing.rules.js';
import { bulletinFaults } from '../../src/participation/bulletins.rules.js';

const TODAY = '2026-11-25';
const OPEN: Intake = { kind: 'permanent', endsOn: null, launched: false };
const ADHERES: GivenAnswer = {
  joins: true,
  isCommune: true,
  resolutionOn: '2026-05-29',
  resolutionNumber: '3',
};
const DECLINES: GivenAnswer = { joins: false, isCommune: true, resolutionOn: null, resolutionNumber: null };
const STANDINGS: Standing[] = ['not_invited', 'invited', 'interested', 'member', 'declined', 'withdrawn'];
const codes = (answer: GivenAnswer, place: Partial<AnswerPlace>, intake = OPEN): string[] =>
  answerFaults(answer, { ...UNKNOWN_PLACE, toldByFiles: false, ...place }, intake, TODAY).map(
    ({ field, code }) => `${field} ${code}`,
  );

describe('an answer that a file gives', () => {
  test.each(STANDINGS)('of a buyer %s: what the table says of the act, or nothing new', (standing) => {
    for (const [answer, command, same] of [
      [ADHERES, 'join', 'member'],
      [DECLINES, 'decline', 'declined'],
    ] as const) {
      const from = standing === 'not_invited' ? 'invited' : standing;
      const refused = standing === same ? undefined : moved(from, command).refused;
      expect(codes(answer, { standing })).toEqual(refused ? [`answer ${refused}`] : []);
    }
  });

  test('who withdrew does not come back by a file, nor does it decline', () => {
    for (const answer of [ADHERES, DECLINES])
      for (const toldByFiles of [true, false])
        expect(codes(answer, { standing: 'withdrawn', toldByFiles })).toEqual(['answer HAS_WITHDRAWN']);
  });

  test('what a file said, a file corrects; not once something launched binds it', () => {
    expect(codes(ADHERES, { standing: 'declined', toldByFiles: true })).toEqual([]);
    expect(codes(DECLINES, { standing: 'member', toldByFiles: true })).toEqual([]);
    expect(codes(DECLINES, { standing: 'member', toldByFiles: true, bound: true })).toEqual([
      'answer MEMBER_OF_A_LAUNCH',
    ]);
    expect(codes(ADHERES, { standing: 'member', bound: true })).toEqual([]);
    const holder = { standing: 'member', toldByFiles: true, holdsMission: true } as const;
    expect(codes(DECLINES, holder)).toEqual(['answer MISSION_HOLDER_CANNOT_WITHDRAW']);
    expect(codes(ADHERES, holder)).toEqual([]);
  });

  test('nobody enters a group that is over, or a one-off one that launched; members stay', () => {
    for (const [intake, code] of [
      [{ ...OPEN, endsOn: '2026-11-24' }, 'GROUP_IS_OVER'],
      [{ ...OPEN, kind: 'one_off', launched: true }, 'GROUP_LAUNCHED'],
    ] as const) {
      expect(codes(ADHERES, { standing: 'not_invited' }, intake)).toEqual([`answer ${code}`]);
      expect(codes(DECLINES, { standing: 'not_invited' }, intake)).toEqual([`answer ${code}`]);
      expect(codes(ADHERES, { standing: 'declined', toldByFiles: true }, intake)).toEqual([`answer ${code}`]);
      expect(codes(ADHERES, { standing: 'member' }, intake)).toEqual([]);
      expect(codes(DECLINES, { standing: 'invited' }, intake)).toEqual([]);
    }
  });

  test('who is not of the cluster to which the group is reserved does not enter; a member stays', () => {
    const outside = { toldByFiles: true, outside: true };
    expect(codes(ADHERES, { ...outside, standing: 'interested' })).toEqual(['answer BUYER_OUTSIDE_CLUSTER']);
    expect(codes(ADHERES, { ...outside, standing: 'member' })).toEqual([]);
    expect(codes(DECLINES, { ...outside, standing: 'invited' })).toEqual([]);
  });

  test('a resolution to come is told with the rest; one that is not told yet is not a fault', () => {
    const late = { ...ADHERES, resolutionOn: '2026-11-26' };
    expect(codes(late, { standing: 'withdrawn' })).toEqual([
      'answer HAS_WITHDRAWN',
      'resolutionOn DECISION_IN_THE_FUTURE',
    ]);
    expect(codes({ ...ADHERES, resolutionOn: TODAY }, {})).toEqual([]);
    expect(codes({ ...ADHERES, resolutionOn: null }, {})).toEqual([]);
  });

  test('a resolution is not more recent than what the member signed by it', () => {
    const signed = { standing: 'member', signedFirstOn: '2026-04-20' } as const;
    expect(codes({ ...ADHERES, resolutionOn: '2026-05-19' }, signed)).toEqual([
      'resolutionOn DECIDED_AFTER_SIGNED',
    ]);
    expect(codes({ ...ADHERES, resolutionOn: '2026-04-20' }, signed)).toEqual([]);
    expect(ANSWER_WORDS.DECIDED_AFTER_SIGNED[0]).toContain('a signé la convention avant cette délibération');
  });

  test('a member is missing from the file only when files alone told of it, and nothing binds it', () => {
    const of = (place: Partial<AnswerPlace>) => absenceRefusal({ ...UNKNOWN_PLACE, ...place });
    expect(of({ standing: 'member' })).toBeNull();
    expect(of({ standing: 'member', toldByFiles: false })).toBe('MEMBER_NOT_IN_THE_FILE');
    expect(of({ standing: 'member', bound: true })).toBe('MEMBER_OF_A_LAUNCH');
    expect(of({ standing: 'member', holdsMission: true })).toBe('MISSION_HOLDER_CANNOT_WITHDRAW');
    for (const standing of STANDINGS.filter((one) => one !== 'member'))
      expect(of({ standing, toldByFiles: false })).toBeNull();
  });
});

describe('a bulletin that a file gives', () => {
  const offered = { numbers: new Set([1, 2, 3]), reservedTo: new Map([[2, new Set(['pôle'])]]) };
  const told = (
    buyerId: string,
    lotNumbers: number[],
    formSignedOn: string | null = TODAY,
    decidedOn: string | null = null,
  ) =>
    bulletinFaults({ buyerId, lotNumbers, formSignedOn, decidedOn }, offered, TODAY).map(
      ({ code, lotNumbers: lots }) => `${code} ${lots.join(',')}`,
    );

  test('is held to the lots of the consultation, to its clusters and to the day', () => {
    expect(told('ailleurs', [1, 2, 4], '2026-11-26')).toEqual([
      'LOT_UNKNOWN 4',
      'LOT_RESERVED 2',
      'FORM_NOT_SIGNED_YET ',
    ]);
    expect(told('pôle', [1, 2, 3])).toEqual([]);
    expect(told('ailleurs', [1, 3], null)).toEqual([]);
  });

  test('is signed once the council has decided, where both days are known', () => {
    expect(told('pôle', [1], '2026-07-28', '2026-07-29')).toEqual(['FORM_SIGNED_BEFORE_DECISION ']);
    expect(told('pôle', [1], '2026-07-28', '2026-07-28')).toEqual([]);
    expect(told('pôle', [1], null, '2026-07-29')).toEqual([]);
    const bulletin = {
      buyerId: 'pôle',
      lotNumbers: [1],
      formSignedOn: '2026-07-28',
      decidedOn: '2026-07-29',
    };
    expect(bulletinFaults(bulletin, offered, TODAY).map(bulletinWords)).toEqual([
      [
        'ce bulletin est signé avant la délibération d’adhérer',
        'corriger la date du bulletin, ou celle de la délibération',
      ],
    ]);
  });
});
