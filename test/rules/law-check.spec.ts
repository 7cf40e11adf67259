import { gravest } from '../../src/law/check.js';

test('the gravest verdict of several is the one that counts, and nothing is wrong with nothing', () => {
  const check = (verdict: 'ok' | 'warn' | 'block') => ({
    ...{ rule: 'X', article: 'CCP', figures: {}, sentence: 'x' },
    verdict,
  });
  expect(gravest([])).toBe('ok');
  expect(gravest([check('ok'), check('warn')])).toBe('warn');
  expect(gravest([check('block'), check('warn')])).toBe('block');
});
