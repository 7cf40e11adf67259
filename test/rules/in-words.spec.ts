import { eurosInWords } from '../../src/money/in-words.js';

test.each([
  [0n, 'zéro euro'],
  [1n, 'un centime'],
  [100n, 'un euro'],
  [7_101n, 'soixante et onze euros et un centime'],
  [8_000n, 'quatre-vingts euros'],
  [8_150n, 'quatre-vingt-un euros et cinquante centimes'],
  [9_700n, 'quatre-vingt-dix-sept euros'],
  [20_000n, 'deux cents euros'],
  [20_100n, 'deux cent un euros'],
  [100_000n, 'mille euros'],
  [123_050n, 'mille deux cent trente euros et cinquante centimes'],
  [8_000_000n, 'quatre-vingt mille euros'],
  [100_000_000n, 'un million d’euros'],
  [200_000_000n, 'deux millions d’euros'],
  [200_000_100n, 'deux millions un euros'],
  [300_000_000_000n, 'trois milliards d’euros'],
  [-150n, 'moins un euro et cinquante centimes'],
])('%s cents are written « %s »', (cents, words) => {
  expect(eurosInWords(cents)).toBe(words);
});
