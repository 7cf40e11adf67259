import { gravest } from '../../src/law/check.js';
import { DATED_RULES, type DatedRule, type RuleCode } from '../../src/law/dated-rules.js';
import { figureOn, holdsOn, valueOn } from '../../src/law/rule-on.js';

describe('the dated rules', () => {
  test.each(Object.entries(DATED_RULES) as [RuleCode, DatedRule][])(
    '%s: intervals follow one another, oldest first, and each ends after it begins',
    (_, { values }) => {
      values.forEach(([from, to], i) => {
        const next = values[i + 1];
        if (from !== null && to !== null) expect(from < to).toBe(true);
        if (next) expect(next[0]).toBe(to);
      });
    },
  );

  test('change on the very day, at its Paris date', () => {
    expect(figureOn('DISPENSE_SUPPLIES', '2026-03-31')).toBe(40_000_00n);
    expect(figureOn('DISPENSE_SUPPLIES', '2026-04-01')).toBe(60_000_00n);
    expect(figureOn('FORMAL_SUPPLIES', '2025-12-31')).toBe(221_000_00n);
    expect(figureOn('FORMAL_WORKS', '2026-01-01')).toBe(5_404_000_00n);
    expect(holdsOn('ENVIRONMENTAL_CRITERION', '2026-08-20')).toBe(false);
    expect(holdsOn('ENVIRONMENTAL_CRITERION', '2026-08-21')).toBe(true);
  });

  test('refuse a day whose figure nobody knows yet', () => {
    expect(valueOn('FORMAL_SUPPLIES', '2028-01-01')).toBeUndefined();
    expect(() => figureOn('FORMAL_SUPPLIES', '2028-01-01')).toThrow('FORMAL_SUPPLIES on 2028-01-01');
  });
});

test('the gravest verdict of several is the one that counts, and nothing is wrong with nothing', () => {
  const check = (verdict: 'ok' | 'warn' | 'block') => ({
    ...{ rule: 'X', article: 'CCP', figures: {}, sentence: 'x' },
    verdict,
  });
  expect(gravest([])).toBe('ok');
  expect(gravest([check('ok'), check('warn')])).toBe('warn');
  expect(gravest([check('block'), check('warn')])).toBe('block');
});
