import fc from 'fast-check';
import { changesDirection, isBlank, oneLine, severalLines } from '../../src/words/visible.js';

describe('what can be seen of a text', () => {
  test.each([
    ['', ''],
    [' \u00a0\u2003 ', ''],
    ['\u200b', ''],
    ['\u200b\ufeff\u00ad\u2060', ''],
    ['\u0007\u001b', ''],
    ['\u3164\u2800\ufe0f', ''],
    ['  Sel  de\u200b dé\u00adneigement ', 'Sel de déneigement'],
    ['Sel\nen\tvrac', 'Sel en vrac'],
    ['Sel\u0007fin', 'Sel fin'],
    ['Prix\u00a0: 10\u00a0€', 'Prix\u00a0: 10\u00a0€'],
  ])('of %j on one line is %j', (text, line) => {
    expect(oneLine(text)).toBe(line);
  });

  test('keeps its lines where there may be several', () => {
    expect(severalLines(' \u200bUn\r\n\tdeux\u0007\u200b ')).toBe('Un\r\n\tdeux');
    expect(severalLines(' \n\u200b\n ')).toBe('');
  });

  test('does not hide what changes the direction of reading', () => {
    for (const control of ['\u202a', '\u202d', '\u202e', '\u2066', '\u2069']) {
      expect(changesDirection(oneLine(`Sel${control}fin`))).toBe(true);
      expect(changesDirection(severalLines(`Sel${control}fin`))).toBe(true);
    }
    expect(changesDirection('Sel fin\u200e')).toBe(false);
  });

  test('of any text is itself once made, on one line, and never blank unless empty', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const line = oneLine(text);
        expect(oneLine(line)).toBe(line);
        expect(line).not.toMatch(/[\r\n\u2028\u2029]/);
        expect(isBlank(line)).toBe(line === '');
        expect(isBlank(severalLines(text))).toBe(severalLines(text) === '');
      }),
      { numRuns: 2_000 },
    );
  });
});
