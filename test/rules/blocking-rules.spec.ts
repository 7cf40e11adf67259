import type { Verdict } from '../../src/law/check.js';
import { about, BLOCKING_RULES, controlOf, membersFrozen } from '../../src/gate/blocking.rules.js';
import { canonicalJson } from '../../src/gate/canonical.rules.js';
import { censusChecks, lotsChecks, requiringLots } from '../../src/gate/lots-bought.rules.js';
import { groupHolds, type KeptGroup, type ToldGroup } from '../../src/gate/kept-group.rules.js';
import { readdirSync, readFileSync } from 'node:fs';

const check = (rule: string, verdict: Verdict, lotNumber: number | null = null) => ({
  ...about({ rule, article: 'CCP L1', verdict, figures: {}, sentence: `${rule} ${verdict}.` }),
  lotNumber,
});

/** Rules whose checks a later step, or the choice of a procedure, will say. */
const AWAITED = [4, 5, 11, 12, 13];

describe('the 16 blocking rules', () => {
  test('are 16, each with its article, what it asks, and an answer when nothing answers', () => {
    expect(BLOCKING_RULES.map(({ number }) => number)).toEqual(Array.from({ length: 16 }, (_, i) => i + 1));
    expect(new Set(BLOCKING_RULES.map(({ code }) => code)).size).toBe(16);
    for (const { article, asks, answeredBy, otherwise } of BLOCKING_RULES) {
      expect(article).toMatch(/^(CCP|CGCT|CE)/);
      for (const sentence of [asks, otherwise.sentence]) {
        expect(sentence).toMatch(/\.$/);
        expect(sentence).not.toMatch(/[^\u00a0][:;?!»]/);
      }
      expect(answeredBy.length).toBeGreaterThan(0);
    }
  });

  test('no check answers two of them', () => {
    const codes = BLOCKING_RULES.flatMap(({ answeredBy }) => answeredBy);
    expect(new Set(codes).size).toBe(codes.length);
  });

  test('those that are not awaited are answered by checks that exist', () => {
    const src = new URL('../../src/', import.meta.url);
    const text = readdirSync(src, { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts') && !file.startsWith('gate/blocking'))
      .map((file) => readFileSync(new URL(file, src), 'utf8'))
      .join('\n');
    for (const { number, answeredBy } of BLOCKING_RULES) {
      if (AWAITED.includes(number) || number === 3) continue;
      for (const code of answeredBy) {
        const made = code.replace(/^RESERVED_SOCIAL_ECONOMY_(UNUSABLE|MENTION)$/, 'code}_$1');
        expect([code, text.includes(`'${made}'`) || text.includes(`{${made}\``)]).toEqual([code, true]);
      }
    }
  });

  test('nothing written yet: each answers once, and no room to come is said to be sound', () => {
    const { rules, verdict, causes, others } = controlOf([]);
    expect([verdict, causes, others]).toEqual(['not_applicable_yet', [], []]);
    const sound = rules.filter((rule) => rule.verdict === 'ok').map(({ number }) => number);
    // No lot is reserved, and the coordinator is no EPCI: said, not passed over.
    expect(sound).toEqual([14, 15]);
    for (const { answers, code } of rules) expect(answers.map(({ rule }) => rule)).toEqual([code]);
  });

  test.each(BLOCKING_RULES.map((rule) => [rule.number, rule] as const))(
    'rule %d: each check that answers it blocks, is told by its cause, and is all that is answered',
    (number, { answeredBy }) => {
      for (const code of answeredBy) {
        const told = controlOf([check(code, 'block', 2), check('LOT_PARTICIPANTS', 'warn')]);
        const answer = told.rules.find((one) => one.number === number)!;
        expect([told.verdict, answer.verdict]).toEqual(['block', 'block']);
        expect(answer.answers.map(({ rule }) => rule)).toEqual([code]);
        expect(told.causes).toEqual([
          {
            ...{ number, rule: code, article: 'CCP L1', sentence: `${code} block.` },
            ...{ lotNumber: 2, member: null },
          },
        ]);
        expect(told.others.map(({ rule }) => rule)).toEqual(['LOT_PARTICIPANTS']);
        const blocked = told.rules.filter(({ verdict }) => verdict === 'block').map((one) => one.number);
        expect(blocked).toEqual([number]);
        const sound = controlOf([check(code, 'ok')]).rules.find((one) => one.number === number)!;
        expect([sound.verdict, sound.answers.length]).toEqual(['ok', 1]);
      }
    },
  );

  test('the gravest of a rule’s answers is its verdict, and all are kept', () => {
    const { rules } = controlOf([check('LOT_MAXIMUM', 'ok', 1), check('LOT_MAXIMUM', 'block', 2)]);
    const seven = rules[6]!;
    expect([seven.verdict, seven.answers.length]).toEqual(['block', 2]);
  });

  test('what blocks beside the 16 blocks too', () => {
    const { verdict, causes, others } = controlOf([
      check('RETREADED_TYRES', 'block', 1),
      check('PRICE_BASIS', 'ok', 1),
    ]);
    expect(verdict).toBe('block');
    expect(causes.map(({ number, rule }) => [number, rule])).toEqual([[null, 'RETREADED_TYRES']]);
    expect(others.map(({ rule }) => rule)).toEqual(['RETREADED_TYRES']);
  });
});

describe('the members that are frozen', () => {
  const buyers = [
    { buyerId: 'a', name: 'Argentré' },
    { buyerId: 'b', name: 'Bonchamp' },
  ];
  const judged = (...given: Parameters<typeof membersFrozen>) => {
    const { rule, verdict, sentence } = membersFrozen(...given);
    expect(rule).toBe('MEMBERS_FROZEN');
    return [verdict, sentence];
  };
  test('are those of the lots, all of them members', () => {
    expect(judged(buyers, ['a', 'b', 'c'], '2026-12-01')[0]).toBe('ok');
    expect(judged([], ['a'], '2026-12-01')[0]).toBe('block');
    expect(judged(buyers, ['a'], '2026-12-01')).toEqual([
      'block',
      expect.stringMatching(/\u00a0: Bonchamp\. /) as string,
    ]);
  });
});

describe('the lots, at the publication', () => {
  const lot = (number: number, hasNeed: boolean) => ({ number, participants: 1, hasNeed });
  const told = (...lots: Parameters<typeof lotsChecks>[0]) =>
    lotsChecks(lots).map(({ rule, article, verdict, sentence }) => {
      expect([rule, article]).toEqual(['NEEDS_DEFINED', 'CCP L2111-1']);
      return [verdict, sentence];
    });

  test('without any valid need in any lot, it is not published; in one, it is one to look at', () => {
    expect(told()).toEqual([]);
    expect(told(lot(1, true), lot(2, true))[0]![0]).toBe('ok');
    expect(told(lot(1, true), lot(2, false))[0]).toEqual([
      'warn',
      expect.stringContaining('Aucun besoin valide dans le lot\u00a02\u00a0: ') as string,
    ]);
    expect(told(lot(1, false), lot(2, false))[0]).toEqual([
      'block',
      expect.stringContaining('Aucun lot n’a de besoin valide') as string,
    ]);
  });

  test('a census that was opened is closed first (CCP L2111-1)', () => {
    const [deadline, later] = [new Date('2026-12-15T16:00:00Z'), new Date('2026-12-15T16:00:01Z')];
    const sentences = (closedAt: Date | null, now: Date): string[] =>
      censusChecks({ deadline, closedAt, now }).map(({ verdict, sentence }) => `${verdict}: ${sentence}`);
    expect(censusChecks(null)).toEqual([]);
    expect(sentences(later, later)).toEqual([]);
    expect(sentences(null, deadline)).toEqual([expect.stringMatching(/^block: .*est ouvert jusqu’au/)]);
    expect(sentences(null, later)).toEqual([expect.stringMatching(/^block: .*n’est pas clos/)]);
  });

  test('one without any member is to be joined or removed; what else is to look at stays so', () => {
    const given = [
      check('LOT_PARTICIPANTS', 'warn'),
      check('LOT_WORKS_CPV', 'warn'),
      check('LOT_PARTICIPANTS', 'ok'),
    ];
    expect(requiringLots(given).map(({ verdict }) => verdict)).toEqual(['block', 'warn', 'ok']);
  });
});

describe('the group of what was published', () => {
  const signature = { version: 1, signedOn: '2026-06-30', signatory: 'Claire Martin', capacity: 'maire' };
  const decision = { kind: 'resolution', on: '2026-06-22', enforceableOn: '2026-06-24' };
  const agreement = { number: 1, label: 'Convention', adoptedOn: '2026-04-15' };
  const told: ToldGroup = {
    group: { id: 'g', coordinator: { buyer: 'a', signature } },
    agreement,
    members: ['a', 'b'].map((buyer) => ({ buyer, signature, decision })),
  };
  const now = { anew: false, signedAnew: false, leftBound: false };
  const kept: KeptGroup = {
    ...{ groupId: 'g', coordinator: { buyer: 'a', signature }, agreement },
    members: ['b', 'a'].map((buyer) => ({ buyer, signature, decision, ...now })),
  };
  const altered = (change: Partial<KeptGroup['members'][number]>): KeptGroup => ({
    ...kept,
    members: kept.members.map((member) => (member.buyer === 'b' ? { ...member, ...change } : member)),
  });

  test('holds, and so after what lawfully comes then', () => {
    expect(groupHolds(told, kept)).toBe(true);
    const none = { kind: null, on: null, enforceableOn: null };
    expect(groupHolds(told, altered({ anew: true, decision: none }))).toBe(true);
    const later = { ...signature, signedOn: '2026-12-01' };
    expect(groupHolds(told, altered({ anew: true, signedAnew: true, signature: later }))).toBe(true);
    // Published before its signature was kept.
    const before = { ...told, group: { id: 'g', coordinator: { buyer: 'a' } } };
    expect(groupHolds(before, kept)).toBe(true);
  });

  test('holds no more once any of it was altered', () => {
    const others: readonly KeptGroup[] = [
      altered({ decision: { ...decision, enforceableOn: null } }),
      altered({ signature: null }),
      altered({ signature: { ...signature, signatory: 'Autre' } }),
      altered({ anew: true, signature: null }),
      altered({ leftBound: true }),
      altered({ buyer: 'c' }),
      { ...kept, members: kept.members.slice(1) },
      { ...kept, members: [...kept.members, { ...kept.members[0]!, buyer: 'c' }] },
      { ...kept, agreement: { ...agreement, label: 'x' } },
      { ...kept, agreement: null },
      { ...kept, coordinator: { buyer: 'b', signature } },
      { ...kept, groupId: 'h' },
    ];
    for (const one of others) expect(groupHolds(told, one)).toBe(false);
    expect(groupHolds({}, kept)).toBe(false);
    // A coordinator that is no member signed too.
    const alone = { ...told, group: { id: 'g', coordinator: { buyer: 'z', signature } } };
    expect(groupHolds(alone, { ...kept, coordinator: { buyer: 'z', signature } })).toBe(true);
    expect(groupHolds(alone, { ...kept, coordinator: { buyer: 'z', signature: null } })).toBe(false);
  });
});

describe('canonical JSON', () => {
  test('gives one text for one content, whatever the order in which it was written', () => {
    expect(canonicalJson({ b: [1, 'é"', null, true], a: { d: {}, c: [] } })).toBe(
      '{"a":{"c":[],"d":{}},"b":[1,"é\\"",null,true]}',
    );
    expect(canonicalJson({ x: 1, y: 2 })).toBe(canonicalJson({ y: 2, x: 1 }));
    expect(canonicalJson({ é: 1, z: 2, Z: 3, _: 4 })).toBe('{"Z":3,"_":4,"z":2,"é":1}');
    expect(JSON.parse(canonicalJson({ a: ['\u2028', '\ud83c\udf33'] }))).toEqual({
      a: ['\u2028', '\ud83c\udf33'],
    });
  });
});
