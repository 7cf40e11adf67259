import { randomBytes, randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { isTooWeak } from '../../src/accounts/passwords.js';
import { readReadingLink, signReadingLink } from '../../src/accounts/secrets.js';

describe('the word of a reading link', () => {
  const key = randomBytes(32);
  const [id, until] = [randomUUID(), new Date('2026-12-31T23:00:00Z')];
  const word = signReadingLink(key, id, until);

  test('names its link until its date', () => {
    expect(readReadingLink(key, word, new Date('2026-12-31T22:59:59Z'))).toBe(id);
    expect(readReadingLink(key, word, until)).toBeNull();
  });

  test('altered anywhere, or signed by another key, names nothing', () => {
    expect(readReadingLink(randomBytes(32), word, new Date(0))).toBeNull();
    fc.assert(
      fc.property(
        fc.nat({ max: word.length - 1 }),
        fc.constantFrom('0', 'a', 'Z', '.', '_', '-'),
        (position, letter) => {
          const altered = word.slice(0, position) + letter + word.slice(position + 1);
          if (altered === word) return;
          expect(readReadingLink(key, altered, new Date(0))).toBeNull();
        },
      ),
    );
  });
});

describe('a password', () => {
  test.each(['court', 'aaaaaaaaaaaaaaaa', 'claire.martin1', 'abababababababab'])(
    '« %s » is too weak',
    (text) => {
      expect(isTooWeak(text, 'claire.martin@mairie.example')).toBe(true);
    },
  );
  test.each(['quatre arbres sur la place', 'éléphant à vélo', 'gnl7-Kzt2-qq0P'])('« %s » will do', (text) => {
    expect(isTooWeak(text, 'claire.martin@mairie.example')).toBe(false);
  });
});
