import { toCardinal } from 'n2words/fr-FR';
import type { Cents } from './amounts.js';

/** « un million », « deux milliards », and no word after: what is counted is then « d’euros ». */
const ROUND = /(million|milliard|billion)s?$/;

/**
 * An amount as French deeds write it out: 123050n → « mille deux cent trente euros et cinquante centimes »,
 * 200000000n → « deux millions d’euros ». Traditional spelling, without the hyphens of 1990.
 */
export function eurosInWords(value: Cents): string {
  const absolute = value < 0n ? -value : value;
  const [euros, cents] = [absolute / 100n, absolute % 100n];
  const words = [
    ...(euros > 0n || cents === 0n ? [counted(euros, 'euro')] : []),
    ...(cents > 0n ? [counted(cents, 'centime')] : []),
  ].join(' et ');
  return value < 0n ? `moins ${words}` : words;
}

function counted(count: bigint, unit: 'euro' | 'centime'): string {
  const words = toCardinal(count);
  const name = count > 1n ? `${unit}s` : unit;
  return ROUND.test(words) ? `${words} d’${name}` : `${words} ${name}`;
}
