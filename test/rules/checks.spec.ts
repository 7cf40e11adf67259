import { byGravity, type Verdict } from '../../src/law/check.js';
import {
  CHECK_SUBJECTS,
  type CheckSubject,
  type ListedCheck,
  oneList,
} from '../../src/procedure/checks.rules.js';
import fc from 'fast-check';

const check = (
  subject: CheckSubject,
  rule: string,
  verdict: Verdict,
  lotNumber: number | null = null,
): ListedCheck => ({
  ...{ subject, rule, verdict, lotNumber, member: null },
  ...{ article: 'CCP L2113-10', figures: {}, sentence: `${rule} ${verdict}` },
});
const told = (checks: readonly ListedCheck[]) =>
  checks.map(({ verdict, subject, lotNumber, rule }) => `${verdict} ${subject} ${lotNumber ?? '-'} ${rule}`);

test('the gravest first, then the journey, then the lots', () => {
  expect(
    told(
      oneList([
        ...[check('needs', 'N', 'warn'), check('terms', 'T', 'block', 2), check('terms', 'T', 'block', 1)],
        ...[check('group', 'G', 'ok'), check('items', 'I', 'warn', 1), check('consultation', 'C', 'block')],
      ]),
    ),
  ).toEqual([
    ...['block consultation - C', 'block terms 1 T', 'block terms 2 T', 'warn items 1 I', 'warn needs - N'],
    'ok group - G',
  ]);
});

test('what is said of the whole consultation is said once, unless lots say it differently', () => {
  const rules = (verdicts: readonly Verdict[]) =>
    told(oneList(verdicts.map((verdict, i) => check('terms', 'TIE_RULE', verdict, i + 1))));
  expect(rules(['ok', 'ok', 'ok'])).toEqual(['ok terms - TIE_RULE']);
  expect(rules(['ok', 'warn', 'ok'])).toEqual(['warn terms - TIE_RULE', 'ok terms - TIE_RULE']);
});

test.each<[Verdict, Verdict, string[]]>([
  ['block', 'block', ['block terms 1 SOCIAL_CLAUSE']],
  ['block', 'ok', ['block terms 1 SOCIAL_CLAUSE']],
  ['warn', 'block', ['block protection 1 SOCIAL_CLAUSE', 'warn terms 1 SOCIAL_CLAUSE']],
])('terms %s, measures %s', (terms, measure, expected) => {
  const checks = [
    check('terms', 'SOCIAL_CLAUSE', terms, 1),
    check('protection', 'SOCIAL_CLAUSE', measure, 1),
  ];
  expect(told(oneList(checks))).toEqual(expected);
  // What is written of a measure itself is another thing than what the terms say.
  const rates = checks.map((one) => ({ ...one, rule: 'ADVANCE_RATE' }));
  expect(oneList(rates)).toHaveLength(2);
  // Of another lot, nothing is left out.
  expect(oneList([checks[0]!, { ...checks[1]!, lotNumber: 2 }])).toHaveLength(2);
});

test('no cause is lost: every rule is told, as grave as its gravest', () => {
  const any = fc.record({
    subject: fc.constantFrom(...CHECK_SUBJECTS),
    rule: fc.constantFrom('SOCIAL_CLAUSE', 'TIE_RULE', 'LOT_MAXIMUM'),
    verdict: fc.constantFrom<Verdict>('ok', 'warn', 'block'),
    lotNumber: fc.constantFrom(1, 2),
  });
  fc.assert(
    fc.property(fc.array(any), (given) => {
      const all = given.map(({ subject, rule, verdict, lotNumber }) =>
        check(subject, rule, verdict, lotNumber),
      );
      const listed = oneList(all);
      expect([...listed].sort(byGravity)).toEqual(listed);
      for (const one of all)
        expect(
          listed.some(
            (other) =>
              other.rule === one.rule &&
              [one.lotNumber, null].includes(other.lotNumber) &&
              byGravity(other, one) <= 0,
          ),
        ).toBe(true);
    }),
  );
});
